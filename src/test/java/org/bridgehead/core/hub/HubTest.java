package org.bridgehead.core.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bridgehead.core.directory.Page;
import org.bridgehead.core.directory.Question;
import org.bridgehead.core.mail.BodyRef;
import org.bridgehead.core.mail.DeliveryReport;
import org.bridgehead.core.mail.DsnCondition;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.mail.Envelope;
import org.bridgehead.core.mail.Facts;
import org.bridgehead.core.mail.HeaderFacts;
import org.bridgehead.core.mail.InternalId;
import org.bridgehead.core.mail.MessageId;
import org.bridgehead.core.mail.Recipient;
import org.bridgehead.core.mail.RecipientOutcome;
import org.bridgehead.core.mail.TransferState;
import org.bridgehead.core.mail.TransportId;
import org.bridgehead.core.routing.RoutingTable;
import org.bridgehead.whatif.People;
import org.bridgehead.whatif.Scene;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The effects of one hub, call by call. */
class HubTest {
    static final Instant NOW = Instant.parse("2026-03-02T08:00:00Z");

    private final People people = new People().mailbox("a", "A-MBX").mailbox("b", "B-MBX");
    private final Hub hub =
            new Hub(Snapshot.of(RoutingTable.of(Scene.of("A-B 10").topology()), "A1"));

    static SpoolRecord.Accepted mail(int id, String... to) {
        return new SpoolRecord.Accepted(
                new InternalId(id),
                Envelope.of(
                        Optional.of(People.address("a")),
                        Arrays.stream(to)
                                .map(People::address)
                                .map(Recipient::of)
                                .toList()),
                new Facts(
                        TransferState.fresh(new TransportId(0, id), NOW, 1000, Optional.of("a")),
                        new HeaderFacts(new MessageId("<" + id + "@x>"), "", 0, false, false, Optional.empty()),
                        NOW,
                        "test"),
                new BodyRef("body" + id, 1000));
    }

    static <T extends HubEffect> T only(List<HubEffect> effects, Class<T> kind) {
        List<T> found = all(effects, kind);
        assertThat(found).as("%s", effects).hasSize(1);
        return found.get(0);
    }

