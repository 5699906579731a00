package org.bridgehead.core.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.bridgehead.core.smtp.ReceiveDriver.CONFIG;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.bridgehead.core.mail.BodyType;
import org.bridgehead.core.mail.DsnCondition;
import org.bridgehead.core.mail.DsnReturn;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.mail.Recipient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a client hears, line by line. Longer than most files: every command has its refusals. */
class ReceiveSessionTest {
    private static final String ENVELOPE = "MAIL FROM:<a@x.test>\r\nRCPT TO:<b@y.test>\r\n";
    private static final String MESSAGE = "Subject: Hi\r\nMessage-ID: <1@x.test>\r\n\r\nHello\r\n";

    @Test
    void greetsAndTellsWhatItOffers() {
        ReceiveDriver driver = new ReceiveDriver(CONFIG);
        assertThat(driver.said).hasToString("220 BER-HT1 ESMTP Bridgehead\r\n");
        assertThat(driver.send("EHLO client.test\r\n"))
                .isEqualTo("250-BER-HT1 Hello [192.0.2.7]\r\n250-PIPELINING\r\n250-SIZE 37748736\r\n250-8BITMIME\r\n"
                        + "250-SMTPUTF8\r\n250-ENHANCEDSTATUSCODES\r\n250-DSN\r\n250 CHUNKING\r\n");
        assertThat(driver.send("helo client.test\r\n")).isEqualTo("250 BER-HT1 Hello [192.0.2.7]\r\n");
    }

    @Test
    void aMessageGoesThroughByteForByte() {
        ReceiveDriver driver = ReceiveDriver.greeted(CONFIG);
        assertThat(driver.send(ENVELOPE + "DATA\r\n"))
                .isEqualTo("250 2.1.0 Sender OK\r\n250 2.1.5 Recipient OK\r\n"
                        + "354 Start mail input; end with <CRLF>.<CRLF>\r\n");
        assertThat(driver.writes).as("one write per batch").isEqualTo(1);
        assertThat(driver.session.inTransaction()).isTrue();
        assertThat(driver.send(MESSAGE + "..dot\r\n.\r\n")).isEqualTo("250 2.0.0 Queued\r\n");
        assertThat(driver.session.inTransaction()).isFalse();
        ReceiveDriver.Accepted mail = driver.only();
        assertThat(mail.text())
                .isEqualTo("Received: from client.test ([192.0.2.7]) by BER-HT1 (Bridgehead; site Berlin)\r\n"
                        + "\twith ESMTP id 1 for <b@y.test>; Sun, 1 Mar 2026 09:05:07 +0000\r\n" + MESSAGE
                        + ".dot\r\n");
        assertThat(mail.facts().source()).isEqualTo("smtp 192.0.2.7");
        assertThat(mail.facts().acceptedAt()).isEqualTo(ReceiveDriver.NOW);
        assertThat(mail.facts().header().messageId()).hasToString("<1@x.test>");
        assertThat(mail.facts().state().size()).isEqualTo(MESSAGE.length() + 6);
        assertThat(driver.send("QUIT\r\n")).isEqualTo("221 2.0.0 BER-HT1 closing connection\r\n");
        assertThat(driver.events).containsExactly("begin", "close");
    }

    @Test
    void theWholeDialogueInOneWrite() {
        ReceiveDriver driver = ReceiveDriver.greeted(CONFIG);
        String batch = ENVELOPE + "BDAT " + MESSAGE.length() + " LAST\r\n" + MESSAGE;
        String replies = driver.send(batch + batch + "NOOP\r\n");
        assertThat(driver.writes).isEqualTo(1);
        assertThat(driver.accepted).hasSize(2);
        assertThat(replies.split("\r\n")).hasSize(7).allMatch(line -> line.startsWith("250 2."));
    }

