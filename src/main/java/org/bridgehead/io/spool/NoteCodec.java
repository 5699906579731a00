package org.bridgehead.io.spool;

import java.nio.BufferUnderflowException;
import java.util.Optional;
import org.bridgehead.core.hub.DeliveryNote;
import org.bridgehead.core.hub.Target;
import org.bridgehead.core.mail.CopyId;
import org.bridgehead.core.mail.InternalId;
import org.bridgehead.core.topology.HostPort;

/** The binary form of a {@link DeliveryNote} and of the spool and shard it belongs to. Stateless, safe for any thread. */
final class NoteCodec {
    private static final int PEER = 1;
    private static final int MAILBOX = 2;
    private static final int HOST = 3;
    private static final int FOREIGN = 4;

    /**
     * A note as it stands in a ring.
     *
     * @param spool identity of the spool it was made for
     * @param shard folded name of the shard
     * @param note what it says
     */
    record Entry(long spool, String shard, DeliveryNote note) {}

    private NoteCodec() {}

    static byte[] encode(Entry entry) {
        DeliveryNote note = entry.note();
        PayloadWriter out = new PayloadWriter();
        out.longNumber(entry.spool())
                .text(entry.shard())
                .longNumber(note.copy().message().value())
                .number(note.copy().number());
        target(out, note.target());
        out.flag(note.reports());
        out.list(note.parts(), part -> {
            out.number(part.index());
            MailCodec.recipient(out, part.recipient());
            out.text(part.storageGroup());
        });
        return out.toByteArray();
    }

    private static void target(PayloadWriter out, Target target) {
        if (target instanceof Target.Peer peer) {
            out.octet(PEER).text(peer.server());
        } else if (target instanceof Target.Mailbox mailbox) {
            out.octet(MAILBOX).text(mailbox.server());
        } else if (target instanceof Target.Host host) {
            out.octet(HOST).text(host.connector()).text(host.host().host());
            out.number(host.host().port());
        } else {
            Target.Foreign foreign = (Target.Foreign) target;
            out.octet(FOREIGN).text(foreign.connector()).text(foreign.endpoint());
        }
    }

    /** Empty when it is of another version of this program: what cannot be read counts for nothing. */
    static Optional<Entry> decode(byte[] payload) {
        try {
            PayloadReader in = new PayloadReader(payload);
            return Optional.of(in.end(new Entry(in.longNumber(), in.text(), note(in))));
        } catch (BufferUnderflowException | IllegalArgumentException | IndexOutOfBoundsException e) {
            return Optional.empty();
        }
    }

    private static DeliveryNote note(PayloadReader in) {
        return new DeliveryNote(
                new CopyId(new InternalId(in.longNumber()), in.number()),
                target(in),
                in.flag(),
                in.list(() -> new DeliveryNote.Part(in.number(), MailCodec.recipient(in), in.text())));
    }

    private static Target target(PayloadReader in) {
        return switch (in.octet()) {
            case PEER -> new Target.Peer(in.text());
            case MAILBOX -> new Target.Mailbox(in.text());
            case HOST -> new Target.Host(in.text(), new HostPort(in.text(), in.number()));
            case FOREIGN -> new Target.Foreign(in.text(), in.text());
            default -> throw new IllegalArgumentException("a target of another kind");
        };
    }
}
