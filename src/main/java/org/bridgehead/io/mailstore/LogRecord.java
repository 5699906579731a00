package org.bridgehead.io.mailstore;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.bridgehead.core.mail.TransportId;

/**
 * One fact in the transaction log of a storage group. The octets of a message are not part of the value: they follow it
 * in the log ({@link LogFrame}).
 */
sealed interface LogRecord {
    /** The number by which the kind is known in the log; never reused. */
    int type();

    /** Writes everything but the type. */
    void encode(DataOutputStream out) throws IOException;

    /**
     * The first record of each generation.
     *
     * @param generation its own number
     * @param uidValidity of the store
     * @param skippedUids how many UIDs are left out here, because records that were lost or damaged before this
     *     generation may have used them; it covers everything before it
     * @param previousEnd length of the generation before; 0 for the first
     * @param previousChecksum CRC32C of all its octets: ties this generation to that one and no other
     *     ({@link #NO_CHECKSUM} for the first, and in logs of versions that kept none)
     * @param firstUid no mailbox of the server has got a lower UID since. Absolute, so that reading a log again never
     *     skips again ({@link #UNKNOWN_UID} in logs of versions that kept none)
     */
    record Opened(
            long generation, long uidValidity, long skippedUids, long previousEnd, long previousChecksum, long firstUid)
            implements LogRecord {
        static final int TYPE = 1;
        static final long NO_CHECKSUM = -1;
        static final long UNKNOWN_UID = 0;

        @Override
        public int type() {
            return TYPE;
        }

        @Override
        public void encode(DataOutputStream out) throws IOException {
            out.writeLong(generation);
            out.writeLong(uidValidity);
            out.writeLong(skippedUids);
            out.writeLong(previousEnd);
            out.writeLong(previousChecksum);
            out.writeLong(firstUid);
        }

        static Opened decode(DataInputStream in) throws IOException {
            return new Opened(
                    in.readLong(),
                    in.readLong(),
                    in.readLong(),
                    in.readLong(),
                    in.available() > 0 ? in.readLong() : NO_CHECKSUM,
                    in.available() > 0 ? in.readLong() : UNKNOWN_UID);
        }
    }

    /**
     * A message came, for one or more mailboxes of the group. Its Return-Path line is the last thing encoded, so that
     * it stands right before the octets.
     *
     * @param sequence counts up over all records that users see
     * @param id identity in the organisation
     * @param received when
     * @param places where to; at least one
     * @param returnPath the octets of that line
     */
    record Delivered(long sequence, TransportId id, Instant received, List<Place> places, byte[] returnPath)
            implements LogRecord {
        static final int TYPE = 2;

        @Override
        public int type() {
            return TYPE;
        }

        @Override
        public void encode(DataOutputStream out) throws IOException {
            out.writeLong(sequence);
            out.writeLong(id.high());
            out.writeLong(id.low());
            out.writeLong(received.getEpochSecond());
            out.writeInt(received.getNano());
            out.writeInt(places.size());
            for (Place place : places) place.encode(out);
            out.writeShort(returnPath.length);
            out.write(returnPath);
        }

        static Delivered decode(DataInputStream in) throws IOException {
            long sequence = in.readLong();
            TransportId id = new TransportId(in.readLong(), in.readLong());
            Instant received = Instant.ofEpochSecond(in.readLong(), in.readInt());
            List<Place> places = readPlaces(in);
            byte[] returnPath = new byte[in.readUnsignedShort()];
            in.readFully(returnPath);
            return new Delivered(sequence, id, received, places, returnPath);
        }
    }

    /**
     * Users removed messages for good.
     *
     * @param sequence counts up over all records that users see
     * @param places what was removed
     */
    record Deleted(long sequence, List<Place> places) implements LogRecord {
        static final int TYPE = 3;

        @Override
        public int type() {
            return TYPE;
        }

        @Override
        public void encode(DataOutputStream out) throws IOException {
            out.writeLong(sequence);
            out.writeInt(places.size());
            for (Place place : places) place.encode(out);
        }

        static Deleted decode(DataInputStream in) throws IOException {
            return new Deleted(in.readLong(), readPlaces(in));
        }
    }

    /**
     * One message in one mailbox.
     *
     * @param mailbox name
     * @param database where the mailbox lived then
     * @param uid of the message in it
     */
    record Place(String mailbox, String database, long uid) {
        private void encode(DataOutputStream out) throws IOException {
            out.writeUTF(mailbox);
            out.writeUTF(database);
            out.writeLong(uid);
        }
    }

    /** The encoded form. */
    default byte[] encoded() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(128);
        try {
            encode(new DataOutputStream(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException("a record does not fit its encoding: " + this, e);
        }
        return bytes.toByteArray();
    }

    /**
     * Reads what {@link #encoded} wrote.
     *
     * @throws IOException when the kind is not known, which only a newer version can have written
     */
    static LogRecord decode(int type, byte[] encoded) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(encoded));
        return switch (type) {
            case Opened.TYPE -> Opened.decode(in);
            case Delivered.TYPE -> Delivered.decode(in);
            case Deleted.TYPE -> Deleted.decode(in);
            default -> throw new IOException("log record of kind " + type + ": written by a newer version");
        };
    }

    private static List<Place> readPlaces(DataInputStream in) throws IOException {
        int count = in.readInt();
        List<Place> places = new ArrayList<>(Math.min(count, 10_000));
        for (int i = 0; i < count; i++) places.add(new Place(in.readUTF(), in.readUTF(), in.readLong()));
        return places;
    }
}
