package org.bridgehead.io.spool;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import org.bridgehead.core.hub.RecipientBits;
import org.bridgehead.core.hub.SpoolRecord;
import org.bridgehead.core.hub.StorageGroupId;
import org.bridgehead.core.mail.BodyRef;
import org.bridgehead.core.mail.BodyType;
import org.bridgehead.core.mail.CopyId;
import org.bridgehead.core.mail.DsnCondition;
import org.bridgehead.core.mail.DsnReturn;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.mail.EnhancedStatus;
import org.bridgehead.core.mail.Envelope;
import org.bridgehead.core.mail.Facts;
import org.bridgehead.core.mail.Handover;
import org.bridgehead.core.mail.HeaderFacts;
import org.bridgehead.core.mail.HeaderField;
import org.bridgehead.core.mail.InternalId;
import org.bridgehead.core.mail.MessageId;
import org.bridgehead.core.mail.Recipient;
import org.bridgehead.core.mail.TransferState;
import org.bridgehead.core.mail.TransportId;
import org.bridgehead.core.mail.Treatment;

/** Records with everything in them that the types allow, from one seed. */
final class RandomRecords {
    private static final String LETTERS = "abcXYZ019 -_.;=+äß€😀\t\"<>";

    private final Random random;

    RandomRecords(long seed) {
        random = new Random(seed);
    }

    SpoolRecord.Accepted accepted(InternalId id, BodyRef body) {
        return new SpoolRecord.Accepted(id, envelope(), facts(), body);
    }

    SpoolRecord.CopyMade copyMade(CopyId copy) {
        return new SpoolRecord.CopyMade(
                copy,
                new CopyId(copy.message(), random.nextInt(3)),
                recipients(1 + random.nextInt(4)),
                texts(),
                maybe(this::address),
                random.nextBoolean() ? Treatment.NONE : treatment());
    }

    private Treatment treatment() {
        return random.nextBoolean()
                ? Treatment.refused(EnhancedStatus.of("5.7.1"), text())
                : new Treatment(texts(), texts(), Optional.empty());
    }

    SpoolRecord.Settled settled(CopyId copy) {
        return new SpoolRecord.Settled(copy, bits());
    }

    SpoolRecord.Held held(StorageGroupId group, long sequence, BodyRef body) {
        return new SpoolRecord.Held(group, sequence, envelope(), facts(), body, instant());
    }

    SpoolRecord.Requested requested(long request, StorageGroupId group) {
        return new SpoolRecord.Requested(request, group, instant(), instant());
    }

    SpoolRecord.Taken taken(InternalId id, TransportId message) {
        List<Long> recipients = new ArrayList<>();
        for (int i = random.nextInt(4); i >= 0; i--) {
            recipients.add(random.nextLong());
        }
        CopyId copy = new CopyId(new InternalId(1 + random.nextInt(Integer.MAX_VALUE)), random.nextInt(1000));
        return new SpoolRecord.Taken(
                id, message, new Handover(text(), new Handover.Mark(random.nextLong(), copy)), recipients, instant());
    }

    /** One of each type that is kept. */
    List<SpoolRecord> ofEachType() {
        InternalId id = new InternalId(1 + random.nextInt(Integer.MAX_VALUE));
        BodyRef body = new BodyRef(Long.toHexString(random.nextLong()), random.nextLong() >>> 1);
        StorageGroupId group = new StorageGroupId(text(), text());
        return List.of(
                accepted(id, body),
                copyMade(new CopyId(id, 1 + random.nextInt(1000))),
                settled(new CopyId(id, random.nextInt(1000))),
                new SpoolRecord.Expanded(new CopyId(id, random.nextInt(1000))),
                held(group, random.nextLong(), body),
                requested(random.nextLong(), group),
                taken(id, new TransportId(random.nextLong(), random.nextLong())));
    }

    byte[] octets(int size) {
        byte[] octets = new byte[size];
        random.nextBytes(octets);
        return octets;
    }

    private RecipientBits bits() {
        List<Integer> indices = new ArrayList<>();
        for (int i = random.nextInt(6); i > 0; i--) {
            indices.add(random.nextInt(500));
        }
        return RecipientBits.of(indices);
    }

    private Envelope envelope() {
        return new Envelope(
                maybe(this::address),
                recipients(1 + random.nextInt(5)),
                pick(List.of(BodyType.values())),
                random.nextBoolean(),
                maybe(() -> pick(List.of(DsnReturn.values()))),
                maybe(this::text));
    }

    private List<Recipient> recipients(int count) {
        List<Recipient> recipients = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            List<DsnCondition> conditions = switch (random.nextInt(4)) {
                case 0 -> List.of(DsnCondition.NEVER);
                case 1 -> List.of(DsnCondition.DELAY, DsnCondition.SUCCESS, DsnCondition.FAILURE);
                default -> List.of();
            };
            recipients.add(new Recipient(address(), maybe(this::text), conditions));
        }
        return recipients;
    }

    private EmailAddress address() {
        String local = pick(List.of("anna", "Otto.Müller", "\"a b\"", "x+y=z", "用户"));
        String domain = pick(List.of("contoso.test", "[127.0.0.1]", "bücher.test", "A.B.C.test"));
        return EmailAddress.of(local + "@" + domain);
    }

    private Facts facts() {
        TransferState.Flag[] flags = TransferState.Flag.values();
        TransferState state = new TransferState(
                new TransportId(random.nextLong(), random.nextLong()),
                instant(),
                random.nextLong() >>> 1,
                maybe(this::text),
                random.nextBoolean() ? List.of(flags) : List.of(flags[random.nextInt(flags.length)]),
                texts(),
                texts(),
                texts(),
                maybe(this::address),
                texts());
        HeaderFacts header = new HeaderFacts(
                new MessageId("<" + text() + ">"),
                text(),
                random.nextInt(40),
                random.nextBoolean(),
                random.nextBoolean(),
                maybe(this::text),
                texts().stream().map(text -> new HeaderField(text, text())).toList());
        return new Facts(state, header, instant(), text());
    }

    private Instant instant() {
        return Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000));
    }

    private List<String> texts() {
        List<String> texts = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            texts.add(text());
        }
        return texts;
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(20); i > 0; i--) {
            int at = LETTERS.offsetByCodePoints(0, random.nextInt(LETTERS.codePointCount(0, LETTERS.length())));
            text.appendCodePoint(LETTERS.codePointAt(at));
        }
        return text.toString();
    }

    private <T> Optional<T> maybe(Supplier<T> value) {
        return random.nextBoolean() ? Optional.of(value.get()) : Optional.empty();
    }

    private <T> T pick(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
