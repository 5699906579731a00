package org.bridgehead.io.mailstore;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.bridgehead.core.mail.Envelope;
import org.bridgehead.core.smtp.EnvelopeText;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An Outbox as one file for each letter, {@code 0000000001.mail}: a line that tells when it was sent and a check sum, the
 * envelope as SMTP tells it, an empty line, and the octets as they were handed in. A file is written beside its place,
 * synced, and moved there, so that no half of one is ever seen; one that was damaged afterwards is renamed to
 * {@code .damaged}.
 */
final class OutboxFolder implements OutboxStore {
    private static final Logger LOG = LoggerFactory.getLogger(OutboxFolder.class);
    private static final Pattern NAME = Pattern.compile("(\\d{10,18})\\.mail");
    private static final Pattern FIRST = Pattern.compile("Outbox 1 (\\S+) ([0-9a-f]{8})");
    private static final byte[] END_OF_HEAD = {'\n', '\n'};

    private final Path folder;

    OutboxFolder(Path folder) {
        this.folder = folder;
    }

    @Override
    public void keep(Kept letter) throws IOException {
        Files.createDirectories(folder);
        Path file = file(letter.number());
        Path fresh = folder.resolve(file.getFileName() + ".new");
        try (FileChannel out = FileChannel.open(
                fresh, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer octets = ByteBuffer.wrap(written(letter));
            while (octets.hasRemaining()) {
                out.write(octets);
            }
            out.force(true);
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        FileLogStorage.syncFolder(folder);
    }

    private static byte[] written(Kept letter) {
        byte[] rest = joined(
                (String.join("\n", EnvelopeText.lines(letter.envelope())) + "\n\n").getBytes(StandardCharsets.UTF_8),
                letter.octets());
        CRC32 sum = new CRC32();
        sum.update(rest);
        String first = String.format(Locale.ROOT, "Outbox 1 %s %08x%n", letter.since(), sum.getValue());
        return joined(first.replace(System.lineSeparator(), "\n").getBytes(StandardCharsets.UTF_8), rest);
    }

    private static byte[] joined(byte[] one, byte[] other) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(one.length + other.length);
        out.writeBytes(one);
        out.writeBytes(other);
        return out.toByteArray();
    }

    @Override
    public byte[] octets(long number) throws IOException {
        return read(file(number), number)
                .orElseThrow(() -> new IOException(file(number) + " is damaged"))
                .octets();
    }

    @Override
    public void remove(long number) throws IOException {
        Files.deleteIfExists(file(number));
    }

    @Override
    public List<Kept> recover() throws IOException {
        List<Kept> found = new ArrayList<>();
        if (!Files.isDirectory(folder)) {
            return found;
        }
        List<Path> files;
        try (Stream<Path> all = Files.list(folder)) {
            files = all.sorted().toList();
        }
        for (Path file : files) {
            Matcher name = NAME.matcher(file.getFileName().toString());
            if (!name.matches()) {
                continue;
            }
            Optional<Kept> letter = read(file, Long.parseLong(name.group(1)));
            if (letter.isPresent()) {
                found.add(letter.get());
            } else {
                setAside(file);
            }
        }
        return found;
    }

    private static void setAside(Path file) throws IOException {
        Path damaged = file.resolveSibling(file.getFileName() + ".damaged");
        LOG.error("{} is damaged, it is not sent; kept as {}", file, damaged.getFileName());
        Files.move(file, damaged, StandardCopyOption.REPLACE_EXISTING);
    }

    private Path file(long number) {
        return folder.resolve(String.format(Locale.ROOT, "%010d.mail", number));
    }

    private static Optional<Kept> read(Path file, long number) throws IOException {
        byte[] all = Files.readAllBytes(file);
        int line = 0;
        while (line < all.length && all[line] != '\n') {
            line++;
        }
        Matcher first = FIRST.matcher(new String(all, 0, line, StandardCharsets.UTF_8));
        int head = endOfHead(all, line);
        CRC32 sum = new CRC32();
        sum.update(all, Math.min(all.length, line + 1), Math.max(0, all.length - line - 1));
        if (head < 0 || !first.matches() || Long.parseLong(first.group(2), 16) != sum.getValue()) {
            return Optional.empty();
        }
        String lines = new String(all, line + 1, head - line - 1, StandardCharsets.UTF_8);
        Optional<Envelope> envelope = EnvelopeText.parse(List.of(lines.split("\n")));
        return envelope.flatMap(its -> instant(first.group(1))
                .map(since ->
                        new Kept(number, since, its, Arrays.copyOfRange(all, head + END_OF_HEAD.length, all.length))));
    }

    private static int endOfHead(byte[] all, int from) {
        for (int at = from; at + 1 < all.length; at++) {
            if (all[at] == END_OF_HEAD[0] && all[at + 1] == END_OF_HEAD[1]) {
                return at;
            }
        }
        return -1;
    }

    private static Optional<Instant> instant(String text) {
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
