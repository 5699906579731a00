package org.bridgehead.io.tracking;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
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

    private static final int BUFFER = 64 << 10;

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
    private final ByteArrayOutputStream line = new ByteArrayOutputStream(1024);
    private final JsonGenerator json;
    private @Nullable OutputStream file;
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
        this.json = TrackingJson.generator(line);
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
        OutputStream out = file;
        if (out == null || !today.equals(day) || size >= limits.file()) {
            out = roll(today);
        }
        line.reset();
        TrackingJson.write(json, event);
        json.flush();
        line.write('\n');
        line.writeTo(out);
        size += line.size();
    }

    private OutputStream roll(LocalDate today) throws IOException {
        close();
        day = today;
        int number = clean(today);
        Path path = path(today, number);
        if (Files.exists(path) && Files.size(path) >= limits.file()) {
            path = path(today, number + 1);
        }
        OutputStream next = new BufferedOutputStream(
                Files.newOutputStream(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND), BUFFER);
        size = Files.size(path);
        file = next;
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

    private Path path(LocalDate date, int number) {
        return folder.resolve("MSGTRK" + DAY.format(date) + "-" + number + ".jsonl");
    }

    /** Hands everything to the operating system. */
    public synchronized void flush() throws IOException {
        if (file != null) {
            file.flush();
        }
    }

    @Override
    public synchronized void close() throws IOException {
        if (file != null) {
            file.close();
            file = null;
        }
    }
}