    @Test
    void parametersOfMailAndRcpt() {
        ReceiveDriver driver = ReceiveDriver.greeted(CONFIG);
        driver.send("mail from:<a@x.test> size=10 BODY=8bitmime SMTPUTF8 RET=HDRS ENVID=QQ+3D1\r\n"
                + "rcpt to:<b@y.test> NOTIFY=success,Failure ORCPT=rfc822;b+40z.test\r\n"
                + "RCPT TO:<c@y.test> NOTIFY=NEVER\r\nDATA\r\n" + MESSAGE + ".\r\n");
        var envelope = driver.only().envelope();
        assertThat(envelope.sender()).contains(EmailAddress.of("a@x.test"));
        assertThat(envelope.body()).isEqualTo(BodyType.EIGHT_BIT_MIME);
        assertThat(envelope.smtpUtf8()).isTrue();
        assertThat(envelope.ret()).contains(DsnReturn.HDRS);
        assertThat(envelope.envid()).contains("QQ+3D1");
        assertThat(envelope.recipients())
                .containsExactly(
                        new Recipient(
                                EmailAddress.of("b@y.test"),
                                Optional.of("rfc822;b+40z.test"),
                                List.of(DsnCondition.SUCCESS, DsnCondition.FAILURE)),
                        new Recipient(EmailAddress.of("c@y.test"), Optional.empty(), List.of(DsnCondition.NEVER)));
        assertThat(driver.only().text()).contains("\twith UTF8SMTP id 1;").doesNotContain(" for ");
    }

