package org.bridgehead.io.spool;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * Looks through the logs of a store before RocksDB does. A damaged log is replaced by one with all its intact records;
 * the damaged octets are kept aside and reported.
 */
final class LogRepair {
    private LogRepair() {}

    /**
     * A damaged stretch of a log.
     *
     * @param from first octet
     * @param to behind the last one
     * @param atEnd whether nothing readable follows
     */
    private record Damage(long from, long to, boolean atEnd) {}

    static void repairAll(Path store, Aside aside) throws IOException {
        for (Path log : StoreFolder.files(store, "*.log")) {
            List<Damage> damages = damages(log);
            for (Damage damage : damages) {
                report(log, damage, aside);
            }
            if (!damages.isEmpty()) {
                rewrite(log);
            }
        }
    }

    private static void report(Path log, Damage damage, Aside aside) throws IOException {
        String name = "log " + log.getFileName() + " octets " + damage.from() + " to " + damage.to();
        try (InputStream octets = Files.newInputStream(log)) {
            octets.skipNBytes(damage.from());
            String where = aside.keep(name, new Limited(octets, damage.to() - damage.from()));
            aside.report(
                    where,
                    damage.atEnd()
                            ? "unreadable end: a write that was under way and never acknowledged, or damage"
                            : "damaged in the middle: what these octets held is lost, the rest was kept");
        }
    }

    private static List<Damage> damages(Path log) throws IOException {
        List<Damage> damages = new ArrayList<>();
        LogFile.read(log, new LogFile.Visitor() {
            @Override
            public void record(byte[] batch) {
                // Intact: nothing to note.
            }

            @Override
            public void damage(long from, long to, boolean atEnd) {
                damages.add(new Damage(from, to, atEnd));
            }
        });
        return damages;
    }

    private static void rewrite(Path log) throws IOException {
        Path repaired = log.resolveSibling(log.getFileName() + ".repaired");
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(repaired))) {
            Fragments fragments = new Fragments(out);
            LogFile.read(log, new LogFile.Visitor() {
                @Override
                public void record(byte[] batch) throws IOException {
                    fragments.write(batch);
                }

                @Override
                public void damage(long from, long to, boolean atEnd) {
                    // Left out.
                }
            });
        }
        Folders.syncFile(repaired);
        Files.move(repaired, log, StandardCopyOption.ATOMIC_MOVE);
        Folders.sync(log.toAbsolutePath().resolveSibling("."));
    }

    /** Writes records in the format of {@link LogFile}. */
    private static final class Fragments {
        private final OutputStream out;
        private int inBlock;

        Fragments(OutputStream out) {
            this.out = out;
        }

        void write(byte[] record) throws IOException {
            int done = 0;
            do {
                int room = LogFile.BLOCK - inBlock;
                if (room < LogFile.HEADER) {
                    out.write(new byte[room]);
                    inBlock = 0;
                    room = LogFile.BLOCK;
                }
                int length = Math.min(record.length - done, room - LogFile.HEADER);
                boolean last = done + length == record.length;
                fragment(
                        done == 0 ? (last ? LogFile.FULL : LogFile.FIRST) : last ? LogFile.LAST : LogFile.MIDDLE,
                        record,
                        done,
                        length);
                done += length;
            } while (done < record.length);
        }

        private void fragment(int type, byte[] record, int offset, int length) throws IOException {
            CRC32C crc = new CRC32C();
            crc.update(type);
            crc.update(record, offset, length);
            ByteBuffer head = ByteBuffer.allocate(LogFile.HEADER).order(ByteOrder.LITTLE_ENDIAN);
            head.putInt(LogFile.masked((int) crc.getValue()))
                    .putShort((short) length)
                    .put((byte) type);
            out.write(head.array());
            out.write(record, offset, length);
            inBlock = (inBlock + LogFile.HEADER + length) % LogFile.BLOCK;
        }
    }

    /** The next so many octets of a stream. */
    private static final class Limited extends InputStream {
        private final InputStream in;
        private long left;

        Limited(InputStream in, long left) {
            this.in = in;
            this.left = left;
        }

        @Override
        public int read() throws IOException {
            return left-- > 0 ? in.read() : -1;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (length > 0 && left <= 0) {
                return -1;
            }
            int n = in.read(target, offset, (int) Math.min(length, left));
            left -= Math.max(0, n);
            return n;
        }
    }
}
