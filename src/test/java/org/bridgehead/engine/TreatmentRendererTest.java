package org.bridgehead.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import jakarta.mail.Session;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import org.bridgehead.core.hub.TreatmentOrder;
import org.bridgehead.core.mail.BodyType;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.mail.Envelope;
import org.bridgehead.core.mail.HeaderField;
import org.bridgehead.core.mail.InternalId;
import org.bridgehead.core.mail.Recipient;
import org.bridgehead.core.topology.TransportRule;
import org.bridgehead.core.topology.TransportRule.Conditions;
import org.junit.jupiter.api.Test;

/** What rules make of a message: nothing of it is lost, and mail programs read it. */
class TreatmentRendererTest {
    private static final String TEXT = "Office, North Street 1.\nGrüße!";
    private static final HeaderField FIELD = new HeaderField("X-Class", "für intern");

    private static TreatmentOrder order(BodyType body, TransportRule.Change... changes) {
        List<TransportRule> rules = Stream.of(changes)
                .map(change -> new TransportRule("R", Conditions.NONE, Conditions.NONE, change))
                .toList();
        Envelope envelope = new Envelope(
                Optional.empty(),
                List.of(Recipient.of(EmailAddress.of("mia@contoso.test"))),
                body,
                false,
                Optional.empty(),
                Optional.empty());
        return new TreatmentOrder(new InternalId(1), envelope, Optional.empty(), rules, List.of(), "HT1");
    }

    private static byte[] changed(byte[] original, TransportRule.Change... changes) throws Exception {
        BodyType body = hasEightBit(original) ? BodyType.EIGHT_BIT_MIME : BodyType.SEVEN_BIT;
        try (InputStream in =
                TreatmentRenderer.changed(order(body, changes), "edge", () -> new ByteArrayInputStream(original))) {
            return in.readAllBytes();
        }
    }

    private static boolean hasEightBit(byte[] octets) {
        for (byte octet : octets) {
            if (octet < 0) {
                return true;
            }
        }
        return false;
    }

    private static MimeMessage parsed(byte[] octets) throws Exception {
        return new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(octets));
    }

    private static String latin(byte[] octets) {
        return new String(octets, StandardCharsets.ISO_8859_1);
    }

    @Test
    void fieldsComeInFront() throws Exception {
        byte[] mail = "Subject: x\r\n\r\nbody\r\n".getBytes(StandardCharsets.US_ASCII);
        byte[] changed = changed(mail, new TransportRule.SetHeader(List.of(FIELD, new HeaderField("X-B", "2"))));
        assertThat(latin(changed))
                .startsWith("X-Class: =?UTF-8?Q?f=C3=BCr_intern?=\r\nX-B: 2\r\n")
                .endsWith(latin(mail));
        assertThat(parsed(changed).getHeader("X-B")).containsExactly("2");
    }

    @Test
    void plainTextGetsASecondPart() throws Exception {
        byte[] mail = "Subject: x\r\nTo: mia\r\n\r\nAs agreed.\r\n".getBytes(StandardCharsets.US_ASCII);
        MimeMessage message = parsed(changed(mail, new TransportRule.Disclaimer(TEXT)));
        assertThat(message.getSubject()).isEqualTo("x");
        MimeMultipart parts = (MimeMultipart) message.getContent();
        assertThat(parts.getBodyPart(0).getContent()).isEqualTo("As agreed.\r\n");
        assertThat(parts.getBodyPart(1).getContent()).isEqualTo("Office, North Street 1.\r\nGrüße!\r\n");
    }

    @Test
    void ourExamplesAreWrappedWhole() throws Exception {
        wrapAll(Path.of("examples/mail"));
    }

    @Test
    void otherProjectsMailIsWrappedWhole() throws Exception {
        Path foreign = Path.of("../shared/data/mail");
        assumeTrue(Files.isDirectory(foreign), "SKIPPED: no folder " + foreign + " beside the repository");
        wrapAll(foreign);
    }

    private static void wrapAll(Path folder) throws Exception {
        List<Path> files;
        try (Stream<Path> all = Files.walk(folder)) {
            files = all.filter(file -> file.toString().endsWith(".eml"))
                    .sorted()
                    .toList();
        }
        assertThat(files).isNotEmpty();
        for (Path file : files) {
            wrap(file);
        }
    }

    /** As a hub has it: a Received line in front, and an empty line behind that where the message has no header. */
    private static void wrap(Path file) throws Exception {
        String text = latin(Files.readAllBytes(file)).replaceAll("\r?\n", "\r\n");
        boolean headed = text.matches("(?s)[!-9;-~]+[ \t]*:.*");
        String mail = "Received: by HT1; Thu, 1 Mar 2007 08:00:00 +0000\r\n" + (headed ? "" : "\r\n") + text;
        int end = mail.indexOf("\r\n\r\n");
        String header = end < 0 ? mail : mail.substring(0, end + 2);
        String body = end < 0 ? "" : mail.substring(end + 4);
        String changed = latin(changed(mail.getBytes(StandardCharsets.ISO_8859_1), new TransportRule.Disclaimer(TEXT)));
        assertThat(changed).as("body of %s", file).contains("\r\n\r\n" + body + "\r\n--edge\r\n");
        assertThat(header.lines()).as("header of %s", file).allMatch(changed::contains);
        MimeMultipart parts = (MimeMultipart)
                parsed(changed.getBytes(StandardCharsets.ISO_8859_1)).getContent();
        assertThat(parts.getCount()).as("parts of %s", file).isEqualTo(2);
        MimeBodyPart first = (MimeBodyPart) parts.getBodyPart(0);
        assertThat(latin(first.getRawInputStream().readAllBytes()))
                .as("content of %s", file)
                .isEqualTo(content(mail));
    }

    private static String content(String mail) throws Exception {
        return latin(parsed(mail.getBytes(StandardCharsets.ISO_8859_1))
                .getRawInputStream()
                .readAllBytes());
    }
}