    /** One command each, after EHLO; {@code ~} separates commands, the reply to the last one counts. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '$',
            value = {
                "MAIL FROM:<>|250 2.1.0",
                "MAIL FROM:<a@x.test>|250 2.1.0",
                "MAIL FROM: <a@x.test>  |250 2.1.0",
                "MAIL FROM:<\"a>b\"@x.test>|250 2.1.0",
                "MAIL FROM:<@r.test,@s.test:a@x.test>|250 2.1.0",
                "MAIL FROM:<@r.test,s.test:a@x.test>|501 5.1.3",
                "MAIL FROM:<@r.test>|501 5.1.3",
                "MAIL FROM:<a@[127.0.0.1]>|250 2.1.0",
                "MAIL FROM:<a@x.test> SIZE=37748736|250 2.1.0",
                "MAIL FROM:<a@x.test> SIZE=37748737|552 5.3.4",
                "MAIL FROM:<a@x.test> SIZE=99999999999999999999|552 5.3.4",
                "MAIL FROM:<a@x.test> SIZE=x|501 5.5.4",
                "MAIL FROM:<a@x.test> SIZE|501 5.5.4",
                "MAIL FROM:<a@x.test> SIZE=1 SIZE=1|501 5.5.4",
                "MAIL FROM:<a@x.test> BODY=BINARYMIME|501 5.5.4",
                "MAIL FROM:<a@x.test> SMTPUTF8=1|501 5.5.4",
                "MAIL FROM:<a@x.test> RET=ALL|501 5.5.4",
                "MAIL FROM:<a@x.test> ENVID=a+2|501 5.5.4",
                "MAIL FROM:<a@x.test> AUTH=<>|555 5.5.4",
                "MAIL FROM:<a@x.test> XFOO=1|555 5.5.4",
                "MAIL FROM:<a@x.test>SIZE=1|501 5.5.4",
                "MAIL FROM:a@x.test|501 5.5.4",
                "MAIL FROM:<a@x.test|501 5.5.4",
                "MAIL FROM:<a..b@x.test>|501 5.1.7",
                "MAIL FROM:<a@x.test.>|501 5.1.7",
                "MAIL|501 5.5.4",
                "MAIL TO:<a@x.test>|501 5.5.4",
                "MAIL FROM:<spammer@x.test>|554 5.1.0",
                "MAIL FROM:<j\u00C3\u00B6rg@x.test>|553 5.6.7",
                "MAIL FROM:<j\u00C3\u00B6rg@x.test> SMTPUTF8|250 2.1.0",
                "MAIL FROM:<j\u00F6rg@x.test> SMTPUTF8|500 5.5.2",
                "MAIL FROM:<a@x.test>~MAIL FROM:<a@x.test>|503 5.5.1",
                "MAIL FROM:<a@x.test>~EHLO again~RCPT TO:<b@y.test>|503 5.5.1",
                "MAIL FROM:<a@x.test>~RSET~RCPT TO:<b@y.test>|503 5.5.1",
                "MAIL FROM:<>~RCPT TO:<b@y.test>|250 2.1.5",
                "MAIL FROM:<>~RCPT TO:<postMaster>|250 2.1.5",
                "MAIL FROM:<>~RCPT TO:<@r.test:b@y.test> NOTIFY=DELAY|250 2.1.5",
                "MAIL FROM:<>~RCPT TO:<>|501 5.1.3",
                "MAIL FROM:<>~RCPT TO:<b>|501 5.1.3",
                "MAIL FROM:<>~RCPT TO:<b@y.test> NOTIFY=NEVER,DELAY|501 5.5.4",
                "MAIL FROM:<>~RCPT TO:<b@y.test> NOTIFY=DELAY,DELAY|501 5.5.4",
                "MAIL FROM:<>~RCPT TO:<b@y.test> NOTIFY=SOON|501 5.5.4",
                "MAIL FROM:<>~RCPT TO:<b@y.test> ORCPT=b@y.test|501 5.5.4",
                "MAIL FROM:<>~RCPT TO:<b@y.test> SIZE=1|555 5.5.4",
                "MAIL FROM:<>~RCPT TO:<b@b\u00C3\u00BCcher.test>|553 5.6.7",
                "MAIL FROM:<> SMTPUTF8~RCPT TO:<b@b\u00C3\u00BCcher.test>|250 2.1.5",
                "MAIL FROM:<>~RCPT TO:<unknown@y.test>|550 5.1.1",
                "MAIL FROM:<>~RCPT TO:<busy@y.test>|451 4.3.0",
                "RCPT TO:<b@y.test>|503 5.5.1",
                "DATA|503 5.5.1",
                "MAIL FROM:<>~DATA|503 5.5.1",
                "MAIL FROM:<>~RCPT TO:<unknown@y.test>~DATA|554 5.5.1",
                "MAIL FROM:<>~RCPT TO:<nodata@y.test>~DATA|554 5.7.1",
                "MAIL FROM:<>~RCPT TO:<b@y.test>~DATA now|501 5.5.4",
                "BDAT 0|503 5.5.1",
                "MAIL FROM:<>~RCPT TO:<b@y.test>~BDAT 0~BDAT 0~DATA|503 5.5.1",
                "MAIL FROM:<>~RCPT TO:<b@y.test>~BDAT 0~RCPT TO:<b@y.test>|503 5.5.1",
                "MAIL FROM:<>~RCPT TO:<b@y.test>~BDAT 0~BDAT 0 LAST|250 2.0.0",
                "MAIL FROM:<>~RCPT TO:<nodata@y.test>~BDAT 0~BDAT 0|503 5.5.1",
                "RSET|250 2.0.0",
                "NOOP whatever|250 2.0.0",
                "VRFY anna|252 2.5.2",
                "EXPN all|502 5.5.1",
                "HELP|214 2.0.0",
                "LHLO client.test|500 5.5.1",
                "EHLO|501 5.5.4",
                "EHLO a b|501 5.5.4",
                "STARTTLS|502 5.5.1",
                "AUTH PLAIN|504 5.5.4",
                "XSTATE id=1|550 5.7.1",
                "XFOO|500 5.5.1",
                "$$|500 5.5.1"
            })
    void commands(String commands, String reply) {
        ReceiveDriver driver = ReceiveDriver.greeted(CONFIG);
        String last = "";
        for (String command : commands.split("~", -1)) {
            last = driver.send(command + "\r\n");
        }
        assertThat(last).startsWith(reply + " ").endsWith("\r\n");
        assertThat(driver.events).doesNotContain("close");
    }

    @Test
    void helloComesFirst() {
        ReceiveDriver driver = new ReceiveDriver(CONFIG);
        assertThat(driver.send("MAIL FROM:<>\r\n")).isEqualTo("503 5.5.2 Send hello first\r\n");
        assertThat(driver.send("RCPT TO:<a@b.test>\r\n")).isEqualTo("503 5.5.2 Send hello first\r\n");
        assertThat(driver.send("DATA\r\n")).isEqualTo("503 5.5.2 Send hello first\r\n");
    }

    @Test
    void theFifthErrorIsTheLast() {
        ReceiveDriver driver = ReceiveDriver.greeted(CONFIG);
        assertThat(driver.send("X\r\nX\r\nX\r\nX\r\nX\r\nNOOP\r\n"))
                .isEqualTo("500 5.5.1 Unknown command\r\n".repeat(4) + "421 4.7.0 Too many errors\r\n");
        assertThat(driver.events).containsExactly("close");
        assertThat(driver.send("NOOP\r\n")).isEmpty();
    }

    /** RFC 2920: a client may have sent them before it knew. */
    @Test
    void whatIsPipelinedBehindARefusalIsNoError() {
        ReceiveDriver driver = ReceiveDriver.greeted(CONFIG);
        String refused = "MAIL FROM:<spammer@b.test>\r\n" + "RCPT TO:<a@b.test>\r\n".repeat(20) + "DATA\r\n";
        String unknown = "MAIL FROM:<a@b.test>\r\nRCPT TO:<unknown@b.test>\r\nDATA\r\n";
        assertThat(driver.send(refused.repeat(3) + (unknown + "RSET\r\n").repeat(9)))
                .doesNotContain("421 ");
        assertThat(driver.events).isEmpty();
        assertThat(driver.send("NOOP\r\n")).isEqualTo("250 2.0.0 OK\r\n");
    }

