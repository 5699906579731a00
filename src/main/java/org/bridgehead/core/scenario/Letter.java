package org.bridgehead.core.scenario;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bridgehead.core.mail.BodyType;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.mail.Envelope;
import org.bridgehead.core.mail.Lists;
import org.bridgehead.core.mail.Recipient;
import org.bridgehead.core.mail.TransportId;
import org.bridgehead.core.smtp.HeaderReader;
import org.bridgehead.core.topology.Role;
import org.bridgehead.core.topology.Topology;

/**
 * One message to hand in.
 *
 * @param number in the order of sending, over all scenes
 * @param label what people call it: a file name or a subject
 * @param from reverse path; empty = the null sender
 * @param to recipients
 * @param via hub or edge it is handed to, or the mailbox server from which it goes to the hubs beside it
 * @param anonymous by a stranger
 * @param octets header and body, lines ended by CR LF
 * @param filler so many of them at the end only make up the size: lines of dots, in which there is nothing to be looked for
 */
public record Letter(
        int number,
        String label,
        Optional<EmailAddress> from,
        List<EmailAddress> to,
        String via,
        boolean anonymous,
        byte[] octets,
        int filler) {
    private static final int MOST_LINE = 1 << 20;

    /** Copies the list. */
    public Letter {
        to = List.copyOf(to);
    }

    /** Stands for its identity as long as it is in an Outbox: no server has given it one. */
    public TransportId unsent() {
        return new TransportId(-1, number);
    }

    /** Where the filler begins. */
    private int end() {
        return octets.length - filler;
    }

    /** The envelope as a mail program makes it. */
    public Envelope envelope() {
        boolean eightBit = HeaderReader.hasEightBit(octets, end());
        return new Envelope(
                from,
                Lists.map(to, Recipient::of),
                eightBit ? BodyType.EIGHT_BIT_MIME : BodyType.SEVEN_BIT,
                eightBit && HeaderReader.hasEightBit(octets, headerEnd()),
                Optional.empty(),
                Optional.empty());
    }

    private int headerEnd() {
        for (int i = 0; i + 3 < octets.length; i++) {
            if (octets[i] == '\r' && octets[i + 1] == '\n' && octets[i + 2] == '\r' && octets[i + 3] == '\n') {
                return i;
            }
        }
        return octets.length;
    }

    /** Why no server of the organisation may take it (DECISIONS 4.2): the first such octet; empty = it may. */
    public Optional<String> defect() {
        ByteBuffer words = ByteBuffer.wrap(octets).order(ByteOrder.LITTLE_ENDIAN);
        int begin = 0;
        int end = end();
        for (int i = nextControl(words, 0); i < end; i = nextControl(words, i + 1)) {
            if (i - begin >= MOST_LINE) {
                return tooLong(begin);
            }
            if (isMisplaced(i)) {
                String what = octets[i] == 0 ? "NUL" : octets[i] == '\r' ? "bare CR" : "bare LF";
                return Optional.of(what + " at octet " + i);
            }
            begin = octets[i] == '\n' ? i + 1 : begin;
        }
        return end - begin >= MOST_LINE ? tooLong(begin) : Optional.empty();
    }

    private static Optional<String> tooLong(int begin) {
        return Optional.of("line too long at octet " + (begin + MOST_LINE - 1));
    }

    /** Where the next octet below blank stands; all else is text, which is passed over by eight. */
    private int nextControl(ByteBuffer words, int from) {
        int at = from;
        int end = end();
        for (; at + Long.BYTES <= end; at += Long.BYTES) {
            long controls = controls(words.getLong(at));
            if (controls != 0) {
                return at + Long.numberOfTrailingZeros(controls) / Byte.SIZE;
            }
        }
        while (at < end && (octets[at] < 0 || octets[at] >= ' ')) {
            at++;
        }
        return at;
    }

    /**
     * The highest bits of those of eight octets, the first one lowest, that are below blank: taking 32 off borrows from
     * them. Behind the first one there may be others that are not.
     */
    private static long controls(long word) {
        return word - 0x2020_2020_2020_2020L & ~word & 0x8080_8080_8080_8080L;
    }

    private boolean isMisplaced(int i) {
        return switch (octets[i]) {
            case 0 -> true;
            case '\r' -> i + 1 == octets.length || octets[i + 1] != '\n';
            case '\n' -> i == 0 || octets[i - 1] != '\r';
            default -> false;
        };
    }

    /** Whether it is handed to a server that mailboxes are on, and no hub. */
    public boolean isFromMailbox(Topology topology) {
        return topology.server(via)
                .filter(server -> server.mailbox().isPresent() && !server.is(Role.HUB_TRANSPORT))
                .isPresent();
    }

    /**
     * Whether these octets hold the letter, although a disclaimer may have been added: its body as it was, between the
     * parts of another one.
     */
    public boolean isIn(byte[] arrived) {
        int begin = Math.min(headerEnd() + 2, octets.length);
        int length = octets.length - begin;
        for (int at = 0; at + length <= arrived.length; at++) {
            if (Arrays.equals(arrived, at, at + length, octets, begin, octets.length)) {
                return true;
            }
        }
        return false;
    }

    /** Whether these octets are the letter behind header fields that were prepended to it. */
    public boolean endsOff(byte[] arrived) {
        int offset = arrived.length - octets.length;
        return offset >= 0
                && Arrays.equals(arrived, offset, arrived.length, octets, 0, octets.length)
                && (offset < 2 || arrived[offset - 1] == '\n' && arrived[offset - 2] == '\r');
    }
}
