package org.bridgehead.core.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bridgehead.core.hub.HubTest.NOW;
import static org.bridgehead.core.hub.HubTest.all;
import static org.bridgehead.core.hub.HubTest.mail;
import static org.bridgehead.core.hub.HubTest.only;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.bridgehead.core.mail.RecipientOutcome;
import org.bridgehead.core.routing.RoutingTable;
import org.bridgehead.whatif.People;
import org.bridgehead.whatif.Scene;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Members of a large group are asked for as their mail goes, unless its next hop does not answer (ADR 19). */
class ExpansionPaceTest {
    private static final int MEMBERS = 3_000;
    private static final int PAGE = 1_000;

    private final People people = crowd();
    /** With room for one chunk that waits. */
    private final Hub hub =
            new Hub(Snapshot.of(RoutingTable.of(Scene.of("A-B 10").topology()), "A1"), 1);

    /** Pages of members that were asked for. */
    private int pages;

    private List<HubEffect> found;

    private static People crowd() {
        People people = new People().mailbox("a", "A-MBX");
        String[] members = IntStream.range(0, MEMBERS).mapToObj(i -> "m" + i).toArray(String[]::new);
        for (String member : members) {
            people.mailbox(member, "B-MBX");
        }
        return people.pages(PAGE).group("crowd", members);
    }

    @BeforeEach
    void send() {
        found = expanded(hub.submitted(mail(1, "crowd"), NOW));
    }

    /** Answers look-ups and pauses as long as there are some; what else the hub wants. */
    private List<HubEffect> expanded(List<HubEffect> first) {
        List<HubEffect> others = new ArrayList<>();
        ArrayDeque<HubEffect> due = new ArrayDeque<>(first);
        while (!due.isEmpty()) {
            HubEffect next = due.removeFirst();
            if (next instanceof HubEffect.LookUp lookUp) {
                pages++;
                due.addAll(hub.answered(lookUp.id(), people.ask(lookUp.questions(), lookUp.cursor()), NOW));
            } else if (next instanceof HubEffect.Pause pause) {
                due.addAll(hub.resumed(pause.id(), NOW));
            } else {
                others.add(next);
            }
        }
        return others;
    }

    /** Pages of members after the look-up of the group itself. */
    private int memberPages() {
        return pages - 1;
    }

    @Test
    void theNextMembersAreAskedForWhenTheOnesBeforeAreGoing() {
        assertThat(memberPages()).isEqualTo(1);

        HubEffect.Connect connect = only(found, HubEffect.Connect.class);
        List<HubEffect> ready = expanded(hub.connected(connect.connection(), new ConnectOutcome.Ready(), NOW));
        HubEffect.Transmit first = only(ready, HubEffect.Transmit.class);
        assertThat(memberPages()).isEqualTo(2);

        List<HubEffect> sent = expanded(hub.transmitted(first.connection(), delivered(first), true, NOW));
        assertThat(memberPages()).isEqualTo(3);
        HubEffect.Transmit second = only(sent, HubEffect.Transmit.class);
        List<HubEffect> last = expanded(hub.transmitted(second.connection(), delivered(second), true, NOW));
        HubEffect.Transmit third = only(last, HubEffect.Transmit.class);
        assertThat(first.transmission().envelope().recipients().size()
                        + second.transmission().envelope().recipients().size()
                        + third.transmission().envelope().recipients().size())
                .isEqualTo(MEMBERS);
        hub.transmitted(third.connection(), delivered(third), true, NOW);
        assertThat(hub.messages()).isZero();
    }

    @Test
    void membersBehindADeadNextHopDoNotKeepTheOthersWaiting() {
        List<HubEffect> effects = found;
        List<HubEffect.Connect> open = all(effects, HubEffect.Connect.class);
        while (!open.isEmpty()) {
            effects = expanded(
                    hub.connected(open.get(0).connection(), new ConnectOutcome.Unreachable("nobody is there"), NOW));
            open = all(effects, HubEffect.Connect.class);
        }
        assertThat(hub.queues())
                .singleElement()
                .satisfies(queue -> assertThat(queue.nextRetry()).isPresent());
        assertThat(memberPages()).isEqualTo(MEMBERS / PAGE);
    }

    @Test
    void membersBehindASlowNextHopComeAtLeastInPagesEveryFiveSeconds() {
        Instant due = NOW.plus(Duration.ofSeconds(5));
        expanded(hub.ticked(due.minusMillis(1)));
        assertThat(memberPages()).isEqualTo(1);
        expanded(hub.ticked(due));
        assertThat(memberPages()).isEqualTo(2);
    }

    private static List<RecipientOutcome> delivered(HubEffect.Transmit transmit) {
        int recipients = transmit.transmission().envelope().recipients().size();
        return Collections.nCopies(recipients, new RecipientOutcome.Delivered("2.0.0 ok"));
    }
}
