package org.bridgehead.core.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.bridgehead.core.mail.BodyRef;
import org.bridgehead.core.mail.CopyId;
import org.bridgehead.core.mail.DsnCondition;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.mail.Envelope;
import org.bridgehead.core.mail.Facts;
import org.bridgehead.core.mail.Handover;
import org.bridgehead.core.mail.HeaderFacts;
import org.bridgehead.core.mail.InternalId;
import org.bridgehead.core.mail.MessageId;
import org.bridgehead.core.mail.Recipient;
import org.bridgehead.core.mail.TransferState;
import org.bridgehead.core.mail.TransportId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which transfer is the same as an earlier one, and what becomes of its recipients. */
class HandoversTest {
    private static final Instant NOON = Instant.parse("2007-03-01T12:00:00Z");
    private static final Handover FIRST = handover("BER-HT1", 7, 5, 0);

    private static Handover handover(String server, long spool, long message, int copy) {
        return new Handover(server, new Handover.Mark(spool, new CopyId(new InternalId(message), copy)));
    }

    private static Recipient to(String name) {
        return Recipient.of(EmailAddress.of(name + "@contoso.test"));
    }

    private static SpoolRecord.Accepted message(
            long number, long transport, Optional<Handover> handover, Instant at, boolean again, Recipient... to) {
        TransferState state = TransferState.fresh(new TransportId(1, transport), NOON, 100, Optional.empty());
        return new SpoolRecord.Accepted(
                new InternalId(number),
                Envelope.of(Optional.empty(), List.of(to)),
                new Facts(
                        again ? state.with(TransferState.Flag.AGAIN) : state,
                        new HeaderFacts(new MessageId("<1@x>"), "", 0, false, false, Optional.empty()),
                        at,
                        "server",
                        handover),
                new BodyRef("b" + number, 100));
    }

    private static SpoolRecord.Accepted message(long number, Handover handover, Recipient... to) {
        return message(number, 1, Optional.of(handover), NOON, true, to);
    }

    private static List<SpoolRecord.Taken> taken(SpoolRecord.Accepted... before) {
        return Stream.of(before).flatMap(one -> Handovers.taken(one).stream()).toList();
    }

    private static String told(Handovers.Decision decision) {
        return decision.accepted().map(HandoversTest::told).orElse("none") + " | "
                + decision.repeated().map(HandoversTest::told).orElse("none");
    }

    private static String told(SpoolRecord.Accepted message) {
        return message.id() + " "
                + String.join(
                        ",",
                        message.envelope().recipients().stream()
                                .map(r -> r.address().localPart())
                                .toList());
    }

    @Test
    void theSameCopyForTheSameRecipientIsARepeat() {
        Handovers.Decision decision =
                Handovers.decide(message(20, FIRST, to("a"), to("b")), taken(message(11, FIRST, to("a"), to("b"))));
        assertThat(told(decision)).isEqualTo("none | 11 a,b");
        assertThat(decision.records()).isEmpty();
    }

    @Test
    void onlyWhoIsNewIsAcceptedAndRemembered() {
        Handovers.Decision decision = Handovers.decide(
                message(20, FIRST, to("a"), to("b"), to("c")),
                taken(message(11, FIRST, to("a")), message(12, FIRST, to("c"))));
        assertThat(told(decision)).isEqualTo("20 b | 11 a,c");
        assertThat(decision.records()).hasSize(2);
        assertThat(((SpoolRecord.Taken) decision.records().get(1)).recipients())
                .containsExactly(Handovers.fingerprint(to("b")));
    }

