package org.bridgehead.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.bridgehead.core.mail.BodyType;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.mail.Envelope;
import org.bridgehead.core.mail.Recipient;
import org.bridgehead.core.mail.RecipientOutcome;
import org.bridgehead.core.smtp.Outgoing;
import org.bridgehead.core.smtp.SendConfig.Protocol;
import org.bridgehead.io.net.BodySource;
import org.bridgehead.io.net.SmtpConnection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Real messages, well-formed or not, from an SMTP client into the edge of {@code contoso.yaml} to somebody three sites
 * away: refused at once with a documented 5yz, or there exactly once, octet for octet behind what servers put in front.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class CorpusTest {
    private static final Path FOREIGN = Path.of("../shared/data/mail");
    private static final List<String> WAY = List.of("Berlin", "Munich", "Vienna", "Rome");

    /** What servers put in front and nothing else: whole fields; an empty line where the message has no header of its own. */
    private static final Pattern TRACE = Pattern.compile(
            "Return-Path: .*\\r\\n(?:(?:Received|Message-ID): .*\\r\\n(?:[ \\t].*\\r\\n)*)+(?:\\r\\n)?");

    /** Octets that keep a message out, with the documented reply. */
    private record Reason(String what, int at) {}

    @Test
    void ourExamplesCrossThreeSites() throws Exception {
        cross(Path.of("examples/mail"));
    }

    @Test
    void otherProjectsMailCrossesThreeSites() throws Exception {
        assumeTrue(Files.isDirectory(FOREIGN), "SKIPPED: no folder " + FOREIGN + " beside the repository");
        cross(FOREIGN);
    }

    /** At the limit it comes in, and no server on the way refuses it for the lines that others have added. */
    @Test
    void aMessageAsLargeAsAllowedArrivesAndALargerOneIsRefusedAtOnce() throws Exception {
        try (MailOrganization org = MailOrganizationTest.contoso()) {
            int limit = (int) org.topology().settings().limits().maxMessageSize();
            assertThat(send(org, limit).accepted()).isTrue();
            assertThat(send(org, limit + 1).outcomes().toString()).contains("5.3.4");
            org.clock().runUntilIdle();
            assertThat(org.mailbox("mia@contoso.test").messages()).hasSize(1);
        }
    }

    private static SendResult send(MailOrganization org, int size) {
        byte[] octets = new byte[size];
        for (int i = 0; i < size; i++) {
            octets[i] = (byte) (i % 64 == 62 || i == size - 2 ? '\r' : i % 64 == 63 || i == size - 1 ? '\n' : 'x');
        }
        if (size % 64 == 1) {
            octets[size - 3] = 'x'; // no CR of its own before the last CR LF
        }
        return org.send(
                mail -> mail.from("bob@fabrikam.test").to("mia@contoso.test").octets(octets));
    }

    private static void cross(Path root) throws Exception {
        List<Path> files;
        try (Stream<Path> all = Files.walk(root)) {
            files = all.filter(file -> file.toString().endsWith(".eml"))
                    .sorted()
                    .toList();
        }
        assertThat(files).isNotEmpty();
        long begin = System.nanoTime();
        try (MailOrganization org = MailOrganizationTest.contoso()) {
            Map<String, byte[]> accepted = new TreeMap<>();
            List<String> refused = new ArrayList<>();
            send(org, files, accepted, refused);
            org.clock().runUntilIdle();
            List<ReceivedMail> got = org.mailbox("mia@contoso.test").messages();
            check(got, accepted);
            System.out.printf(
                    "%s: %d messages, %d delivered unchanged over %s, %d refused, %.1f s%n",
                    root, files.size(), got.size(), WAY, refused.size(), (System.nanoTime() - begin) / 1e9);
            refused.forEach(line -> System.out.println("  " + line));
            assertThat(refused.size() * 100).as("under 1 %% refused").isLessThan(Math.max(100, files.size()));
        }
    }

    /** Sends all; what was accepted, by file, and what was refused and why. */
    private static void send(MailOrganization org, List<Path> files, Map<String, byte[]> accepted, List<String> refused)
            throws IOException {
        Optional<SmtpConnection> open = Optional.empty();
        for (Path file : files) {
            byte[] message = withCrLf(Files.readAllBytes(file));
            if (open.isEmpty() || !open.get().usable()) {
                open = Letter.connect(org.server("BER-EDGE1").smtp(), Protocol.SMTP);
            }
            RecipientOutcome outcome = open.orElseThrow()
                    .transmit(outgoing(message), BodySource.of(message))
                    .get(0);
            if (outcome instanceof RecipientOutcome.Delivered) {
                accepted.put(file.toString(), message);
            } else {
                assertThat(outcome).as(file.toString()).isInstanceOf(RecipientOutcome.Bounced.class);
                Optional<Reason> reason = reason(message);
                assertThat(reason).as(file + " refused: " + outcome).isPresent();
                refused.add(file + ": " + reason.get() + ": " + ((RecipientOutcome.Bounced) outcome).reply());
            }
        }
        open.ifPresent(SmtpConnection::close);
    }

    /** As a plain client says it: BODY=8BITMIME where there are such octets, never SMTPUTF8. */
    private static Outgoing outgoing(byte[] message) {
        boolean eightBit = false;
        for (byte octet : message) {
            eightBit |= octet < 0;
        }
        return new Outgoing(
                new Envelope(
                        Optional.of(EmailAddress.of("bob@fabrikam.test")),
                        List.of(Recipient.of(EmailAddress.of("mia@contoso.test"))),
                        eightBit ? BodyType.EIGHT_BIT_MIME : BodyType.SEVEN_BIT,
                        false,
                        Optional.empty(),
                        Optional.empty()),
                Optional.empty(),
                eightBit,
                false);
    }

    /** LF and CR alone become CR LF; the end of the last line is there. */
    private static byte[] withCrLf(byte[] file) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(file.length + 1000);
        for (int i = 0; i < file.length; i++) {
            if (file[i] == '\r' || file[i] == '\n') {
                out.write('\r');
                out.write('\n');
                i += file[i] == '\r' && i + 1 < file.length && file[i + 1] == '\n' ? 1 : 0;
            } else {
                out.write(file[i]);
            }
        }
        byte[] message = out.toByteArray();
        boolean ended = message.length >= 2 && message[message.length - 1] == '\n';
        if (ended) {
            return message;
        }
        byte[] longer = Arrays.copyOf(message, message.length + 2);
        longer[message.length] = '\r';
        longer[message.length + 1] = '\n';
        return longer;
    }

    /** What is documented to keep a message out (DECISIONS 4.2). */
    private static Optional<Reason> reason(byte[] message) {
        int lineBegin = 0;
        boolean header = true;
        for (int i = 0; i < message.length; i++) {
            if (message[i] == 0) {
                return Optional.of(new Reason("NUL", i));
            }
            if (message[i] == '\n') {
                header &= i - lineBegin > 1;
                lineBegin = i + 1;
            }
            if (i - lineBegin > 1 << 20) {
                return Optional.of(new Reason("line of more than 1 MB", i));
            }
            if (header && i > 256 << 10) {
                return Optional.of(new Reason("header of more than 256 KB", i));
            }
        }
        int received = new String(message, StandardCharsets.ISO_8859_1).split("(?im)^Received:", -1).length - 1;
        return received >= 30 ? Optional.of(new Reason("Received fields: " + received, 0)) : Optional.empty();
    }

    /** Each accepted message is there once: the stored octets end with it, and the way is the one that was computed. */
    private static void check(List<ReceivedMail> got, Map<String, byte[]> accepted) {
        assertThat(got).hasSameSizeAs(accepted.values());
        List<byte[]> left =
                new ArrayList<>(got.stream().map(ReceivedMail::octets).toList());
        // The longest first: one of these messages may be the end of another one.
        List<Map.Entry<String, byte[]>> longestFirst = accepted.entrySet().stream()
                .sorted(Comparator.comparing(message -> -message.getValue().length))
                .toList();
        for (Map.Entry<String, byte[]> message : longestFirst) {
            Optional<byte[]> found = left.stream()
                    .filter(stored -> isBehindTrace(stored, message.getValue()))
                    .findFirst();
            assertThat(found).as(message.getKey()).isPresent();
            left.remove(found.get());
        }
        assertThat(left).isEmpty();
    }

    private static boolean isBehindTrace(byte[] stored, byte[] message) {
        int at = stored.length - message.length;
        if (at <= 0 || !Arrays.equals(stored, at, stored.length, message, 0, message.length)) {
            return false;
        }
        String trace = new String(stored, 0, at, StandardCharsets.US_ASCII);
        return TRACE.matcher(trace).matches()
                && ReceivedTrace.sites(trace.getBytes(StandardCharsets.US_ASCII))
                        .equals(WAY);
    }
}