    @Test
    void commandsWithoutPurposeCountFromTheHundredthOn() {
        ReceiveDriver driver = ReceiveDriver.greeted(CONFIG);
        assertThat(driver.send("NOOP\r\n".repeat(200))).endsWith("250 2.0.0 OK\r\n421 4.7.0 Too many errors\r\n");
        assertThat(driver.said.toString().split("\r\n")).hasSize(104);
    }

    @Test
    void linesTooLong() {
        ReceiveDriver driver = ReceiveDriver.greeted(CONFIG);
        String tooLong = "500 5.5.2 Line too long\r\n";
        assertThat(driver.send("NOOP " + "x".repeat(505) + "\r\n")).isEqualTo("250 2.0.0 OK\r\n");
        assertThat(driver.send("NOOP " + "x".repeat(506) + "\r\n")).isEqualTo(tooLong);
        assertThat(driver.send("MAIL FROM:<> ENVID=" + "x".repeat(2539) + "\r\n"))
                .startsWith("501 5.5.4");
        assertThat(driver.send("XSTATE " + "x".repeat(70_000) + "\r\n")).isEqualTo(tooLong);
        driver.send("x".repeat(3 << 20));
        assertThat(driver.events).as("a line without end").containsExactly("close");
    }

    @Test
    void tooManyRecipientsAreForAnotherTime() {
        ReceiveDriver driver =
                ReceiveDriver.greeted(ReceiveConfig.smtp("BER-HT1", "", ReceiveLimits.HUB.withMaxRecipients(2)));
        assertThat(driver.send("MAIL FROM:<>\r\n" + "RCPT TO:<b@y.test>\r\n".repeat(3)))
                .endsWith("250 2.1.5 Recipient OK\r\n452 4.5.3 Too many recipients\r\n");
        assertThat(driver.send("DATA\r\n" + MESSAGE + ".\r\n")).endsWith("250 2.0.0 Queued\r\n");
        assertThat(driver.only().envelope().recipients()).hasSize(2);
        assertThat(driver.only().text()).contains("(Bridgehead) with");
    }

    @Test
    void tooBigOnTheFly() {
        ReceiveDriver driver =
                ReceiveDriver.greeted(ReceiveConfig.smtp("BER-HT1", "", ReceiveLimits.HUB.withMaxMessageSize(100)));
        String refused = "552 5.3.4 Message size exceeds 100 octets\r\n";
        assertThat(driver.send(ENVELOPE + "DATA\r\n" + "x".repeat(98) + "\r\n.\r\n"))
                .endsWith("250 2.0.0 Queued\r\n");
        assertThat(driver.send(ENVELOPE + "DATA\r\n" + "x".repeat(99) + "\r\n.\r\n"))
                .endsWith(refused);
        assertThat(driver.send(ENVELOPE + "BDAT 101 LAST\r\n" + "x".repeat(101)))
                .endsWith(refused);
        assertThat(driver.send("NOOP\r\n")).isEqualTo("250 2.0.0 OK\r\n");
        assertThat(driver.events).containsExactly("begin", "begin", "abort", "begin", "abort");
        driver.send(ENVELOPE + "DATA\r\n" + "x".repeat(2 << 20));
        assertThat(driver.events).as("no end in sight").endsWith("begin", "abort", "close");
    }

