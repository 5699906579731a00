package org.bridgehead.io.spool;

import java.nio.BufferUnderflowException;
import java.time.DateTimeException;
import java.util.List;
import java.util.Optional;
import org.bridgehead.core.hub.RecipientBits;
import org.bridgehead.core.hub.SpoolRecord;
import org.bridgehead.core.hub.StorageGroupId;
import org.bridgehead.core.mail.BodyRef;
import org.bridgehead.core.mail.CopyId;
import org.bridgehead.core.mail.EnhancedStatus;
import org.bridgehead.core.mail.InternalId;
import org.bridgehead.core.mail.Rejection;
import org.bridgehead.core.mail.Treatment;

/**
 * The binary form of the records that are kept (those that only delete have none). Written by hand, field by field: the
 * form on disk must not change when a core type is rearranged. Numbers of types and of enum constants are for ever; a
 * change of a payload takes a new {@link Frame#VERSION}.
 */
final class RecordCodec {
    static final byte META = 0;
    static final byte ACCEPTED = 1;
    static final byte COPY_MADE = 2;
    static final byte SETTLED = 3;
    static final byte EXPANDED = 4;
    static final byte HELD = 5;
    static final byte REQUESTED = 6;
    static final byte CHUNK = 7;
    /** As {@link #ACCEPTED} and {@link #HELD}, with who sent a message first and the rules applied to it. */
    static final byte ACCEPTED_2 = 8;

    static final byte HELD_2 = 9;
    /** As {@link #COPY_MADE}, with its own sender. */
    static final byte COPY_MADE_2 = 10;
    /** As {@link #ACCEPTED_2} and {@link #HELD_2}, with the header fields that rules look at. */
    static final byte ACCEPTED_3 = 11;

    static final byte HELD_3 = 12;
    /** As {@link #COPY_MADE_2}, with its treatment. */
    static final byte COPY_MADE_3 = 13;

    /** A delivery note, see {@link NoteRing}; never in the store. */
    static final byte NOTE = 14;

    static final byte TAKEN = 15;

    private static final List<Byte> FIRST = List.of(ACCEPTED, HELD, COPY_MADE);
    private static final List<Byte> THIRD = List.of(ACCEPTED_3, HELD_3, COPY_MADE_3);

    private RecordCodec() {}

    static byte[] encode(SpoolRecord record) {
        PayloadWriter out = new PayloadWriter();
        byte type;
        if (record instanceof SpoolRecord.Accepted r) {
            type = ACCEPTED_3;
            out.longNumber(r.id().value());
            MailCodec.envelope(out, r.envelope());
            MailCodec.facts(out, r.facts());
            body(out, r.body());
        } else if (record instanceof SpoolRecord.CopyMade r) {
            type = COPY_MADE_3;
            copy(out, r.copy());
            copy(out, r.parent());
            out.list(r.recipients(), one -> MailCodec.recipient(out, one)).texts(r.expanded());
            out.optional(r.sender(), sender -> out.text(sender.toString()))
                    .texts(r.treatment().rules())
                    .texts(r.treatment().journals())
                    .optional(
                            r.treatment().refusal(),
                            no -> out.text(no.status().toString()).text(no.reason()));
        } else if (record instanceof SpoolRecord.Settled r) {
            type = SETTLED;
            copy(out, r.copy());
            bits(out, r.recipients());
        } else if (record instanceof SpoolRecord.Expanded r) {
            type = EXPANDED;
            copy(out, r.parent());
        } else if (record instanceof SpoolRecord.Held r) {
            type = HELD_3;
            group(out, r.storageGroup());
            out.longNumber(r.sequence());
            MailCodec.envelope(out, r.envelope());
            MailCodec.facts(out, r.facts());
            body(out, r.body());
            out.instant(r.at());
        } else if (record instanceof SpoolRecord.Taken r) {
            type = TAKEN;
            MailCodec.taken(out, r);
        } else if (record instanceof SpoolRecord.Requested r) {
            type = REQUESTED;
            out.longNumber(r.request());
            group(out, r.storageGroup());
            out.instant(r.from()).instant(r.to());
        } else {
            throw new IllegalArgumentException("not kept as a record: " + record);
        }
        return Frame.wrap(type, out.toByteArray());
    }

