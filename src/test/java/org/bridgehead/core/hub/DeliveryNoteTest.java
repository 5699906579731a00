package org.bridgehead.core.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bridgehead.core.mail.CopyId;
import org.bridgehead.core.mail.DsnCondition;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.mail.EnhancedStatus;
import org.bridgehead.core.mail.InternalId;
import org.bridgehead.core.mail.Recipient;
import org.bridgehead.core.mail.RecipientOutcome;
import org.bridgehead.core.mail.Treatment;
import org.bridgehead.core.routing.RoutingTable;
import org.bridgehead.whatif.People;
import org.bridgehead.whatif.Scene;
import org.junit.jupiter.api.Test;

/** What becomes of deliveries that an earlier life of the hub noted and did not settle. */
class DeliveryNoteTest {
    private static final Instant NOW = HubTest.NOW;
    private static final CopyId ORIGINAL = CopyId.original(new InternalId(1));
    private static final Target MAILBOXES = new Target.Mailbox("A-MBX");

    private final People people = new People()
            .mailbox("a", "A-MBX")
            .mailbox("a1", "A-MBX")
            .mailbox("b", "A-MBX")
            .group("team", "a", "a1", "b");

    private Hub hub(int room) {
        Scene scene = Scene.of("A-B 10").replicated();
        Hub hub = new Hub(Snapshot.of(RoutingTable.of(scene.topology()), "A1"), room);
        hub.begin(2);
        hub.dumpsterRecovered(NOW);
        return hub;
    }

    private static StoredMessage stored(SpoolRecord.Accepted mail, SpoolRecord... more) {
        List<SpoolRecord> all = new ArrayList<>(List.of(mail));
        all.addAll(Arrays.asList(more));
        return StoredMessage.of(all);
    }

    private static DeliveryNote.Part part(int index, String name) {
        return new DeliveryNote.Part(index, Recipient.of(People.address(name)), "SG1");
    }

    private static DeliveryNote note(CopyId copy, DeliveryNote.Part... parts) {
        return new DeliveryNote(copy, MAILBOXES, false, List.of(parts));
    }

    /** Answers look-ups, connections and transmissions until nothing is asked any more; what was sent to whom. */
    private List<String> run(Hub hub, List<HubEffect> effects) {
        List<String> sent = new ArrayList<>();
        List<HubEffect> due = new ArrayList<>(effects);
        while (!due.isEmpty()) {
            HubEffect effect = due.remove(0);
            if (effect instanceof HubEffect.LookUp ask) {
                due.addAll(hub.answered(ask.id(), people.ask(ask.questions(), ask.cursor()), NOW));
            } else if (effect instanceof HubEffect.Connect connect) {
                due.addAll(hub.connected(connect.connection(), new ConnectOutcome.Ready(), NOW));
            } else if (effect instanceof HubEffect.Transmit transmit) {
                List<RecipientOutcome> outcomes = new ArrayList<>();
                for (Recipient recipient : transmit.transmission().envelope().recipients()) {
                    sent.add(recipient.address().toString());
                    outcomes.add(new RecipientOutcome.Delivered("2.1.5 ok"));
                }
                due.addAll(hub.transmitted(transmit.connection(), outcomes, true, NOW));
            }
        }
        return sent;
    }

    @Test
    void aNoteDoesWhatTheReplyWouldHaveDone() {
        Hub hub = hub(Hub.ROOM);
        SpoolRecord.Accepted mail = HubTest.mail(1, "a", "a1");
        List<HubEffect> effects =
                hub.recovered(stored(mail), List.of(note(ORIGINAL, part(0, "a"), part(1, "a1"))), NOW);
        HubEffect.Persist batch = HubTest.only(effects, HubEffect.Persist.class);
        assertThat(batch.records())
                .extracting(record -> record.getClass().getSimpleName())
                .containsExactly("Held", "Settled", "Released");
        assertThat(((SpoolRecord.Held) batch.records().get(0)).envelope()).isEqualTo(mail.envelope());
        TrackingEvent event = HubTest.only(effects, HubEffect.Track.class).event();
        assertThat(event.event()).isEqualTo(TrackingEvent.Kind.DELIVER);
        assertThat(event.nextHop()).contains("A-MBX");
        assertThat(event.recipients()).containsExactly(People.address("a"), People.address("a1"));
        assertThat(HubTest.all(effects, HubEffect.LookUp.class)).isEmpty();
        assertThat(hub.messages()).isZero();
        assertThat(hub.dumpsters())
                .singleElement()
                .satisfies(view -> assertThat(view.items()).isEqualTo(1));
    }

