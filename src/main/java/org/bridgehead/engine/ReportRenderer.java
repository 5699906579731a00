package org.bridgehead.engine;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.bridgehead.core.mail.DeliveryReport;
import org.bridgehead.core.mail.DeliveryReport.Action;
import org.bridgehead.core.mail.DeliveryReport.PerRecipient;
import org.bridgehead.core.mail.DsnReturn;
import org.bridgehead.core.mail.MessageId;
import org.bridgehead.core.mail.Recipient;
import org.bridgehead.core.mail.TransportId;
import org.bridgehead.core.mail.Xtext;
import org.bridgehead.io.net.BodySource;

/**
 * Writes a delivery status notification as octets: a {@code multipart/report} of RFC 6522 with a text for people, the
 * {@code message/delivery-status} of RFC 3464 (its UTF-8 form of RFC 6533 where an address needs it), and the original
 * message or its header, streamed and unchanged.
 */
final class ReportRenderer {
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern(
                    "EEE, d MMM yyyy HH:mm:ss '+0000'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    /** Header octets read at most when only the header is returned. */
    private static final int MAX_HEADER = 256 << 10;

    private final String domain;

    /**
     * A renderer.
     *
     * @param domain of the reports' own addresses
     */
    ReportRenderer(String domain) {
        this.domain = domain;
    }

    /** The domain of the reports' own addresses. */
    String domain() {
        return domain;
    }

    /** The Message-ID of the report about to be written. */
    MessageId messageId(DeliveryReport report, TransportId id) {
        return new MessageId("<" + id + "@" + report.reportingMta().toLowerCase(Locale.ROOT) + "." + domain + ">");
    }

    /** The octets of the report; the caller closes the stream. */
    InputStream render(DeliveryReport report, TransportId id, Instant now, BodySource original, long maxAttached)
            throws IOException {
        String boundary = "report-" + id;
        boolean utf8 = needsUtf8(report);
        boolean full = report.returns() == DsnReturn.FULL && hasFailure(report) && original.size() <= maxAttached;
        String head = header(report, id, now, boundary, utf8)
                + "--" + boundary + "\r\nContent-Type: text/plain; charset=" + (utf8 ? "utf-8" : "us-ascii")
                + "\r\n" + (utf8 ? "Content-Transfer-Encoding: 8bit\r\n" : "") + "\r\n" + words(report)
                + "\r\n--" + boundary + "\r\nContent-Type: message/" + (utf8 ? "global-" : "") + "delivery-status\r\n"
                + (utf8 ? "Content-Transfer-Encoding: 8bit\r\n" : "") + "\r\n" + status(report)
                + "--" + boundary + "\r\nContent-Type: " + (full ? "message/rfc822" : "text/rfc822-headers")
                + "\r\nContent-Transfer-Encoding: 8bit\r\n\r\n";
        InputStream quoted = full ? original.open() : new ByteArrayInputStream(headerOf(original));
        return new SequenceInputStream(
                Collections.enumeration(List.of(octets(head), quoted, octets("\r\n--" + boundary + "--\r\n"))));
    }

    /** Where nothing has failed, the header is enough to tell which message it was (RFC 3461 section 4.3). */
    private static boolean hasFailure(DeliveryReport report) {
        return report.recipients().stream().anyMatch(line -> line.action() == Action.FAILED);
    }

    private static InputStream octets(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private String header(DeliveryReport report, TransportId id, Instant now, String boundary, boolean utf8) {
        boolean mixed = report.recipients().stream()
                        .map(PerRecipient::action)
                        .distinct()
                        .count()
                > 1;
        String subject =
                mixed ? "Delivery report" : subject(report.recipients().get(0).action());
        return "Date: " + DATE.format(now) + "\r\n"
                + "From: Mail Delivery <postmaster@" + domain + ">\r\n"
                + "To: <" + report.to() + ">\r\n"
                + "Message-ID: " + messageId(report, id) + "\r\n"
                + (report.original().text().isEmpty()
                        ? ""
                        : "In-Reply-To: " + report.original() + "\r\nReferences: " + report.original() + "\r\n")
                + "Subject: " + subject + "\r\n"
                + "Auto-Submitted: auto-replied\r\n"
                + "MIME-Version: 1.0\r\n"
                + "Content-Type: multipart/report; report-type="
                + (utf8 ? "global-delivery-status" : "delivery-status") + ";\r\n boundary=\"" + boundary + "\"\r\n\r\n";
    }

    private static String subject(Action action) {
        return switch (action) {
            case FAILED -> "Undeliverable mail";
            case DELAYED -> "Delayed mail (still being tried)";
            case DELIVERED -> "Delivered mail";
            case RELAYED -> "Relayed mail";
            case EXPANDED -> "Expanded mail";
        };
    }

    private static String words(DeliveryReport report) {
        StringBuilder out = new StringBuilder();
        out.append("This is the mail system of ").append(report.reportingMta()).append(".\r\n\r\n");
        for (PerRecipient line : report.recipients()) {
            out.append(sentence(line))
                    .append("\r\n    ")
                    .append(clean(line.diagnostic()))
                    .append("\r\n\r\n");
        }
        return out.toString();
    }

    private static String sentence(PerRecipient line) {
        String whom = "<" + line.recipient().address() + ">";
        return switch (line.action()) {
            case FAILED -> "Your message could not be delivered to " + whom + ":";
            case DELAYED -> "Your message to " + whom + " is delayed. You need not send it again:";
            case DELIVERED -> "Your message was delivered to " + whom + ":";
            case RELAYED -> "Your message to " + whom + " was handed to a system that sends no reports:";
            case EXPANDED -> "Your message was sent on to the members of " + whom + ":";
        };
    }

    private static String status(DeliveryReport report) {
        StringBuilder out = new StringBuilder();
        report.envid()
                .ifPresent(envid -> out.append("Original-Envelope-Id: ")
                        .append(clean(envid))
                        .append("\r\n"));
        out.append("Reporting-MTA: dns;").append(report.reportingMta()).append("\r\n");
        out.append("Arrival-Date: ").append(DATE.format(report.arrival())).append("\r\n\r\n");
        for (PerRecipient line : report.recipients()) {
            originalRecipient(line.recipient())
                    .ifPresent(orcpt ->
                            out.append("Original-Recipient: ").append(orcpt).append("\r\n"));
            out.append("Final-Recipient: ")
                    .append(type(line.recipient()))
                    .append(line.recipient().address());
            out.append("\r\nAction: ").append(line.action().name().toLowerCase(Locale.ROOT));
            out.append("\r\nStatus: ").append(line.status()).append("\r\n");
            line.remoteMta()
                    .ifPresent(mta ->
                            out.append("Remote-MTA: dns;").append(clean(mta)).append("\r\n"));
            out.append("Diagnostic-Code: smtp;")
                    .append(clean(line.diagnostic()))
                    .append("\r\n");
            line.willRetryUntil()
                    .ifPresent(until -> out.append("Will-Retry-Until: ")
                            .append(DATE.format(until))
                            .append("\r\n"));
            out.append("\r\n");
        }
        return out.toString();
    }

    private static Optional<String> originalRecipient(Recipient recipient) {
        return recipient.orcpt().map(orcpt -> {
            int type = orcpt.indexOf(';');
            return type < 0
                    ? orcpt
                    : orcpt.substring(0, type + 1)
                            + clean(Xtext.decode(orcpt.substring(type + 1)).orElse(orcpt.substring(type + 1)));
        });
    }

    private static String type(Recipient recipient) {
        return recipient.address().needsSmtpUtf8() ? "utf-8;" : "rfc822;";
    }

    private static boolean needsUtf8(DeliveryReport report) {
        return report.to().needsSmtpUtf8()
                || report.recipients().stream()
                        .anyMatch(line -> line.recipient().address().needsSmtpUtf8());
    }

    /** One printable line: nothing a peer or a sender said may add header fields here. */
    static String clean(String text) {
        StringBuilder out = new StringBuilder(text.length());
        text.codePoints().limit(500).forEach(c -> out.appendCodePoint(Character.isISOControl(c) ? ' ' : c));
        return out.toString();
    }

    private static byte[] headerOf(BodySource original) throws IOException {
        try (InputStream in = original.open()) {
            byte[] start = in.readNBytes(MAX_HEADER);
            String text = new String(start, StandardCharsets.ISO_8859_1);
            int end = text.startsWith("\r\n") ? 0 : text.indexOf("\r\n\r\n");
            return text.substring(0, end < 0 ? text.length() : end + 2).getBytes(StandardCharsets.ISO_8859_1);
        }
    }
}
