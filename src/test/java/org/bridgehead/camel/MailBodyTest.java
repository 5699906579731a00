package org.bridgehead.camel;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Mail as Camel sees it: converters between octets and Jakarta Mail, header fields that may become headers. */
class MailBodyTest {
    private static final byte[] LETTER =
            ("From: <anna@contoso.test>\r\nSubject: one\r\n two\r\n\r\nHello\r\n").getBytes(StandardCharsets.US_ASCII);

    private final DefaultCamelContext context = new DefaultCamelContext();

    @BeforeEach
    void startCamel() {
        context.start();
    }

    @AfterEach
    void stopCamel() {
        context.stop();
    }

    private <T> T convert(Class<T> type, Object value) {
        return context.getTypeConverter().convertTo(type, value);
    }

    private Exchange mapped(String fields) throws Exception {
        Exchange exchange = new DefaultExchange(context);
        exchange.getIn().setHeader(BridgeheadConstants.SUBJECT, "mine");
        MailHeaders.map(
                (fields + "\r\n\r\nHello\r\n").getBytes(StandardCharsets.UTF_8),
                exchange,
                new BridgeheadHeaderFilterStrategy());
        return exchange;
    }

    @Test
    void octetsBecomeAMessageAndTheSameOctetsAgain() throws Exception {
        MimeMessage ofOctets = convert(MimeMessage.class, LETTER);
        MimeMessage ofStream = convert(MimeMessage.class, new ByteArrayInputStream(LETTER));

        assertThat(ofOctets.getSubject()).isEqualTo("one two");
        assertThat(ofStream.getContent()).isEqualTo("Hello\r\n");
        assertThat(convert(byte[].class, ofOctets)).isEqualTo(LETTER);
        assertThat(convert(InputStream.class, ofStream)).hasBinaryContent(LETTER);
    }

    @Test
    void fieldsBecomeHeadersUnfoldedAndRepeatedOnesAList() throws Exception {
        assertThat(mapped("Subject: one\r\n two\r\nX-Tag: a\r\nx-tag: b\r\nX-Grüße: é")
                        .getIn()
                        .getHeaders())
                .containsEntry("Subject", "one two")
                .containsEntry("X-Tag", List.of("a", "b"))
                .containsEntry(BridgeheadConstants.SUBJECT, "mine")
                .doesNotContainKey("X-Grüße");
    }

    @Test
    void namesThatSteerCamelNeverBecomeHeaders() throws Exception {
        String hostile =
                "CamelHttpUri: x\r\ncAMELFileName: ../x\r\norg.apache.Camel.evil: x\r\nCamelBridgeheadTo: x\r\n"
                        + "breadcrumbId: x\r\nCAMELBridgeheadSubject: x\r\n" + "X".repeat(200) + ": x\r\nX-Good: yes";

        assertThat(mapped(hostile).getIn().getHeaders())
                .containsOnlyKeys("X-Good", BridgeheadConstants.SUBJECT)
                .containsEntry(BridgeheadConstants.SUBJECT, "mine");
    }
}