    @Test
    void onlyTheOthersAreSentTo() {
        Hub hub = hub(Hub.ROOM);
        List<HubEffect> effects =
                hub.recovered(stored(HubTest.mail(1, "a", "a1", "b")), List.of(note(ORIGINAL, part(1, "a1"))), NOW);
        assertThat(HubTest.only(effects, HubEffect.Persist.class).records())
                .contains(new SpoolRecord.Settled(ORIGINAL, RecipientBits.of(List.of(1))));
        assertThat(run(hub, effects)).containsExactly("a@contoso.test", "b@contoso.test");
        assertThat(hub.messages()).isZero();
    }

    @Test
    void whatIsSettledIsNotSettledAgain() {
        Hub hub = hub(Hub.ROOM);
        StoredMessage stored =
                stored(HubTest.mail(1, "a", "b"), new SpoolRecord.Settled(ORIGINAL, RecipientBits.of(List.of(0))));
        DeliveryNote note = note(ORIGINAL, part(0, "a"));
        List<HubEffect> effects = hub.recovered(stored, List.of(note, note), NOW);
        assertThat(HubTest.all(effects, HubEffect.Persist.class)).isEmpty();
        assertThat(HubTest.all(effects, HubEffect.Track.class)).isEmpty();
        assertThat(run(hub, effects)).containsExactly("b@contoso.test");
    }

    @Test
    void whoAskedForAReportOnSuccessGetsItAndTheMailIsNotSentAgainMeanwhile() {
        Hub hub = hub(Hub.ROOM);
        SpoolRecord.Accepted plain = HubTest.mail(1, "a", "b");
        Recipient asking = new Recipient(People.address("a"), Optional.empty(), List.of(DsnCondition.SUCCESS));
        SpoolRecord.Accepted mail = new SpoolRecord.Accepted(
                plain.id(),
                plain.envelope().to(List.of(asking, Recipient.of(People.address("b")))),
                plain.facts(),
                plain.body());
        List<HubEffect> effects =
                hub.recovered(stored(mail), List.of(note(ORIGINAL, new DeliveryNote.Part(0, asking, "SG1"))), NOW);
        HubEffect.Report report = HubTest.only(effects, HubEffect.Report.class);
        assertThat(report.report().recipients()).singleElement().satisfies(line -> {
            assertThat(line.recipient()).isEqualTo(asking);
            assertThat(line.status()).isEqualTo(EnhancedStatus.of("2.1.5"));
        });
        assertThat(run(hub, effects)).containsExactly("b@contoso.test");
        assertThat(hub.messages()).as("a crash now must not lose the report").isEqualTo(1);
        List<HubEffect> reported = hub.reported(report.id(), Optional.of(HubTest.mail(2, "a")), NOW);
        assertThat(HubTest.only(reported, HubEffect.Persist.class).records())
                .contains(
                        HubTest.mail(2, "a"),
                        new SpoolRecord.Settled(ORIGINAL, RecipientBits.of(List.of(0))),
                        new SpoolRecord.Released(new InternalId(1)));
    }

    /** A copy that was sent and never written may be made again of others, when its group has changed. */
    @Test
    void aNoteOnACopyThatIsNowMadeOfOthersSaysNothing() {
        Hub hub = hub(Hub.ROOM);
        CopyId copy = new CopyId(new InternalId(1), 1);
        StoredMessage stored = stored(HubTest.mail(1, "team"), made(copy, "a", "b"));
        List<HubEffect> effects =
                hub.recovered(stored, List.of(note(copy, part(0, "a1"), part(1, "b"), part(2, "a"))), NOW);
        assertThat(run(hub, effects))
                .as("b was noted, a and a1 were not")
                .containsExactly("a@contoso.test", "a1@contoso.test");
        assertThat(hub.messages()).isZero();
    }

