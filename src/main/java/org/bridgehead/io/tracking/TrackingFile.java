package org.bridgehead.io.tracking;

import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bridgehead.core.hub.TrackingEvent;
import org.jspecify.annotations.Nullable;

/**
 * Appends tracking events to {@code MSGTRKyyyyMMdd-n.jsonl} in one folder: a new file each day (UTC) and whenever one
 * has grown to {@value #MAX_FILE} octets. With each new file the oldest ones go that are older than
 * {@value #MAX_DAYS} days, or beyond {@value #MAX_TOTAL} octets together (BEHAVIOUR 3.4). Safe for any thread.
 */
public final class TrackingFile implements Closeable {
    /** Octets of one file, give or take a line. */
    public static final long MAX_FILE = 10L << 20;

    /** Days that a file is kept. */
    public static final int MAX_DAYS = 30;

    /** Octets of all files together, give or take one. */
    public static final long MAX_TOTAL = 1000L << 20;

    private static final Pattern NAME = Pattern.compile("MSGTRK(\\d{8})-(\\d{1,9})\\.jsonl");

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("yyyyMMdd", Locale.ROOT);

    /**
     * Limits of a log.
     *
     * @param file octets of one file
     * @param total octets of all
     * @param days that a file is kept
     */
    record Limits(long file, long total, int days) {}

    private record Old(Path path, LocalDate day, int number, long size) {}

    private final Path folder;
    private final Limits limits;
    private @Nullable BufferedWriter writer;
    private LocalDate day = LocalDate.MIN;
    private long size;

    /**
     * Writes into {@code folder}, which is made when it is missing.
     *
     * @throws IOException when that is not possible
     */
    public TrackingFile(Path folder) throws IOException {
        this(folder, new Limits(MAX_FILE, MAX_TOTAL, MAX_DAYS));
    }

    TrackingFile(Path folder, Limits limits) throws IOException {
        this.folder = Files.createDirectories(folder);
        this.limits = limits;
    }

    /** Where the files are. */
    public Path folder() {
        return folder;
    }

    /** Whether a file is named as those of a tracking log are. */
    static boolean isLog(Path file) {
        return NAME.matcher(String.valueOf(file.getFileName())).matches();
    }

    /** Appends one event; on the disk when the writer's buffer is full or {@link #flush} is called. */
    public synchronized void append(TrackingEvent event) throws IOException {
        LocalDate today = event.time().atZone(ZoneOffset.UTC).toLocalDate();
        BufferedWriter out = writer;
        if (out == null || !today.equals(day) || size >= limits.file()) {
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
        int number = clean(today);
        Path file = file(today, number);
        if (Files.exists(file) && Files.size(file) >= limits.file()) {
            file = file(today, number + 1);
        }
        BufferedWriter next = Files.newBufferedWriter(
                file, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        size = Files.size(file);
        writer = next;
        return next;
    }

    /** Deletes what is too old or too much; answers the number of today's latest file, which is never used again. */
    private int clean(LocalDate today) throws IOException {
        List<Old> files = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(folder, "MSGTRK*.jsonl")) {
            for (Path path : all) {
                Matcher name = NAME.matcher(path.getFileName().toString());
                if (name.matches()) {
                    LocalDate written = LocalDate.parse(name.group(1), DAY);
                    files.add(new Old(path, written, Integer.parseInt(name.group(2)), Files.size(path)));
                }
            }
        }
        files.sort(Comparator.comparing(Old::day).thenComparing(Old::number));
        long total = files.stream().mapToLong(Old::size).sum();
        for (Old old : files) {
            if (total > limits.total() || old.day().plusDays(limits.days()).isBefore(today)) {
                Files.deleteIfExists(old.path());
                total -= old.size();
            }
        }
        return files.stream()
                .filter(old -> old.day().equals(today))
                .mapToInt(Old::number)
                .max()
                .orElse(1);
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
