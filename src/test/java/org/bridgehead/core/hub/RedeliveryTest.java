package org.bridgehead.core.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bridgehead.core.mail.InternalId;
import org.bridgehead.core.mail.RecipientOutcome;
import org.bridgehead.core.mail.TransferState.Flag;
import org.bridgehead.core.routing.RoutingTable;
import org.bridgehead.whatif.People;
import org.bridgehead.whatif.Scene;
import org.junit.jupiter.api.Test;

/** What a hub keeps of delivered mail, and hands back, call by call (BEHAVIOUR 4.1, 4.2; DECISIONS 1.4). */
class RedeliveryTest {
    private static final Instant NOW = HubTest.NOW;
    private static final StorageGroupId GROUP = new StorageGroupId("A-MBX", "SG1");

    private final People people =
            new People().mailbox("a", "A-MBX").mailbox("a1", "A-MBX").mailbox("b", "B-MBX");
    private final Hub hub = hub(Scene.of("A-B 10").replicated());

    private static Hub hub(Scene scene) {
        Hub hub = new Hub(Snapshot.of(RoutingTable.of(scene.topology()), "A1"));
        hub.begin(1);
        hub.dumpsterRecovered(NOW);
        return hub;
    }

    /** Takes a message in and has it delivered; the batch that settles it. */
    private HubEffect.Persist deliver(Hub to, SpoolRecord.Accepted mail, Instant at) {
        List<HubEffect> effects = to.submitted(mail, at);
        HubEffect.LookUp lookUp = HubTest.only(effects, HubEffect.LookUp.class);
        effects = to.answered(lookUp.id(), people.ask(lookUp.questions(), lookUp.cursor()), at);
        return carry(to, effects, at);
    }

    /** The mailbox server takes what is sent to it. */
    private static HubEffect.Persist carry(Hub to, List<HubEffect> effects, Instant at) {
        List<HubEffect> next = effects;
        for (HubEffect.Connect connect : HubTest.all(effects, HubEffect.Connect.class)) {
            next = to.connected(connect.connection(), new ConnectOutcome.Ready(), at);
        }
        HubEffect.Transmit transmit = HubTest.only(next, HubEffect.Transmit.class);
        List<RecipientOutcome> outcomes = transmit.transmission().envelope().recipients().stream()
                .<RecipientOutcome>map(recipient -> new RecipientOutcome.Delivered("2.1.5 ok"))
                .toList();
        HubEffect.Persist persist =
                HubTest.only(to.transmitted(transmit.connection(), outcomes, true, at), HubEffect.Persist.class);
        to.persisted(persist.batch(), Optional.empty(), at);
        return persist;
    }