    @Test
    void everythingElseIsNew() {
        SpoolRecord.Accepted arriving = message(20, FIRST, to("a"));
        Map<String, SpoolRecord.Accepted> others = new TreeMap<>();
        others.put("other copy: a detour ended here, or a group", message(11, handover("BER-HT1", 7, 5, 1), to("a")));
        others.put("other message of the sender", message(11, handover("BER-HT1", 7, 6, 0), to("a")));
        others.put("other store, that counts from the beginning", message(11, handover("BER-HT1", 8, 5, 0), to("a")));
        others.put("other server that says the same", message(11, handover("BER-HT2", 7, 5, 0), to("a")));
        others.put("other mail: the store was restored", message(11, 2, Optional.of(FIRST), NOON, true, to("a")));
        others.put("nobody's copy", message(11, 1, Optional.empty(), NOON, true, to("a")));
        others.put("other recipient", message(11, FIRST, to("b")));
        others.put(
                "other wishes",
                message(11, FIRST, new Recipient(to("a").address(), Optional.empty(), List.of(DsnCondition.SUCCESS))));
        others.put(
                "other original recipient",
                message(11, FIRST, new Recipient(to("a").address(), Optional.of("rfc822;x@y"), List.of())));
        others.forEach((why, before) -> assertThat(told(Handovers.decide(arriving, taken(before))))
                .as(why)
                .isEqualTo("20 a | none"));
        SpoolRecord.Accepted unknown = message(20, 1, Optional.empty(), NOON, true, to("a"));
        assertThat(told(Handovers.decide(unknown, taken(message(11, FIRST, to("a"))))))
                .isEqualTo("20 a | none");
        assertThat(Handovers.decide(unknown, List.of()).records()).containsExactly(unknown);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1})
    void whatIsTooOldIsForgotten(long beyond) {
        String expected = beyond == 0 ? "none" : "new";
        SpoolRecord.Accepted late =
                message(20, 1, Optional.of(FIRST), NOON.plus(Handovers.KEPT).plusNanos(beyond), true, to("a"));
        SpoolRecord.Accepted far = message(11 + Handovers.NUMBERS + beyond, FIRST, to("a"));
        for (SpoolRecord.Accepted arriving : List.of(late, far)) {
            assertThat(Handovers.decide(arriving, taken(message(11, FIRST, to("a"))))
                            .accepted()
                            .map(message -> "new")
                            .orElse("none"))
                    .isEqualTo(expected);
        }
        assertThat(Handovers.KEPT).isGreaterThan(Duration.ofDays(2));
    }

    @Test
    void theLookIsForMarkedOnesAndForWhomTheyOvertook() {
        OpenHandovers open = new OpenHandovers();
        SpoolRecord.Accepted first = message(11, 1, Optional.of(FIRST), NOON, false, to("a"));
        assertThat(open.concern(first)).isFalse();
        assertThat(open.concern(message(12, 1, Optional.empty(), NOON, true, to("a"))))
                .as("nobody's copy")
                .isFalse();
        assertThat(open.concern(message(12, FIRST, to("a")))).isTrue();
        assertThat(open.concern(first)).as("overtaken").isTrue();
        assertThat(open.concern(message(13, 2, Optional.of(FIRST), NOON, false, to("a"))))
                .isFalse();
        for (int i = 100; i < 10_100; i++) {
            open.concern(message(i, handover("BER-HT1", 7, i, 0), to("a")));
        }
        assertThat(open.concern(first)).as("long ago").isFalse();
    }

    /** Whatever is split, lost, repeated and mixed: each recipient of each copy is accepted exactly once. */
    @Test
    void eachRecipientOfEachCopyIsAcceptedOnce() {
        for (long seed = 1; seed <= 300; seed++) {
            Random random = new Random(seed);
            List<SpoolRecord.Taken> disk = new ArrayList<>();
            Map<String, Integer> accepted = new TreeMap<>();
            Map<String, Integer> offered = new TreeMap<>();
            for (long number = 1; number <= 60; number++) {
                long transport = 1 + random.nextInt(2);
                Handover handover = handover("HT" + random.nextInt(2), 1 + random.nextInt(2), 1, random.nextInt(2));
                List<Recipient> some = new ArrayList<>();
                for (String name : List.of("a", "b", "c", "d")) {
                    if (random.nextBoolean()) {
                        some.add(to(name));
                    }
                }
                if (some.isEmpty()) {
                    continue;
                }
                SpoolRecord.Accepted arriving =
                        message(number, transport, Optional.of(handover), NOON, true, some.toArray(Recipient[]::new));
                some.forEach(one -> offered.merge(transport + " " + handover + one, 1, (x, y) -> 1));
                Handovers.Decision decision = Handovers.decide(arriving, disk);
                decision.accepted()
                        .ifPresent(message -> message.envelope()
                                .recipients()
                                .forEach(one -> accepted.merge(transport + " " + handover + one, 1, Integer::sum)));
                assertThat(decision.accepted()
                                        .map(m -> m.envelope().recipients().size())
                                        .orElse(0)
                                + decision.repeated()
                                        .map(m -> m.envelope().recipients().size())
                                        .orElse(0))
                        .isEqualTo(some.size());
                decision.records().stream()
                        .filter(SpoolRecord.Taken.class::isInstance)
                        .forEach(record -> disk.add((SpoolRecord.Taken) record));
            }
            assertThat(accepted).as("seed %d", seed).isEqualTo(offered);
        }
    }
}
