package org.bridgehead.engine;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.bridgehead.core.hub.SpoolRecord;
import org.bridgehead.core.mail.BodyType;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.mail.MessageId;
import org.bridgehead.core.smtp.TraceHeaders;
import org.bridgehead.core.topology.JournalRule;

/**
 * Writes a journal report as octets: sender, subject, Message-ID and recipients of a message line by line as archives
 * read them, and the message itself as an attachment, streamed and unchanged. Stateless, safe for any thread.
 */
final class JournalRenderer {
    private JournalRenderer() {}

    /**
     * What a report says.
     *
     * @param rule that wants it
     * @param id of the report
     * @param domain of its author
     * @param about the message as its recipients get it
     * @param now when
     */
    record Report(JournalRule rule, MessageId id, String domain, SpoolRecord.Accepted about, Instant now) {}

    /** The octets of a report; the caller closes the stream. */
    static InputStream render(Report report, TreatmentRenderer.Source message) throws IOException {
        String boundary = report.id().text().replaceAll("[^A-Za-z0-9-]", "");
        boolean utf8 = report.about().facts().header().utf8Header();
        String encoding = report.about().envelope().body() == BodyType.BINARY_MIME ? "binary" : "8bit";
        String head = header(report, boundary, encoding)
                + "--" + boundary + "\r\nContent-Type: text/plain; charset=utf-8\r\n"
                + "Content-Transfer-Encoding: 8bit\r\n\r\n" + words(report)
                + "\r\n--" + boundary + "\r\nContent-Type: message/" + (utf8 ? "global" : "rfc822")
                + "\r\nContent-Transfer-Encoding: " + encoding + "\r\nContent-Disposition: attachment\r\n\r\n";
        return new SequenceInputStream(
                Collections.enumeration(List.of(octets(head), message.open(), octets("\r\n--" + boundary + "--\r\n"))));
    }

    private static String header(Report report, String boundary, String encoding) {
        return "Date: " + TraceHeaders.date(report.now()) + "\r\n"
                + "From: Journal <postmaster@" + report.domain() + ">\r\n"
                + "To: <" + report.rule().to() + ">\r\n"
                + "Message-ID: " + report.id() + "\r\n"
                + "Subject: Journal report\r\n"
                + "Auto-Submitted: auto-generated\r\n"
                + "X-MS-Journal-Report:\r\n"
                + "MIME-Version: 1.0\r\n"
                + "Content-Type: multipart/mixed; boundary=\"" + boundary + "\"\r\n"
                + "Content-Transfer-Encoding: " + encoding + "\r\n\r\n";
    }

    private static String words(Report report) {
        SpoolRecord.Accepted about = report.about();
        StringBuilder out = new StringBuilder();
        line(
                out,
                "Sender",
                about.envelope().sender().map(EmailAddress::toString).orElse("<>"));
        line(out, "Subject", about.facts().header().subject());
        line(out, "Message-Id", about.facts().header().messageId().toString());
        about.envelope()
                .recipients()
                .forEach(recipient -> line(out, "Recipient", recipient.address().toString()));
        return out.toString();
    }

    /** One printable line: nothing that a sender wrote adds another one. */
    private static void line(StringBuilder out, String name, String text) {
        out.append(name).append(": ").append(ReportRenderer.clean(text)).append("\r\n");
    }

    private static InputStream octets(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
}
