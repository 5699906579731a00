package org.bridgehead.core.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bridgehead.core.hub.HubTest.NOW;
import static org.bridgehead.core.hub.HubTest.all;
import static org.bridgehead.core.hub.HubTest.mail;
import static org.bridgehead.core.hub.HubTest.only;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.bridgehead.core.directory.DirectoryEntry.DistributionGroup;
import org.bridgehead.core.directory.ReportTo;
import org.bridgehead.core.directory.Restrictions;
import org.bridgehead.core.mail.DeliveryReport;
import org.bridgehead.core.mail.DsnCondition;
import org.bridgehead.core.mail.EnhancedStatus;
import org.bridgehead.core.mail.RecipientOutcome;
import org.bridgehead.core.routing.RoutingTable;
import org.bridgehead.whatif.People;
import org.bridgehead.whatif.Scene;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A group's manager takes the place of the sender in the members' copies, durably (BEHAVIOUR 2.4, 2.5). */
class ManagedGroupTest {
    private static final Snapshot SNAPSHOT =
            Snapshot.of(RoutingTable.of(Scene.of("A-B 10").topology()), "A1");

    private final People people = new People()
            .mailbox("a", "A-MBX")
            .mailbox("b", "B-MBX")
            .mailbox("boss", "A-MBX")
            .with(
                    new DistributionGroup(
                            "team",
                            List.of(People.address("team")),
                            Optional.empty(),
                            ReportTo.MANAGER,
                            Optional.of("boss"),
                            Restrictions.NONE),
                    "b");
    private final Hub hub = new Hub(SNAPSHOT);
    private final List<HubEffect> effects = new ArrayList<>();

    /** Answers every look-up and opens every connection until the hub transmits. */
    private HubEffect.Transmit transmitted(Hub by, List<HubEffect> first) {
        ArrayDeque<HubEffect> due = new ArrayDeque<>(first);
        while (!due.isEmpty()) {
            HubEffect next = due.removeFirst();
            effects.add(next);
            if (next instanceof HubEffect.Transmit transmit) {
                return transmit;
            }
            if (next instanceof HubEffect.LookUp lookUp) {
                due.addAll(by.answered(lookUp.id(), people.ask(lookUp.questions(), lookUp.cursor()), NOW));
            } else if (next instanceof HubEffect.Connect connect) {
                due.addAll(by.connected(connect.connection(), new ConnectOutcome.Ready(), NOW));
            }
        }
        throw new AssertionError("nothing is transmitted");
    }

    private HubEffect.Transmit toTeam;

    @BeforeEach
    void send() {
        toTeam = transmitted(hub, hub.submitted(mail(1, "team"), NOW));
    }

    @Test
    void theMembersCopyNamesTheManagerAndTellsWhoSentIt() {
        assertThat(toTeam.transmission().envelope().sender()).contains(People.address("boss"));
        assertThat(toTeam.transmission().envelope().recipients().get(0).conditions())
                .containsExactly(DsnCondition.FAILURE);
        assertThat(toTeam.transmission().state().origin()).contains(People.address("a"));
        assertThat(all(effects, HubEffect.Track.class))
                .extracting(track -> track.event().event() + " " + track.event().reason())
                .contains("AGENTINFO boss@contoso.test hears of its members");
    }

    @Test
    void theManagerHearsOfFailures() {
        EnhancedStatus full = EnhancedStatus.of("5.2.2");
        List<HubEffect> after = hub.transmitted(
                toTeam.connection(), List.of(new RecipientOutcome.Bounced(full, "mailbox full")), true, NOW);
        DeliveryReport report = only(after, HubEffect.Report.class).report();
        assertThat(report.to()).isEqualTo(People.address("boss"));
        assertThat(report.recipients())
                .singleElement()
                .satisfies(line -> assertThat(line.status()).isEqualTo(full));
    }

    @Test
    void aCrashForgetsNoManager() {
        SpoolRecord.CopyMade made = all(effects, HubEffect.Persist.class).stream()
                .flatMap(persist -> persist.records().stream())
                .filter(SpoolRecord.CopyMade.class::isInstance)
                .map(SpoolRecord.CopyMade.class::cast)
                .findFirst()
                .orElseThrow();
        assertThat(made.sender()).contains(People.address("boss"));
        Hub next = new Hub(SNAPSHOT);
        StoredMessage stored = new StoredMessage(mail(1, "team"), List.of(made), new TreeMap<>(), List.of());
        HubEffect.Transmit again = transmitted(next, next.recovered(stored, NOW));
        assertThat(again.transmission().envelope().sender()).contains(People.address("boss"));
    }
}