    private static <T extends SpoolRecord> List<T> records(HubEffect.Persist batch, Class<T> kind) {
        return batch.records().stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    @Test
    void aDeliveryIsSettledAndKeptInOneBatch() {
        SpoolRecord.Accepted mail = HubTest.mail(1, "a", "a1");
        HubEffect.Persist batch = deliver(hub, mail, NOW);
        assertThat(batch.records().stream().map(SpoolRecord::getClass).map(Class::getSimpleName))
                .containsExactly("Held", "Settled", "Released");
        SpoolRecord.Held held = records(batch, SpoolRecord.Held.class).get(0);
        assertThat(held.storageGroup()).isEqualTo(GROUP);
        assertThat(held.envelope()).isEqualTo(mail.envelope());
        assertThat(held.body()).isEqualTo(mail.body());
        assertThat(held.at()).isEqualTo(NOW);
        assertThat(hub.dumpsters()).singleElement().satisfies(view -> {
            assertThat(view.items()).isEqualTo(1);
            assertThat(view.octets()).isEqualTo(1000);
            assertThat(view.oldest()).contains(NOW);
        });
    }

    @Test
    void onlyReplicatedGroupsAreKept() {
        Hub plain = hub(Scene.of("A-B 10"));
        assertThat(records(deliver(plain, HubTest.mail(1, "a"), NOW), SpoolRecord.Held.class))
                .isEmpty();
        Hub off = hub(Scene.of("A-B 10").replicated().dumpster(0, Duration.ofDays(7)));
        assertThat(records(deliver(off, HubTest.mail(1, "a"), NOW), SpoolRecord.Held.class))
                .isEmpty();
    }

    @Test
    void theOldestGoesInTheBatchOfTheNewest() {
        Hub small = hub(Scene.of("A-B 10").replicated().dumpster(2500, Duration.ofDays(7)));
        long first = records(deliver(small, HubTest.mail(1, "a"), NOW), SpoolRecord.Held.class)
                .get(0)
                .sequence();
        deliver(small, HubTest.mail(2, "a"), NOW);
        HubEffect.Persist third = deliver(small, HubTest.mail(3, "a"), NOW);
        assertThat(records(third, SpoolRecord.Evicted.class)).containsExactly(new SpoolRecord.Evicted(GROUP, first));
    }

    private static Recalled recalled(SpoolRecord.Held held, long number) {
        return new Recalled(held, new InternalId(number));
    }

    @Test
    void aRequestMovesWhatIsInTheWindowIntoTheQueueAndBack() {
        SpoolRecord.Held early = records(deliver(hub, HubTest.mail(1, "a"), NOW), SpoolRecord.Held.class)
                .get(0);
        SpoolRecord.Held late = records(
                        deliver(hub, HubTest.mail(2, "a", "a1"), NOW.plusSeconds(60)), SpoolRecord.Held.class)
                .get(0);
        Instant then = NOW.plusSeconds(600);
        List<HubEffect> effects = hub.redeliver(9, GROUP, NOW.plusSeconds(1), then, then);
        HubEffect.Persist request = HubTest.only(effects, HubEffect.Persist.class);
        assertThat(request.records()).containsExactly(new SpoolRecord.Requested(9, GROUP, NOW.plusSeconds(1), then));
        // What it takes may not be written yet, so it is read back after the request is.
        assertThat(HubTest.all(effects, HubEffect.Recall.class)).isEmpty();
        assertThat(hub.awaits(request.batch())).isTrue();
        effects = hub.persisted(request.batch(), Optional.empty(), then);
        HubEffect.Recall recall = HubTest.only(effects, HubEffect.Recall.class);
        assertThat(recall.sequences()).containsExactly(late.sequence());

        effects = hub.recalled(9, List.of(recalled(late, 50)), then);
        HubEffect.Persist batch = HubTest.only(effects, HubEffect.Persist.class);
        SpoolRecord.Accepted again = records(batch, SpoolRecord.Accepted.class).get(0);
        assertThat(batch.records())
                .containsExactly(
                        again, new SpoolRecord.Evicted(GROUP, late.sequence()), new SpoolRecord.RequestDone(9));
        assertThat(batch.synced()).isTrue();
        assertThat(again.envelope()).isEqualTo(late.envelope());
        assertThat(again.body()).isEqualTo(late.body());
        assertThat(again.facts().state().id()).isEqualTo(late.facts().state().id());
        assertThat(again.facts().state().flags())
                .containsExactlyInAnyOrder(Flag.RESOLVED, Flag.FROZEN, Flag.NODSN, Flag.AGAIN);
        assertThat(HubTest.all(effects, HubEffect.Redelivered.class)).isEmpty();
        assertThat(HubTest.all(effects, HubEffect.LookUp.class)).isEmpty();
        List<HubEffect> written = hub.persisted(batch.batch(), Optional.empty(), then);
        assertThat(HubTest.only(written, HubEffect.Redelivered.class)).isEqualTo(new HubEffect.Redelivered(9, 1));

        HubEffect.LookUp lookUp = HubTest.only(written, HubEffect.LookUp.class);
        List<HubEffect> routed = hub.answered(lookUp.id(), people.ask(lookUp.questions(), lookUp.cursor()), then);
        SpoolRecord.Held back =
                records(carry(hub, routed, then), SpoolRecord.Held.class).get(0);
        assertThat(back.sequence()).isGreaterThan(late.sequence());
        assertThat(back.at()).isEqualTo(then);
        assertThat(hub.dumpsters().get(0).items()).isEqualTo(2);
        assertThat(hub.dumpsters().get(0).oldest()).contains(early.at());
    }

    /** What follows once the batch among the effects is written. */
    private List<HubEffect> written(List<HubEffect> effects) {
        return hub.persisted(HubTest.only(effects, HubEffect.Persist.class).batch(), Optional.empty(), NOW);
    }

    @Test
    void aLongWindowIsReadPageByPage() {
        List<SpoolRecord.Held> all = new ArrayList<>();
        for (int i = 1; i <= 450; i++) {
            all.addAll(records(deliver(hub, HubTest.mail(i, "a"), NOW), SpoolRecord.Held.class));
        }
        List<HubEffect> effects = written(hub.redeliver(9, GROUP, NOW, NOW, NOW));
        List<Integer> pages = new ArrayList<>();
        int number = 1000;
        while (!HubTest.all(effects, HubEffect.Recall.class).isEmpty()) {
            HubEffect.Recall recall = HubTest.only(effects, HubEffect.Recall.class);
            pages.add(recall.sequences().size());
            List<Recalled> found = new ArrayList<>();
            for (SpoolRecord.Held held : all) {
                if (recall.sequences().contains(held.sequence())) {
                    found.add(recalled(held, ++number));
                }
            }
            effects = hub.recalled(9, found, NOW);
        }
        assertThat(pages).containsExactly(200, 200, 50);
        assertThat(records(HubTest.only(effects, HubEffect.Persist.class), SpoolRecord.RequestDone.class))
                .hasSize(1);
    }

    /** Until the dumpster is read back nobody knows what is in it: a request waits. */
    @Test
    void aRequestThatComesEarlyWaitsForTheDumpster() {
        Hub fresh = new Hub(
                Snapshot.of(RoutingTable.of(Scene.of("A-B 10").replicated().topology()), "A1"));
        fresh.begin(2);
        assertThat(HubTest.all(fresh.redeliver(9, GROUP, NOW, NOW, NOW), HubEffect.Recall.class))
                .isEmpty();
        SpoolRecord.Accepted mail = HubTest.mail(1, "a");
        SpoolRecord.Held held = new SpoolRecord.Held(GROUP, 77, mail.envelope(), mail.facts(), mail.body(), NOW);
        assertThat(HubTest.all(fresh.recovered(held, NOW), HubEffect.Recall.class))
                .isEmpty();
        assertThat(HubTest.only(fresh.dumpsterRecovered(NOW), HubEffect.Recall.class)
                        .sequences())
                .containsExactly(77L);
    }

    @Test
    void aRequestOfAnEarlierLifeIsCarriedOutAgainAndOneUnderWayIsNotBegunTwice() {
        Hub fresh = new Hub(
                Snapshot.of(RoutingTable.of(Scene.of("A-B 10").replicated().topology()), "A1"));
        fresh.begin(2);
        SpoolRecord.Accepted mail = HubTest.mail(1, "a");
        fresh.recovered(new SpoolRecord.Held(GROUP, 77, mail.envelope(), mail.facts(), mail.body(), NOW), NOW);
        fresh.recovered(new SpoolRecord.Requested(9, GROUP, NOW, NOW), NOW);
        assertThat(HubTest.all(fresh.dumpsterRecovered(NOW), HubEffect.Recall.class))
                .hasSize(1);
        assertThat(fresh.redeliver(9, GROUP, NOW, NOW, NOW)).isEmpty();
        assertThat(fresh.redeliveries()).isEqualTo(1);
    }

    @Test
    void aRefusedBatchIsWrittenAgainBeforeAnybodyHearsThatItIsDone() {
        HubEffect.Persist batch =
                HubTest.only(written(hub.redeliver(9, GROUP, NOW, NOW, NOW)), HubEffect.Persist.class);
        assertThat(batch.records()).containsExactly(new SpoolRecord.RequestDone(9));
        assertThat(batch.synced()).isTrue();
        assertThat(hub.persisted(batch.batch(), Optional.of("disk full"), NOW))
                .noneMatch(HubEffect.Redelivered.class::isInstance);
        HubEffect.Persist again = HubTest.only(hub.ticked(NOW.plus(Duration.ofMinutes(1))), HubEffect.Persist.class);
        assertThat(again.records()).isEqualTo(batch.records());
        assertThat(again.synced()).isTrue();
        assertThat(HubTest.only(hub.persisted(again.batch(), Optional.empty(), NOW), HubEffect.Redelivered.class))
                .isEqualTo(new HubEffect.Redelivered(9, 0));
    }

    /** Nothing is read back, and nothing is given up, while the disk takes nothing. */
    @Test
    void aFullDiskPutsTheReadingOff() {
        deliver(hub, HubTest.mail(1, "a"), NOW);
        HubEffect.Persist request = HubTest.only(hub.redeliver(9, GROUP, NOW, NOW, NOW), HubEffect.Persist.class);
        assertThat(HubTest.all(hub.persisted(request.batch(), Optional.of("disk full"), NOW), HubEffect.Recall.class))
                .isEmpty();
        List<HubEffect> later = hub.ticked(NOW.plus(Duration.ofMinutes(1)));
        assertThat(HubTest.all(written(later), HubEffect.Recall.class)).hasSize(1);
    }

    @Test
    void anAnswerThatNobodyAskedForIsABug() {
        assertThatThrownBy(() -> hub.recalled(9, List.of(), NOW)).isInstanceOf(IllegalStateException.class);
    }

    /** What is too old is let go without new mail, too, as time passes. */
    @Test
    void ageEvictsWhenTimePasses() {
        deliver(hub, HubTest.mail(1, "a"), NOW);
        HubEffect.Persist batch = HubTest.only(hub.ticked(NOW.plus(Duration.ofDays(7))), HubEffect.Persist.class);
        assertThat(records(batch, SpoolRecord.Evicted.class)).hasSize(1);
        assertThat(hub.dumpsters().get(0).items()).isZero();
    }
}