    @Test
    void headersTooBigAndTooManyHops() {
        ReceiveDriver driver = ReceiveDriver.greeted(CONFIG);
        String field = "X-Field: " + "x".repeat(989) + "\r\n";
        assertThat(driver.send(ENVELOPE + "DATA\r\n" + field.repeat(263) + "\r\n.\r\n"))
                .endsWith("552 5.3.4 Header exceeds 262144 octets\r\n");
        assertThat(driver.send(ENVELOPE + "DATA\r\n" + "Received: x\r\n".repeat(30) + "\r\n.\r\n"))
                .endsWith("554 5.4.6 Mail loop: 30 Received fields, maximum 30 hops\r\n");
        assertThat(driver.accepted).isEmpty();
        assertThat(driver.send(ENVELOPE + "DATA\r\n" + "Received: x\r\n".repeat(29) + "\r\n.\r\n"))
                .endsWith("250 2.0.0 Queued\r\n");
        assertThat(driver.only().facts().header().receivedLines()).isEqualTo(29);
    }

    @Test
    void aMessageWithoutRoomIsNotRead() {
        ReceiveDriver driver = ReceiveDriver.greeted(CONFIG);
        driver.refuseBegin = Optional.of(Reply.of(452, "4.3.1", "Insufficient system resources"));
        assertThat(driver.send(ENVELOPE + "DATA\r\n")).endsWith("452 4.3.1 Insufficient system resources\r\n");
        assertThat(driver.send(ENVELOPE + "BDAT 5 LAST\r\nQUIT\r"))
                .endsWith("452 4.3.1 Insufficient system resources\r\n");
        assertThat(driver.send("RCPT TO:<b@y.test>\r\n")).startsWith("503 5.5.1");
        assertThat(driver.events).containsExactly("begin", "begin");
    }

    @Test
    void chunksMakeOneMessage() {
        ReceiveDriver driver = ReceiveDriver.greeted(CONFIG);
        assertThat(driver.send(ENVELOPE + "BDAT 5\r\nSubje")).endsWith("250 2.0.0 5 octets received\r\n");
        assertThat(driver.session.inTransaction()).isTrue();
        assertThat(driver.send("BDAT 11\r\nct: x\r\n\r\n.\r")).endsWith("250 2.0.0 11 octets received\r\n");
        assertThat(driver.send("BDAT 4 LAST\r\n\nend")).endsWith("250 2.0.0 Queued\r\n");
        assertThat(driver.only().text()).endsWith("BER-HT1>\r\nSubject: x\r\n\r\n.\r\nend");
    }

    @Test
    void resetAndGoodbyeWithinChunksForgetTheMessage() {
        ReceiveDriver driver = ReceiveDriver.greeted(CONFIG);
        driver.send(ENVELOPE + "BDAT 5\r\nSubje" + "RSET\r\n" + "BDAT 5 LAST\r\nQUIT\r");
        assertThat(driver.events).containsExactly("begin", "abort");
        assertThat(driver.said).endsWith("250 2.0.0 OK\r\n503 5.5.1 Need MAIL and RCPT first\r\n");
        driver.send(ENVELOPE + "BDAT 5\r\nSubje" + "QUIT\r\n");
        assertThat(driver.events).containsExactly("begin", "abort", "begin", "abort", "close");
    }

    @Test
    void lmtpAnswersForEachRecipient() {
        ReceiveDriver driver = ReceiveDriver.greeted(ReceiveConfig.lmtp("BER-MBX1", "Berlin", ReceiveLimits.HUB));
        assertThat(driver.send("EHLO client.test\r\n")).startsWith("500 5.5.1 This is LMTP");
        driver.endReplies = List.of(Reply.of(250, "2.0.0", "Delivered"), Reply.of(452, "4.2.2", "Mailbox full"));
        String both = "MAIL FROM:<>\r\nRCPT TO:<b@y.test>\r\nRCPT TO:<unknown@y.test>\r\nRCPT TO:<c@y.test>\r\n";
        String replies = "250 2.0.0 Delivered\r\n452 4.2.2 Mailbox full\r\n";
        assertThat(driver.send(both + "DATA\r\n" + MESSAGE + ".\r\n")).endsWith(">\r\n" + replies);
        assertThat(driver.send(both + "BDAT 1\r\nxBDAT 1 LAST\r\nx")).endsWith("1 octets received\r\n" + replies);
        assertThat(driver.send(both + "DATA\r\n\n\r\n.\r\n"))
                .endsWith(">\r\n" + "550 5.6.11 Bare LF in line 1 of the message\r\n".repeat(2));
        assertThat(driver.accepted.get(0).text()).contains("\twith LMTP id 1;");
        assertThat(driver.accepted.get(0).facts().source()).isEqualTo("lmtp 192.0.2.7");
        assertThat(driver.send("MAIL FROM:<>\r\nRCPT TO:<unknown@y.test>\r\nDATA\r\n"))
                .contains("\r\n503 5.5.1");
    }