    static <T extends HubEffect> List<T> all(List<HubEffect> effects, Class<T> kind) {
        return effects.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    private List<HubEffect> answer(List<HubEffect> effects) {
        HubEffect.LookUp lookUp = only(effects, HubEffect.LookUp.class);
        return hub.answered(lookUp.id(), people.ask(lookUp.questions(), lookUp.cursor()), NOW);
    }

    @Test
    void aMessageIsLookedUpConnectedForSentAndReleased() {
        List<HubEffect> effects = hub.submitted(mail(1, "b"), NOW);
        assertThat(only(effects, HubEffect.LookUp.class).questions())
                .as("the sender in the same page")
                .isEqualTo(List.of(
                        new Question.ByAddress(People.address("a")), new Question.ByAddress(People.address("b"))));
        effects = answer(effects);
        HubEffect.Connect connect = only(effects, HubEffect.Connect.class);
        assertThat(connect.target()).isEqualTo(new Target.Peer("B1"));
        effects = hub.connected(connect.connection(), new ConnectOutcome.Ready(), NOW);
        HubEffect.Transmit transmit = only(effects, HubEffect.Transmit.class);
        assertThat(transmit.transmission().state().trace()).containsExactly("A1");
        assertThat(transmit.transmission().state().has(TransferState.Flag.RESOLVED))
                .isTrue();
        effects = hub.transmitted(connect.connection(), List.of(new RecipientOutcome.Delivered("2.0.0 ok")), true, NOW);
        HubEffect.Persist persist = only(effects, HubEffect.Persist.class);
        assertThat(effects.get(0)).isEqualTo(persist);
        assertThat(persist.records())
                .containsExactly(
                        new SpoolRecord.Settled(transmit.transmission().copy(), RecipientBits.of(List.of(0))),
                        new SpoolRecord.Released(new InternalId(1)));
        assertThat(hub.messages()).isZero();
        assertThat(hub.unwritten()).isEqualTo(1);
        assertThat(hub.awaits(persist.batch())).isFalse();
        hub.persisted(persist.batch(), Optional.empty(), NOW);
        assertThat(hub.unwritten()).isZero();
        assertThat(all(hub.ticked(NOW.plusSeconds(10)), HubEffect.Close.class))
                .containsExactly(new HubEffect.Close(connect.connection()));
    }

    @Test
    void aReportAndWhatItSettlesAreOneBatch() {
        HubEffect.Report report = only(answer(hub.submitted(mail(1, "nobody"), NOW)), HubEffect.Report.class);
        List<HubEffect> effects = hub.reported(report.id(), Optional.of(mail(2, "a")), NOW);
        assertThat(only(effects, HubEffect.Persist.class).records())
                .hasSize(3)
                .element(0)
                .isEqualTo(mail(2, "a"));
    }

    /** RFC 3461 section 5.2.2: who asked for a report on success hears that the message went where none comes from. */
    @ParameterizedTest(name = "{0} asked for, the next server sees to reports: {1}")
    @CsvSource({"SUCCESS, true, 0", "SUCCESS, false, 1", "FAILURE, false, 0", "NEVER, false, 0"})
    void aMessageRelayedToWhereNoReportsComeFromIsReported(DsnCondition asked, boolean reports, int expected) {
        Hub out = new Hub(Snapshot.of(
                RoutingTable.of(Scene.of("A-B 10")
                        .smartHosts("Out", "fabrikam.test", "A1", "gateway")
                        .topology()),
                "A1"));
        SpoolRecord.Accepted plain = mail(1, "b");
        Recipient far = new Recipient(EmailAddress.of("x@fabrikam.test"), Optional.empty(), List.of(asked));
        SpoolRecord.Accepted mail =
                new SpoolRecord.Accepted(plain.id(), plain.envelope().to(List.of(far)), plain.facts(), plain.body());
        HubEffect.LookUp lookUp = only(out.submitted(mail, NOW), HubEffect.LookUp.class);
        List<HubEffect> effects = out.answered(lookUp.id(), people.ask(lookUp.questions(), lookUp.cursor()), NOW);
        HubEffect.Connect connect = only(effects, HubEffect.Connect.class);
        out.connected(connect.connection(), new ConnectOutcome.Ready(reports), NOW);
        effects = out.transmitted(connect.connection(), List.of(new RecipientOutcome.Delivered("2.0.0 ok")), true, NOW);
        List<HubEffect.Report> told = all(effects, HubEffect.Report.class);
        assertThat(told).hasSize(expected);
        assertThat(told)
                .allSatisfy(report -> assertThat(report.report().recipients())
                        .extracting(
                                DeliveryReport.PerRecipient::action,
                                line -> line.status().toString())
                        .containsExactly(tuple(DeliveryReport.Action.RELAYED, "2.1.9")));
        assertThat(out.messages()).as("settled with its report").isEqualTo(expected);
    }

    @Test
    void aReportThatCannotBeRenderedIsTriedAgain() {
        HubEffect.Report report = only(answer(hub.submitted(mail(1, "nobody"), NOW)), HubEffect.Report.class);
        assertThat(all(hub.reported(report.id(), Optional.empty(), NOW), HubEffect.Persist.class))
                .isEmpty();
        assertThat(only(hub.ticked(NOW.plusSeconds(60)), HubEffect.Report.class).report())
                .isEqualTo(report.report());
        assertThat(hub.messages()).isEqualTo(1);
    }

    /** A clock that is set back makes a waking come early. */
    @Test
    void whoIsWokenTooEarlyAsksAgain() {
        HubEffect.Report report = only(answer(hub.submitted(mail(1, "nobody"), NOW)), HubEffect.Report.class);
        HubEffect.WakeAt wake = only(hub.reported(report.id(), Optional.empty(), NOW), HubEffect.WakeAt.class);
        assertThat(hub.ticked(wake.at().minusSeconds(1))).containsExactly(wake);
    }

    @Test
    void refusedBatchesAreWrittenAgainInOrderAndNothingOvertakesThem() {
        List<HubEffect> first = deliver(1);
        List<HubEffect> second = deliver(2);
        HubEffect.Persist one = only(first, HubEffect.Persist.class);
        HubEffect.Persist two = only(second, HubEffect.Persist.class);
        hub.persisted(one.batch(), Optional.of("disk full"), NOW);
        hub.persisted(two.batch(), Optional.of("disk full"), NOW);
        assertThat(all(deliver(3), HubEffect.Persist.class)).isEmpty();
        HubEffect.Persist again = only(hub.ticked(NOW.plusSeconds(10)), HubEffect.Persist.class);
        assertThat(again.records().stream()
                        .filter(SpoolRecord.Released.class::isInstance)
                        .toList())
                .isEqualTo(List.of(
                        new SpoolRecord.Released(new InternalId(1)),
                        new SpoolRecord.Released(new InternalId(2)),
                        new SpoolRecord.Released(new InternalId(3))));
        hub.persisted(again.batch(), Optional.empty(), NOW);
        assertThat(hub.unwritten()).isZero();
        assertThat(all(deliver(4), HubEffect.Persist.class)).hasSize(1);
    }

    private List<HubEffect> deliver(int id) {
        return deliver(id, NOW);
    }

    private List<HubEffect> deliver(int id, Instant now) {
        return delivered(transmit(id, now).connection(), now);
    }

    private HubEffect.Transmit transmit(int id, Instant now) {
        HubEffect.LookUp lookUp = only(hub.submitted(mail(id, "b"), now), HubEffect.LookUp.class);
        List<HubEffect> effects = hub.answered(lookUp.id(), people.ask(lookUp.questions(), lookUp.cursor()), now);
        if (all(effects, HubEffect.Transmit.class).isEmpty()) {
            HubEffect.Connect connect = only(effects, HubEffect.Connect.class);
            effects = hub.connected(connect.connection(), new ConnectOutcome.Ready(), now);
        }
        return only(effects, HubEffect.Transmit.class);
    }

    private List<HubEffect> delivered(ConnectionId connection, Instant now) {
        return hub.transmitted(connection, List.of(new RecipientOutcome.Delivered("ok")), true, now);
    }

    /** A busy connection carries a thousand messages a second: none of them is a reason to wake up ten seconds later. */
    @Test
    void aConnectionIsClosedTenSecondsAfterItsLastMessageByOneTimer() {
        List<HubEffect> effects = deliver(1, NOW);
        assertThat(all(effects, HubEffect.WakeAt.class)).containsExactly(new HubEffect.WakeAt(NOW.plusSeconds(10)));
        for (int second = 1; second <= 4; second++) {
            effects = deliver(1 + second, NOW.plusSeconds(second));
            assertThat(all(effects, HubEffect.WakeAt.class)).isEmpty();
        }
        assertThat(hub.ticked(NOW.plusSeconds(10))).containsExactly(new HubEffect.WakeAt(NOW.plusSeconds(14)));
        HubEffect.Transmit last = transmit(6, NOW.plusSeconds(13));
        assertThat(hub.ticked(NOW.plusSeconds(14))).isEmpty();
        effects = delivered(last.connection(), NOW.plusSeconds(15));
        assertThat(all(effects, HubEffect.WakeAt.class)).containsExactly(new HubEffect.WakeAt(NOW.plusSeconds(25)));
        assertThat(all(hub.ticked(NOW.plusSeconds(24)), HubEffect.Close.class)).isEmpty();
        assertThat(all(hub.ticked(NOW.plusSeconds(25)), HubEffect.Close.class))
                .containsExactly(new HubEffect.Close(last.connection()));
    }

    @Test
    void answersToWhatWasNotAskedAreBugs() {
        assertThatThrownBy(() -> hub.persisted(7, Optional.empty(), NOW)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> hub.answered(7, new Page(List.of(), Optional.empty()), NOW))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> hub.connected(new ConnectionId(7), new ConnectOutcome.Ready(), NOW))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> hub.transmitted(new ConnectionId(7), List.of(), true, NOW))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> hub.resolved(7, new MxAnswer.NoDomain(), NOW))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> hub.reported(7, Optional.empty(), NOW)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> hub.consulted(7, new AgentVerdict.Continue(), NOW))
                .isInstanceOf(IllegalStateException.class);
        hub.submitted(mail(1, "b"), NOW);
        assertThatThrownBy(() -> hub.submitted(mail(1, "b"), NOW)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void theDoorFollowsThePressure() {
        hub.measured(Resources.PLENTY.withDisk(1000, 40), NOW);
        var permissions = Admission.defaultPermissions(
                Scene.of("A-B 10").topology().server("A1").orElseThrow());
        assertThat(hub.admission().sender(Admission.Trust.USER, permissions, 0)).isPresent();
        assertThat(hub.admission().sender(Admission.Trust.SERVER, permissions, 0))
                .isEmpty();
        hub.measured(Resources.PLENTY.withDisk(1000, 9), NOW);
        assertThat(hub.admission().sender(Admission.Trust.SERVER, permissions, 0))
                .isPresent();
        hub.measured(Resources.PLENTY, NOW);
        assertThat(hub.admission().sender(Admission.Trust.USER, permissions, 0)).isEmpty();
        assertThat(hub.admission().sender(Admission.Trust.USER, permissions, 11L << 20))
                .isPresent();
        assertThat(hub.admission().sender(Admission.Trust.SERVER, permissions, 11L << 20))
                .isEmpty();
        assertThat(hub.admission().sender(Admission.Trust.ANONYMOUS, permissions, 0))
                .isPresent();
    }

    @Test
    void agentsAreConsultedAtTheirStagesAndMayEndACopy() {
        Hub watched = new Hub(Snapshot.of(RoutingTable.of(Scene.of("A-B 10").topology()), "A1")
                .withAgents(List.of(Stage.SUBMITTED, Stage.RESOLVED)));
        HubEffect.Consult at = only(watched.submitted(mail(1, "b"), NOW), HubEffect.Consult.class);
        assertThat(at.stage()).isEqualTo(Stage.SUBMITTED);
        List<HubEffect> effects = watched.consulted(at.id(), new AgentVerdict.Continue(), NOW);
        HubEffect.LookUp lookUp = only(effects, HubEffect.LookUp.class);
        effects = watched.answered(lookUp.id(), people.ask(lookUp.questions(), lookUp.cursor()), NOW);
        HubEffect.Consult then = only(effects, HubEffect.Consult.class);
        assertThat(then.stage()).isEqualTo(Stage.RESOLVED);
        watched.consulted(then.id(), new AgentVerdict.Drop(), NOW);
        assertThat(watched.messages()).isZero();
    }
}
