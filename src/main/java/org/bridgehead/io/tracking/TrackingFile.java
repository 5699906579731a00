package org.bridgehead.io.tracking;

import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.bridgehead.core.hub.TrackingEvent;
import org.jspecify.annotations.Nullable;

/**
 * Appends tracking events to {@code MSGTRKyyyyMMdd-n.jsonl} in one folder: a new file each day (UTC) and whenever one
 * has grown to {@value #MAX_FILE} octets (BEHAVIOUR 3.4). Safe for any thread.
 */
public final class TrackingFile implements Closeable {
    /** Octets of one file, give or take a line. */
    public static final long MAX_FILE = 10L << 20;

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("yyyyMMdd", Locale.ROOT);

    private final Path folder;
    private @Nullable BufferedWriter writer;
    private LocalDate day = LocalDate.MIN;
    private long size;

    /**
     * Writes into {@code folder}, which is made when it is missing.
     *
     * @throws IOException when that is not possible
     */
    public TrackingFile(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
    }

    /** Appends one event; on the disk when the writer's buffer is full or {@link #flush} is called. */
    public synchronized void append(TrackingEvent event) throws IOException {
        LocalDate today = event.time().atZone(ZoneOffset.UTC).toLocalDate();
        BufferedWriter out = writer;
        if (out == null || !today.equals(day) || size >= MAX_FILE) {
            out = roll(today);
        }
        String line = TrackingJson.line(event);
        out.write(line);
        out.write('\n');
        size += line.length() + 1L;
    }

    private BufferedWriter roll(LocalDate today) throws IOException {
        close();
        day = today;
        int number = 1;
        Path file = file(today, number);
        while (Files.exists(file) && Files.size(file) >= MAX_FILE) {
            file = file(today, ++number);
        }
        BufferedWriter next = Files.newBufferedWriter(
                file, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        size = Files.size(file);
        writer = next;
        return next;
    }

    private Path file(LocalDate date, int number) {
        return folder.resolve("MSGTRK" + DAY.format(date) + "-" + number + ".jsonl");
    }

    /** Hands everything to the operating system. */
    public synchronized void flush() throws IOException {
        if (writer != null) {
            writer.flush();
        }
    }

    @Override
    public synchronized void close() throws IOException {
        if (writer != null) {
            writer.close();
            writer = null;
        }
    }
}