    private static SpoolRecord.CopyMade made(CopyId copy, String... names) {
        return new SpoolRecord.CopyMade(
                copy,
                ORIGINAL,
                Arrays.stream(names)
                        .map(name -> Recipient.of(People.address(name)))
                        .toList(),
                List.of("team"),
                Optional.empty(),
                Treatment.NONE);
    }

    @Test
    void anExpansionGoesOnWithoutThoseOfACopyThatTheNotesCompleted() {
        Hub hub = hub(Hub.ROOM);
        CopyId copy = new CopyId(new InternalId(1), 1);
        StoredMessage stored = stored(HubTest.mail(1, "team"), made(copy, "a"));
        List<HubEffect> effects = hub.recovered(stored, List.of(note(copy, part(0, "a"))), NOW);
        assertThat(run(hub, effects)).containsExactly("a1@contoso.test", "b@contoso.test");
        assertThat(hub.messages()).isZero();
    }

    @Test
    void aMessageThatFindsNoRoomKeepsItsNotesUntilItIsReadBack() {
        Hub hub = hub(1);
        List<HubEffect> first = hub.recovered(stored(HubTest.mail(1, "b")), List.of(), NOW);
        StoredMessage second = stored(HubTest.mail(2, "a", "a1"));
        hub.recovered(second, List.of(note(CopyId.original(new InternalId(2)), part(0, "a"))), NOW);
        HubEffect.LookUp ask = HubTest.only(first, HubEffect.LookUp.class);
        List<HubEffect> effects = hub.answered(ask.id(), people.ask(ask.questions(), ask.cursor()), NOW);
        HubEffect.Connect connect = HubTest.only(effects, HubEffect.Connect.class);
        hub.connected(connect.connection(), new ConnectOutcome.Ready(), NOW);
        effects = hub.transmitted(connect.connection(), List.of(new RecipientOutcome.Delivered("ok")), true, NOW);
        HubEffect.Persist settled = HubTest.only(effects, HubEffect.Persist.class);
        effects = hub.persisted(settled.batch(), Optional.empty(), NOW);
        assertThat(HubTest.only(effects, HubEffect.Load.class).copies())
                .containsExactly(CopyId.original(new InternalId(2)));
        assertThat(run(hub, hub.loaded(List.of(second), NOW))).containsExactly("a1@contoso.test");
        assertThat(hub.messages()).isZero();
    }

    @Test
    void aNoteSpeaksOfThoseWhoWereTaken() {
        SpoolRecord.Accepted mail = HubTest.mail(1, "a", "a1", "b");
        Transmission sent = new Transmission(
                ORIGINAL,
                mail.envelope(),
                mail.facts().state(),
                mail.facts().header(),
                mail.body(),
                List.of(
                        new Transmission.Place(4, "SG1"),
                        new Transmission.Place(7, ""),
                        new Transmission.Place(9, "SG2")));
        RecipientOutcome taken = new RecipientOutcome.Delivered("ok");
        RecipientOutcome later = new RecipientOutcome.Deferred(EnhancedStatus.of("4.2.2"), "full");
        assertThat(DeliveryNote.of(sent, List.of(taken, later, taken), MAILBOXES, true))
                .contains(new DeliveryNote(
                        ORIGINAL,
                        MAILBOXES,
                        true,
                        List.of(
                                new DeliveryNote.Part(4, Recipient.of(People.address("a")), "SG1"),
                                new DeliveryNote.Part(9, Recipient.of(People.address("b")), "SG2"))));
        assertThat(DeliveryNote.of(sent, List.of(later, later, new RecipientOutcome.Unknown("lost")), MAILBOXES, true))
                .as("nobody was taken for certain")
                .isEmpty();
        assertThatThrownBy(() -> new DeliveryNote.Part(-1, Recipient.of(EmailAddress.of("x@y.test")), ""))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
