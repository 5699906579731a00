package org.bridgehead.engine;

import jakarta.mail.Header;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetHeaders;
import jakarta.mail.internet.MimeUtility;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.bridgehead.core.hub.TreatmentOrder;
import org.bridgehead.core.mail.BodyType;
import org.bridgehead.core.mail.HeaderField;
import org.bridgehead.core.mail.Lists;
import org.bridgehead.core.topology.TransportRule;

/**
 * Writes a message as transport rules change it. No octet of it is lost: fields are put in front of the header, and for
 * a disclaimer the fields that describe the content move into the first part of a {@code multipart/mixed}, with the
 * body behind them as it was. Streams; keeps only the header in memory. Stateless, safe for any thread.
 */
final class TreatmentRenderer {
    /** Lines that need no encoding are at most this long (RFC 5322 section 2.1.1). */
    private static final int LONGEST_LINE = 78;

    private TreatmentRenderer() {}

    /** A message that can be read more than once. */
    interface Source {
        InputStream open() throws IOException;
    }

    /** The octets of {@code original} under the rules of an order; the caller closes the stream. */
    static InputStream changed(TreatmentOrder order, String boundary, Source original) throws IOException {
        String fields = order.rules().stream()
                .map(TransportRule::action)
                .filter(TransportRule.SetHeader.class::isInstance)
                .flatMap(action -> ((TransportRule.SetHeader) action).fields().stream())
                .map(TreatmentRenderer::line)
                .collect(Collectors.joining());
        List<String> texts = Lists.map(
                Lists.only(TransportRule.Disclaimer.class, Lists.map(order.rules(), TransportRule::action)),
                TransportRule.Disclaimer::text);
        InputStream in = new BufferedInputStream(original.open());
        return texts.isEmpty()
                ? joined(octets(fields, StandardCharsets.US_ASCII), in)
                : wrapped(fields, order.envelope().body(), boundary, texts, in);
    }

    private static String line(HeaderField field) {
        try {
            String value = MimeUtility.encodeText(field.value(), StandardCharsets.UTF_8.name(), null);
            return field.name() + ": " + MimeUtility.fold(field.name().length() + 2, value) + "\r\n";
        } catch (IOException e) {
            throw new IllegalStateException("every Java platform has UTF-8", e);
        }
    }

    private static InputStream wrapped(
            String fields, BodyType body, String boundary, List<String> texts, InputStream in) throws IOException {
        StringBuilder outer = new StringBuilder(fields);
        StringBuilder inner = new StringBuilder();
        boolean mime = false;
        InternetHeaders header = header(in);
        for (Header one : Collections.list(header.getAllHeaders())) {
            mime |= one.getName().equalsIgnoreCase("MIME-Version");
        }
        for (String line : Collections.list(header.getAllHeaderLines())) {
            boolean content = line.toLowerCase(Locale.ROOT).startsWith("content-");
            (content ? inner : outer).append(line).append("\r\n");
        }
        outer.append(mime ? "" : "MIME-Version: 1.0\r\n")
                .append("Content-Type: multipart/mixed; boundary=\"")
                .append(boundary)
                .append("\"\r\nContent-Transfer-Encoding: ")
                .append(encoding(body))
                .append("\r\n\r\n--")
                .append(boundary)
                .append("\r\n")
                .append(inner)
                .append("\r\n");
        List<InputStream> parts = new ArrayList<>();
        // A header is read as octets of Latin-1, whatever they mean, and written as it was read.
        parts.add(octets(outer.toString(), StandardCharsets.ISO_8859_1));
        parts.add(in);
        for (String text : texts) {
            parts.add(octets("\r\n--" + boundary + "\r\n", StandardCharsets.US_ASCII));
            parts.add(part(text.replaceAll("\r?\n", "\r\n") + "\r\n"));
        }
        parts.add(octets("\r\n--" + boundary + "--\r\n", StandardCharsets.US_ASCII));
        return new SequenceInputStream(Collections.enumeration(parts));
    }

    private static InternetHeaders header(InputStream in) throws IOException {
        try {
            return new InternetHeaders(in);
        } catch (MessagingException e) {
            throw new IOException("the header cannot be read: " + e.getMessage(), e);
        }
    }

    private static String encoding(BodyType body) {
        return switch (body) {
            case SEVEN_BIT -> "7bit";
            case EIGHT_BIT_MIME -> "8bit";
            case BINARY_MIME -> "binary";
        };
    }

    private static InputStream part(String text) throws IOException {
        boolean plain =
                text.chars().allMatch(c -> c < 0x7F) && text.lines().allMatch(line -> line.length() <= LONGEST_LINE);
        String head = "Content-Type: text/plain; charset=" + (plain ? "us-ascii" : "utf-8")
                + "\r\nContent-Transfer-Encoding: " + (plain ? "7bit" : "quoted-printable")
                + "\r\nContent-Disposition: inline\r\n\r\n";
        byte[] octets = text.getBytes(StandardCharsets.UTF_8);
        return joined(
                octets(head, StandardCharsets.US_ASCII),
                new ByteArrayInputStream(plain ? octets : quotedPrintable(octets)));
    }

    private static byte[] quotedPrintable(byte[] octets) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (OutputStream encoder = MimeUtility.encode(out, "quoted-printable")) {
            encoder.write(octets);
        } catch (MessagingException e) {
            throw new IllegalStateException("quoted-printable is known", e);
        }
        return out.toByteArray();
    }

    private static InputStream joined(InputStream first, InputStream second) {
        return new SequenceInputStream(first, second);
    }

    private static InputStream octets(String text, Charset charset) {
        return new ByteArrayInputStream(text.getBytes(charset));
    }
}
