package org.bridgehead.core.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.bridgehead.core.mail.HeaderFacts;
import org.bridgehead.core.mail.MessageId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeaderScannerTest {
    private static final MessageId OURS = new MessageId("<ours@x>");

    @Test
    void readsWhatTheTransportNeeds() {
        HeaderFacts facts = facts("Received: one\r\n"
                + " by two\r\n"
                + "RECEIVED : two\r\n"
                + "X: y\r\n"
                + "subject:  Hello\r\n"
                + "\t W\u00C3\u00B6rld \r\n"
                + "Message-Id:\r\n"
                + " <a@b> (comment)\r\n"
                + "Auto-Submitted: Auto-Replied; x=y\r\n"
                + "Subject: other\r\n\r\n"
                + "Received: body\r\n");
        assertThat(facts)
                .isEqualTo(new HeaderFacts(
                        new MessageId("<a@b>"), "Hello\t Wörld", 2, true, true, java.util.Optional.of("auto-replied")));
    }

    @Test
    void latin1IsReadAsWell() {
        assertThat(facts("Subject: K\u00F6ln\r\n\r\n").subject()).isEqualTo("Köln");
        assertThat(facts("Subject: " + "x".repeat(300) + "\r\n").subject()).hasSize(255);
    }

    /** Message, whether a separator is needed, whether it has a Message-ID, how many octets are header. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '$',
            value = {
                "$$|false|false|0",
                "\\r\\n|false|false|2",
                "\\r\\nbody|false|false|2",
                "Hello world\\r\\n|true|false|13",
                "Hello\\r\\n\\r\\nSubject: x\\r\\n\\r\\n|true|false|9",
                "Subject: x\\r\\n|false|false|12",
                "Subject: x|false|false|10",
                "Subject: x\\r\\n\\r\\nHello|false|false|14",
                "Message-ID: <1@x>\\r\\n\\r\\n|false|true|21",
                "Message-ID:\\r\\n\\r\\n|false|true|15",
                "From me@x Thu Jan 1\\r\\nMessage-ID: <1@x>\\r\\n\\r\\nx|false|true|42",
                "broken line\\r\\nMessage-ID: <1@x>\\r\\n\\r\\n|false|true|34",
                "$ Message-ID: <1@x>\\r\\nSubject: x\\r\\n\\r\\n$|true|false|20",
                "\\tfolded\\r\\n|true|false|9",
                ": x\\r\\n\\r\\n|true|false|7",
                "\u00E4: x\\r\\n\\r\\n|true|false|8"
            })
    void whereTheHeaderEnds(String message, boolean separator, boolean hasId, int length) {
        HeaderScanner scanner =
                scan(message.replace("\\r", "\r").replace("\\n", "\n").replace("\\t", "\t"));
        assertThat(scanner.needsSeparator()).isEqualTo(separator);
        assertThat(scanner.hasMessageId()).isEqualTo(hasId);
        assertThat(scanner.length()).isEqualTo(length);
        assertThat(scanner.tooLong()).isFalse();
    }

    @Test
    void textWithoutHeaderIsNoHeaderTooLong() {
        assertThat(scan("word ".repeat(500)).tooLong()).isFalse();
        assertThat(scan("some words\r\n".repeat(500)).needsSeparator()).isTrue();
        assertThat(scan("X: y\r\n".repeat(500)).tooLong()).isTrue();
        assertThat(scan("X: " + "y".repeat(2_000)).tooLong()).isTrue();
    }

    @Test
    void anEmptyIdIsReplacedInFactsOnly() {
        assertThat(facts("Message-ID: \r\n\r\n").messageId()).isEqualTo(OURS);
        assertThat(facts("Message-ID: bare\r\n\r\n").messageId()).hasToString("bare");
        assertThat(facts("Auto-Submitted: no\r\n\r\n").autoSubmitted()).isEmpty();
    }

    private static HeaderFacts facts(String message) {
        return scan(message).facts(() -> OURS, message.chars().anyMatch(c -> c > 127));
    }

    private static HeaderScanner scan(String message) {
        byte[] octets = message.getBytes(StandardCharsets.ISO_8859_1);
        HeaderScanner scanner = new HeaderScanner(1_000);
        for (int i = 0; i < octets.length && !scanner.complete() && !scanner.tooLong(); i += 7) {
            scanner.take(octets, i, Math.min(octets.length, i + 7));
        }
        if (!scanner.tooLong()) {
            scanner.finish();
        }
        return scanner;
    }
}
