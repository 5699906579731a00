package org.bridgehead.io.mailstore;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Logs as files {@code 0000000001.log}, {@code 0000000002.log}, … in one folder; damaged parts are kept in
 * {@code damaged/} beside them, named by generation and offset. A log that is being received is called {@code arriving}.
 */
final class FileLogStorage implements LogStorage {
    private static final Pattern NAME = Pattern.compile("(\\d{10,18})\\.log");

    private final Path folder;
    private @Nullable FileChannel channel;
    private boolean nameIsNew;
    private volatile long received;

    /** Uses {@code folder}, which is created when missing. */
    FileLogStorage(Path folder) throws IOException {
        this.folder = folder;
        Files.createDirectories(folder);
        syncFolder(folder.toAbsolutePath().getParent());
    }

    /** A file name for any name of a storage group; two names that are one ignoring case get one file name. */
    static String safe(String name) {
        StringBuilder safe = new StringBuilder("sg-");
        for (char c : name.toLowerCase(Locale.ROOT).toCharArray()) {
            boolean plain = c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-' || c == '.';
            safe.append(plain ? String.valueOf(c) : String.format(Locale.ROOT, "_%04x", (int) c));
        }
        return safe.toString();
    }

    @Override
    public List<Long> generations() throws IOException {
        List<Long> found = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            files.forEach(file -> {
                Matcher name = NAME.matcher(file.getFileName().toString());
                if (name.matches()) found.add(Long.parseLong(name.group(1)));
            });
        }
        Collections.sort(found);
        return found;
    }

    @Override
    public boolean contains(long generation) {
        return Files.exists(file(generation));
    }

    @Override
    public long size(long generation) throws IOException {
        return Files.size(file(generation));
    }

    @Override
    public void begin(long generation) throws IOException {
        use(FileChannel.open(file(generation), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
        nameIsNew = true;
    }

    @Override
    public void resume(long generation) throws IOException {
        FileChannel opened = FileChannel.open(file(generation), StandardOpenOption.WRITE);
        use(opened);
        opened.position(opened.size());
    }

    @Override
    public void append(ByteBuffer octets) throws IOException {
        FileChannel open = writing();
        while (octets.hasRemaining()) open.write(octets);
    }

    @Override
    public void sync() throws IOException {
        writing().force(false);
        if (nameIsNew) {
            syncFolder(folder);
            nameIsNew = false;
        }
    }

    @Override
    public void truncate(long generation, long size) throws IOException {
        try (FileChannel cut = FileChannel.open(file(generation), StandardOpenOption.WRITE)) {
            cut.truncate(size);
            cut.force(true);
        }
    }

    @Override
    public void remove(long generation) throws IOException {
        Files.delete(file(generation));
        syncFolder(folder);
    }

    @Override
    public InputStream read(long generation, long offset) throws IOException {
        return reading(file(generation), offset);
    }

    @Override
    public long receive(long generation, InputStream octets) throws IOException {
        received = generation;
        try (FileChannel arriving = FileChannel.open(
                arriving(),
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE)) {
            byte[] buffer = new byte[1 << 17];
            for (int n; (n = octets.readNBytes(buffer, 0, buffer.length)) > 0; ) {
                ByteBuffer some = ByteBuffer.wrap(buffer, 0, n);
                while (some.hasRemaining()) arriving.write(some);
            }
            arriving.force(true);
            return arriving.size();
        }
    }

    @Override
    public InputStream readReceived(long offset) throws IOException {
        return reading(arriving(), offset);
    }

    @Override
    public void admit() throws IOException {
        Files.move(arriving(), file(received), StandardCopyOption.ATOMIC_MOVE);
        syncFolder(folder);
    }

    @Override
    public void dropReceived() throws IOException {
        Files.deleteIfExists(arriving());
    }

    @Override
    public String setAside(long generation, long offset, long length) throws IOException {
        Path damaged = folder.resolve("damaged");
        Files.createDirectories(damaged);
        Path kept = damaged.resolve(String.format(Locale.ROOT, "%010d-%d.damaged", generation, offset));
        if (!Files.exists(kept) || Files.size(kept) != length) {
            try (InputStream in = read(generation, offset);
                    OutputStream out = Files.newOutputStream(kept)) {
                long left = length;
                byte[] buffer = new byte[1 << 16];
                for (int n; left > 0 && (n = in.read(buffer, 0, (int) Math.min(left, buffer.length))) > 0; left -= n) {
                    out.write(buffer, 0, n);
                }
            }
        }
        return kept.toString();
    }

    @Override
    public void close() throws IOException {
        if (channel != null) channel.close();
        channel = null;
    }

    @Override
    public void crash() throws IOException {
        close();
    }

    private void use(FileChannel next) throws IOException {
        close();
        channel = next;
    }

    private FileChannel writing() {
        if (channel == null) throw new IllegalStateException("no generation begun");
        return channel;
    }

    private Path file(long generation) {
        return folder.resolve(String.format(Locale.ROOT, "%010d.log", generation));
    }

    private Path arriving() {
        return folder.resolve("arriving");
    }

    private static InputStream reading(Path file, long offset) throws IOException {
        FileChannel open = FileChannel.open(file, StandardOpenOption.READ);
        open.position(offset);
        return new BufferedInputStream(Channels.newInputStream(open), 1 << 16);
    }

    /** A new name in a folder survives a power cut only when the folder was synced, too. */
    static void syncFolder(@Nullable Path folder) throws IOException {
        if (folder == null || System.getProperty("os.name", "").startsWith("Windows")) return;
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