    /** The record of one value; several frames are the parts of one {@code Settled}. */
    static SpoolRecord decode(byte[] value) throws TornException {
        try {
            List<Frame.Content> frames = Frame.unwrapAll(value);
            if (frames.isEmpty()) {
                throw new TornException("empty");
            }
            SpoolRecord record = decode(frames.get(0));
            for (Frame.Content more : frames.subList(1, frames.size())) {
                record = merged(record, decode(more));
            }
            return record;
        } catch (BufferUnderflowException
                | IllegalArgumentException
                | IndexOutOfBoundsException
                | ArithmeticException
                | DateTimeException e) {
            throw new TornException("unreadable: " + e, e);
        }
    }

    /** A number kept by the store itself. */
    static byte[] encodeNumber(long number) {
        return Frame.wrap(META, new PayloadWriter().longNumber(number).toByteArray());
    }

    static long decodeNumber(byte[] value) throws TornException {
        Frame.Content content = Frame.unwrap(value);
        if (content.type() != META || content.payload().length != Long.BYTES) {
            throw new TornException("not a number: type " + content.type());
        }
        return new PayloadReader(content.payload()).longNumber();
    }

    private static SpoolRecord merged(SpoolRecord one, SpoolRecord other) throws TornException {
        if (one instanceof SpoolRecord.Settled a
                && other instanceof SpoolRecord.Settled b
                && a.copy().equals(b.copy())) {
            return new SpoolRecord.Settled(a.copy(), a.recipients().or(b.recipients()));
        }
        throw new TornException("two records in one place");
    }

    private static SpoolRecord decode(Frame.Content content) throws TornException {
        PayloadReader in = new PayloadReader(content.payload());
        int form = FIRST.contains(content.type()) ? 1 : THIRD.contains(content.type()) ? 3 : 2;
        return in.end(
                switch (content.type()) {
                    case ACCEPTED, ACCEPTED_2, ACCEPTED_3 ->
                        new SpoolRecord.Accepted(
                                new InternalId(in.longNumber()),
                                MailCodec.envelope(in),
                                MailCodec.facts(in, form),
                                body(in));
                    case COPY_MADE, COPY_MADE_2, COPY_MADE_3 ->
                        new SpoolRecord.CopyMade(
                                copy(in),
                                copy(in),
                                in.list(() -> MailCodec.recipient(in)),
                                in.texts(),
                                form >= 2 ? MailCodec.address(in) : Optional.empty(),
                                form >= 3 ? treatment(in) : Treatment.NONE);
                    case SETTLED -> new SpoolRecord.Settled(copy(in), RecipientBits.ofWords(in.longNumbers()));
                    case EXPANDED -> new SpoolRecord.Expanded(copy(in));
                    case HELD, HELD_2, HELD_3 ->
                        new SpoolRecord.Held(
                                group(in),
                                in.longNumber(),
                                MailCodec.envelope(in),
                                MailCodec.facts(in, form),
                                body(in),
                                in.instant());
                    case TAKEN -> MailCodec.taken(in);
                    case REQUESTED -> new SpoolRecord.Requested(in.longNumber(), group(in), in.instant(), in.instant());
                    default -> throw new TornException("type " + content.type() + " is not known here");
                });
    }

    private static Treatment treatment(PayloadReader in) {
        return new Treatment(
                in.texts(), in.texts(), in.optional(() -> new Rejection(EnhancedStatus.of(in.text()), in.text())));
    }

    private static void copy(PayloadWriter out, CopyId copy) {
        out.longNumber(copy.message().value()).number(copy.number());
    }

    private static CopyId copy(PayloadReader in) {
        return new CopyId(new InternalId(in.longNumber()), in.number());
    }

    private static void group(PayloadWriter out, StorageGroupId group) {
        out.text(group.server()).text(group.group());
    }

    private static StorageGroupId group(PayloadReader in) {
        return new StorageGroupId(in.text(), in.text());
    }

    private static void body(PayloadWriter out, BodyRef body) {
        out.text(body.key()).longNumber(body.size());
    }

    private static BodyRef body(PayloadReader in) {
        return new BodyRef(in.text(), in.longNumber());
    }

    private static void bits(PayloadWriter out, RecipientBits bits) {
        long[] words = bits.words();
        out.number(words.length);
        for (long word : words) {
            out.longNumber(word);
        }
    }
}