    @Test
    void endings() {
        ReceiveDriver silent = ReceiveDriver.greeted(CONFIG);
        silent.send(ENVELOPE + "DATA\r\nSubject: x\r\n");
        silent.perform(silent.session.timedOut());
        assertThat(silent.said).endsWith("421 4.4.1 Connection timed out\r\n");
        assertThat(silent.events).containsExactly("begin", "abort", "close");
        assertThat(silent.session.isClosed()).isTrue();

        ReceiveDriver stopped = ReceiveDriver.greeted(CONFIG);
        stopped.perform(stopped.session.stopped());
        assertThat(stopped.said).endsWith("421 4.3.2 Service shutting down\r\n");

        ReceiveDriver gone = ReceiveDriver.greeted(CONFIG);
        gone.send(ENVELOPE + "DATA\r\nSubject: x\r\n");
        gone.perform(gone.session.closed());
        assertThat(gone.events).containsExactly("begin", "abort");

        ReceiveDriver told = ReceiveDriver.greeted(CONFIG);
        told.send("MAIL FROM:<>\r\nRCPT TO:<closing@y.test>\r\nNOOP\r\n");
        assertThat(told.said).endsWith("421 4.3.2 Going down\r\n");
        assertThat(told.events).containsExactly("close");
    }

    @Test
    void aPeerMayBeTurnedAwayAtTheDoor() {
        ReceiveDriver driver = new ReceiveDriver(CONFIG, new ReceiveDriver.Policy() {
            @Override
            public Optional<Reply> connected(Peer peer) {
                return Optional.of(Reply.of(554, "5.7.1", "Not you, " + peer.address()));
            }
        });
        assertThat(driver.said).hasToString("554 5.7.1 Not you, 192.0.2.7\r\n");
        assertThat(driver.events).containsExactly("close");
    }

    @Test
    void withoutExtensionsTheirParametersAreRefused() {
        ReceiveDriver driver = ReceiveDriver.greeted(CONFIG.with(List.of(Extension.PIPELINING)));
        assertThat(driver.send("MAIL FROM:<> SIZE=1\r\n")).startsWith("555 Parameter SIZE");
        assertThat(driver.send("MAIL FROM:<> SMTPUTF8\r\n")).startsWith("555 Parameter SMTPUTF8");
        assertThat(driver.send("MAIL FROM:<>\r\nRCPT TO:<b@y.test>\r\nBDAT 2\r\nab"))
                .endsWith("502 BDAT is not offered\r\n");
    }

    @Test
    void whatIsSaidWhileAnAnswerIsAwaitedIsKept() {
        ReceiveSession session = new ReceiveSession(CONFIG, new ReceiveDriver.Policy());
        session.opened("192.0.2.7", false, "nonce");
        byte[] head = ReceiveDriver.octets("EHLO x\r\n" + ENVELOPE + "DATA\r\nSub");
        assertThat(session.received(head, 0, head.length))
                .singleElement()
                .isInstanceOf(ReceiveAction.BeginMessage.class);
        assertThat(session.isWaiting()).isTrue();
        byte[] tail = ReceiveDriver.octets("ject: x\r\n\r\n.\r\n");
        assertThat(session.received(tail, 0, tail.length)).isEmpty();
        assertThatIllegalStateException()
                .isThrownBy(() -> session.received(new byte[300_000], 0, 300_000))
                .withMessageContaining("awaits an answer");
        List<ReceiveAction> actions = session.messageBegun(new MessageStart(
                new org.bridgehead.core.mail.InternalId(1),
                new org.bridgehead.core.mail.TransportId(0, 1),
                ReceiveDriver.NOW));
        assertThat(actions.get(actions.size() - 1)).isInstanceOf(ReceiveAction.EndMessage.class);
        assertThatIllegalStateException().isThrownBy(() -> session.messageRefused(Reply.plain(452, "")));
        List<ReceiveAction> answer = session.messageEnded(List.of(Reply.of(250, "2.0.0", "OK")));
        String all = new String(((ReceiveAction.Send) answer.get(0)).octets(), StandardCharsets.US_ASCII);
        assertThat(all).contains("354 ").endsWith("\r\n250 2.0.0 OK\r\n");
    }
}
