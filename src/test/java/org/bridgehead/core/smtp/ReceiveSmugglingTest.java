package org.bridgehead.core.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bridgehead.core.smtp.ReceiveDriver.CONFIG;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a message ends must not be open to interpretation: nothing but CR LF . CR LF ends it. */
class ReceiveSmugglingTest {
    private static final String ENVELOPE = "MAIL FROM:<a@x.test>\r\nRCPT TO:<b@y.test>\r\n";
    private static final String SMUGGLED = "MAIL FROM:<evil@x.test>\r\nRCPT TO:<b@y.test>\r\nDATA\r\nevil\r\n.\r\n";

    /** Things that other servers have taken for the end of a message. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\\n.\\n|Bare LF",
                "\\n.\\r\\n|Bare LF",
                "\\r.\\r|Bare CR",
                "\\r.\\r\\n|Bare CR",
                "\\r\\n.\\n|Bare LF",
                "\\r\\n.\\r|Bare CR",
                "\\r\\n.\\r\\0\\n|Bare CR",
                "\\r\\0\\n.\\r\\n|Bare CR",
                "\\r\\n\\0.\\r\\n|NUL",
                "\\r\\n.\\0\\r\\n|NUL",
                "\\n\\n.\\r\\n|Bare LF",
                "\\r\\r\\n.\\n|Bare CR",
                "\\r\\n.\\n\\r\\n|Bare LF",
                "\\n\\r.\\r\\n|Bare LF",
                "\\r\\n.\\r\\r\\n|Bare CR"
            })
    void noOtherEnd(String end, String found) {
        String octets = end.replace("\\r", "\r").replace("\\n", "\n").replace("\\0", "\0");
        for (int cut = 0; cut <= octets.length(); cut++) {
            ReceiveDriver driver = ReceiveDriver.greeted(CONFIG);
            driver.send(ENVELOPE + "DATA\r\nSubject: x\r\n\r\nfirst" + octets.substring(0, cut));
            String reply = driver.send(octets.substring(cut) + SMUGGLED);
            assertThat(reply).startsWith("550 5.6.11 " + found + " in line ").endsWith(" of the message\r\n");
            assertThat(driver.accepted).isEmpty();
            assertThat(driver.events).containsExactly("begin", "abort");
            assertThat(driver.send("NOOP\r\n")).isEqualTo("250 2.0.0 OK\r\n");
        }
    }

    @Test
    void twoCarriageReturnsAreARefusedMessageThatEnds() {
        ReceiveDriver driver = ReceiveDriver.greeted(CONFIG);
        assertThat(driver.send(ENVELOPE + "DATA\r\nx\r\r\n.\r\nNOOP\r\n"))
                .endsWith("550 5.6.11 Bare CR in line 1 of the message\r\n250 2.0.0 OK\r\n");
        assertThat(driver.accepted).isEmpty();
    }

    @Test
    void theDotMayStandFirst() {
        ReceiveDriver driver = ReceiveDriver.greeted(CONFIG);
        driver.send(ENVELOPE + "DATA\r\n");
        assertThat(driver.send(".\r\n")).isEqualTo("250 2.0.0 Queued\r\n");
        assertThat(driver.only().facts().state().size()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"x\ny", "\ny", "x\r", "x\ry", "a\0b"})
    void chunksAreHeldToTheSameRule(String content) {
        ReceiveDriver driver = ReceiveDriver.greeted(CONFIG);
        String reply = driver.send(ENVELOPE + "BDAT " + content.length() + " LAST\r\n" + content + "NOOP\r\n");
        assertThat(reply).contains("\r\n550 5.6.11 ").endsWith(" of the message\r\n250 2.0.0 OK\r\n");
        assertThat(driver.accepted).isEmpty();
    }

    @Test
    void aRefusedChunkRefusesThoseThatFollow() {
        ReceiveDriver driver = ReceiveDriver.greeted(CONFIG);
        String reply = driver.send(ENVELOPE + "BDAT 2\r\na\nBDAT 6 LAST\r\nRSET\r\nNOOP\r\n");
        assertThat(reply)
                .endsWith("550 5.6.11 Bare LF in line 1 of the message\r\n"
                        + "503 5.5.1 Need MAIL and RCPT first\r\n250 2.0.0 OK\r\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"NOOP\n", "NOOP\r", "NO\0OP\r\n", "\nNOOP\r\n", "NOOP\rNOOP\r\n", "NOOP \nMAIL FROM:<>\r\n"})
    void aCommandThatCannotBeTrustedEndsTheConnection(String command) {
        ReceiveDriver driver = ReceiveDriver.greeted(CONFIG);
        driver.send(command);
        driver.send("X");
        assertThat(driver.said)
                .hasToString("500 5.5.2 Bare CR, bare LF or NUL in a command, or a line without end\r\n");
        assertThat(driver.events).containsExactly("close");
    }

    @ParameterizedTest
    @ValueSource(strings = {"BDAT", "BDAT x", "BDAT -1", "BDAT 1 FIRST", "BDAT 9999999999999999999", "BDAT 1 LAST 1"})
    void aChunkOfUnknownLengthEndsTheConnection(String command) {
        ReceiveDriver driver = ReceiveDriver.greeted(CONFIG);
        assertThat(driver.send(ENVELOPE + command + "\r\n" + SMUGGLED))
                .endsWith("501 5.5.4 BDAT takes a size and LAST\r\n");
        assertThat(driver.events).containsExactly("close");
    }

    @Test
    void aChunkThatNobodySendsInGoodFaithEndsTheConnection() {
        ReceiveDriver driver = ReceiveDriver.greeted(CONFIG);
        assertThat(driver.send(ENVELOPE + "BDAT 999999999999999999\r\nx")).contains("\r\n552 5.3.4");
        assertThat(driver.events).containsExactly("close");
    }

    @Test
    void longLinesPassUpToTheLimit() {
        ReceiveDriver driver = ReceiveDriver.greeted(CONFIG);
        assertThat(driver.send(ENVELOPE + "DATA\r\n" + "x".repeat((1 << 20) - 2) + "\r\n.\r\n"))
                .endsWith("250 2.0.0 Queued\r\n");
        assertThat(driver.send(ENVELOPE + "DATA\r\n\r\n" + "x".repeat((1 << 20) - 1) + "\r\n.\r\n"))
                .endsWith("552 5.6.0 Line 2 is longer than 1048576 octets\r\n");
    }
}
