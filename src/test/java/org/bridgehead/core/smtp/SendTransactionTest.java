package org.bridgehead.core.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.bridgehead.core.mail.BodyType;
import org.bridgehead.core.mail.DsnCondition;
import org.bridgehead.core.mail.DsnReturn;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.mail.EnhancedStatus;
import org.bridgehead.core.mail.Envelope;
import org.bridgehead.core.mail.Recipient;
import org.bridgehead.core.mail.RecipientOutcome;
import org.bridgehead.core.mail.RecipientOutcome.Bounced;
import org.bridgehead.core.mail.RecipientOutcome.Deferred;
import org.bridgehead.core.mail.RecipientOutcome.Delivered;
import org.bridgehead.core.mail.RecipientOutcome.Unknown;
import org.bridgehead.core.mail.TransferState;
import org.bridgehead.core.mail.TransportId;
import org.bridgehead.core.smtp.SendConfig.Credentials;
import org.bridgehead.core.smtp.SendConfig.Protocol;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One message to one server, reply by reply. Longer than most files: every command has its refusals. */
class SendTransactionTest {
    private static final SendConfig SMTP = SendConfig.plain("me.example", Protocol.SMTP);
    private static final SendConfig LMTP = SendConfig.plain("me.example", Protocol.LMTP);
    private static final Outgoing ONE = Outgoing.ascii(SendDialogue.envelope("a@x.example", "b@y.example"));
    private static final Outgoing TWO =
            Outgoing.ascii(SendDialogue.envelope("a@x.example", "b@y.example", "c@y.example"));
    private static final String MAIL = "MAIL FROM:<a@x.example>";
    private static final String TO_B = "RCPT TO:<b@y.example>";
    private static final String TO_C = "RCPT TO:<c@y.example>";
    private static final Delivered OK = new Delivered("250 2.0.0 queued");

    @Test
    void lockstepWithoutPipelining() {
        SendDialogue dialogue = SendDialogue.ready(SMTP).transmit(TWO, "Subject: x\r\n\r\n.dot\r\n");
        dialogue.client(MAIL)
                .server("250 ok")
                .client(TO_B)
                .server("250 ok")
                .client(TO_C)
                .server("251 forwarded");
        dialogue.client("DATA")
                .server("354 go")
                .client("Subject: x", "", "..dot", ".")
                .server("250 2.0.0 queued");
        assertThat(dialogue.outcomes()).containsExactly(OK, OK);
        assertThat(dialogue.session.usable()).isTrue();
        dialogue.transmit(ONE, "").client(MAIL);
    }

    @Test
    void envelopeAndDataInOneWrite() {
        SendDialogue dialogue = SendDialogue.ready(SMTP, "PIPELINING", "SIZE").transmit(TWO, "x");
        dialogue.client(MAIL + " SIZE=1", TO_B, TO_C, "DATA");
        dialogue.server("250 ok", "250 ok", "550 5.1.1 who?", "354 go").client("x", ".");
        dialogue.server("250-2.0.0 queued", "250 2.0.0 as 17");
        assertThat(dialogue.outcomes())
                .containsExactly(
                        new Delivered("250 2.0.0 queued as 17"),
                        new Bounced(EnhancedStatus.of("5.1.1"), "550 5.1.1 who?"));
        assertThat(dialogue.session.usable()).isTrue();
    }

    @Test
    void withChunkingTheMessageGoesAlong() {
        SendDialogue dialogue =
                SendDialogue.ready(SMTP, "PIPELINING", "CHUNKING").transmit(ONE, ".x\r\n");
        dialogue.client(MAIL, TO_B, "BDAT 4 LAST", ".x").server("250 ok", "250 ok", "250 2.0.0 queued");
        assertThat(dialogue.outcomes()).containsExactly(OK);
        dialogue.transmit(ONE, "y\r\n").client(MAIL, TO_B, "BDAT 3 LAST", "y");
        dialogue.server("250 ok", "550 no", "503 5.5.1 no recipients");
        assertThat(dialogue.outcomes()).containsExactly(new Bounced(EnhancedStatus.of("5.0.0"), "550 no"));
        dialogue.transmit(ONE, "z\r\n").client("RSET", MAIL, TO_B, "BDAT 3 LAST", "z");
        dialogue.server("250 ok", "250 ok", "250 ok", "250 2.0.0 queued");
        assertThat(dialogue.outcomes()).containsExactly(OK);
    }

    @Test
    void aLargeMessageWaitsForItsRecipients() {
        String text = "x".repeat(TransactionPlan.EAGER + 1);
        SendDialogue dialogue =
                SendDialogue.ready(SMTP, "PIPELINING", "CHUNKING").transmit(TWO, text);
        dialogue.client(MAIL, TO_B, TO_C).server("250 ok", "550 no", "550 no");
        dialogue.client();
        assertThat(dialogue.bodySent).isFalse();
        assertThat(dialogue.outcomes()).allMatch(o -> o instanceof Bounced);
        dialogue.transmit(ONE, text).client("RSET", MAIL, TO_B).server("250 ok", "250 ok", "250 ok");
        assertThat(dialogue.bodySent).isTrue();
        dialogue.server("250 2.0.0 queued");
        assertThat(dialogue.outcomes()).containsExactly(OK);
    }

    @Test
    void chunkingWithoutPipeliningAndBdatSwitchedOff() {
        SendDialogue dialogue = SendDialogue.ready(SMTP, "CHUNKING").transmit(ONE, "x");
        dialogue.client(MAIL).server("250 ok").client(TO_B).server("250 ok");
        assertThat(dialogue.sent).hasToString("BDAT 1 LAST\r\nx");
        SendConfig data = new SendConfig(
                "me.example", Protocol.SMTP, SendConfig.Tls.NONE, new Credentials.Anonymous(), false, false);
        SendDialogue.ready(data, "CHUNKING", "PIPELINING").transmit(ONE, "x").client(MAIL, TO_B, "DATA");
    }

    @Test
    void nobodyAcceptedButDataIs() {
        SendDialogue dialogue = SendDialogue.ready(SMTP, "PIPELINING").transmit(ONE, "x");
        dialogue.client(MAIL, TO_B, "DATA")
                .server("250 ok", "450 4.2.1 busy", "354 go")
                .client(".");
        dialogue.server("554 no recipients");
        assertThat(dialogue.outcomes()).containsExactly(new Deferred(EnhancedStatus.of("4.2.1"), "450 4.2.1 busy"));
        dialogue.transmit(ONE, "x").client("RSET", MAIL, TO_B, "DATA");
    }

    @Test
    void mailRefused() {
        SendDialogue pipelined = SendDialogue.ready(SMTP, "PIPELINING").transmit(TWO, "x");
        pipelined.client(MAIL, TO_B, TO_C, "DATA");
        pipelined.server("550 5.1.7 sender", "503 5.5.1 MAIL first", "503 5.5.1 MAIL first");
        assertThat(pipelined.session.outcomes()).isEmpty();
        pipelined.server("503 5.5.1 RCPT first").client();
        Bounced sender = new Bounced(EnhancedStatus.of("5.1.7"), "550 5.1.7 sender");
        assertThat(pipelined.outcomes()).containsExactly(sender, sender);
        assertThat(pipelined.session.usable()).isTrue();
        SendDialogue lockstep = SendDialogue.ready(SMTP).transmit(TWO, "x").client(MAIL);
        lockstep.server("550 5.1.7 sender").client();
        assertThat(lockstep.outcomes()).containsExactly(sender, sender);
    }

    @Test
    void mailRefusedAndStillDataAcceptedIsNoPeerToTrust() {
        SendDialogue dialogue = SendDialogue.ready(SMTP, "PIPELINING").transmit(ONE, "x");
        dialogue.client(MAIL, TO_B, "DATA").server("550 no", "250 ok", "354 go").client();
        assertThat(dialogue.closed).isTrue();
        assertThat(dialogue.session.usable()).isFalse();
        assertThat(dialogue.outcomes()).allMatch(o -> o instanceof Bounced);
    }

    @Test
    void dataRefused() {
        SendDialogue dialogue = SendDialogue.ready(SMTP, "PIPELINING").transmit(ONE, "x");
        dialogue.client(MAIL, TO_B, "DATA")
                .server("250 ok", "250 ok", "452 4.3.1 full")
                .client();
        assertThat(dialogue.outcomes()).containsExactly(new Deferred(EnhancedStatus.of("4.3.1"), "452 4.3.1 full"));
        assertThat(dialogue.session.usable()).isTrue();
        dialogue.transmit(ONE, "x").client("RSET", MAIL, TO_B, "DATA");
    }

    @ParameterizedTest
    @CsvSource({
        "452 too many recipients, Deferred, 4.5.3",
        "552 too many recipients, Deferred, 4.5.3",
        "552 5.5.3 too many recipients, Deferred, 4.5.3",
        "452 4.2.2 mailbox full, Deferred, 4.2.2",
        "552 5.2.2 mailbox full, Bounced, 5.2.2",
        "550 4.1.1 mixed, Bounced, 5.1.1",
        "450 5.1.1 mixed, Deferred, 4.1.1",
        "550 5.1.1, Bounced, 5.1.1",
        "550, Bounced, 5.0.0",
        "450 5.x nonsense, Deferred, 4.0.0"
    })
    void repliesToRcpt(String reply, String kind, String status) {
        SendDialogue dialogue = SendDialogue.ready(SMTP).transmit(ONE, "x").client(MAIL);
        dialogue.server("250 ok").client(TO_B).server(reply).client();
        RecipientOutcome outcome = dialogue.outcomes().get(0);
        assertThat(outcome.getClass().getSimpleName()).isEqualTo(kind);
        String given = outcome.match(
                d -> "", d -> d.status().toString(), b -> b.status().toString(), u -> "");
        assertThat(given).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({
        "452 4.3.1 disk, Deferred",
        "554 5.6.0 content, Bounced",
        "421 4.3.2 closing, Deferred",
        "354 what, Unknown",
        "huh, Unknown"
    })
    void finalReplies(String reply, String kind) {
        SendDialogue dialogue = SendDialogue.ready(SMTP, "PIPELINING").transmit(TWO, "x");
        dialogue.server("250 ok", "250 ok", "550 5.1.1 no", "354 go", reply);
        assertThat(dialogue.outcomes().get(0).getClass().getSimpleName()).isEqualTo(kind);
        assertThat(dialogue.outcomes().get(1)).isInstanceOf(Bounced.class);
        assertThat(dialogue.session.usable()).isEqualTo(reply.startsWith("452") || reply.startsWith("554"));
    }

    @Test
    void lmtpGivesOneFinalReplyPerAcceptedRecipient() {
        Outgoing three = Outgoing.ascii(SendDialogue.envelope("", "b@y.example", "no@y.example", "c@y.example"));
        SendDialogue dialogue = SendDialogue.ready(LMTP, "PIPELINING").transmit(three, "x");
        dialogue.client("MAIL FROM:<>", TO_B, "RCPT TO:<no@y.example>", TO_C, "DATA");
        dialogue.server("250 ok", "250 ok", "550 5.1.1 no", "250 ok", "354 go").client("x", ".");
        dialogue.server("250 2.0.0 queued");
        assertThat(dialogue.session.outcomes()).isEmpty();
        dialogue.server("452 4.2.2 full");
        assertThat(dialogue.outcomes())
                .containsExactly(
                        OK,
                        new Bounced(EnhancedStatus.of("5.1.1"), "550 5.1.1 no"),
                        new Deferred(EnhancedStatus.of("4.2.2"), "452 4.2.2 full"));
        assertThat(dialogue.session.usable()).isTrue();
    }

    @Test
    void lmtpWithChunking() {
        SendDialogue dialogue =
                SendDialogue.ready(LMTP, "PIPELINING", "CHUNKING").transmit(TWO, "x");
        dialogue.server("250 ok", "250 ok", "250 ok", "250 2.0.0 queued");
        dialogue.session.lost("reset", true);
        assertThat(dialogue.outcomes()).containsExactly(OK, new Unknown("reset"));
        SendDialogue nobody = SendDialogue.ready(LMTP, "PIPELINING", "CHUNKING").transmit(TWO, "x");
        nobody.server("250 ok", "550 5.1.1 no", "550 5.1.1 no", "503 5.5.1 nobody");
        assertThat(nobody.outcomes()).allMatch(o -> o instanceof Bounced);
        assertThat(nobody.session.usable()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"true, false, Deferred", "true, true, Unknown", "false, true, Deferred"})
    void lostConnections(boolean dataReached, boolean complete, String kind) {
        SendDialogue dialogue = SendDialogue.ready(SMTP, "PIPELINING").transmit(TWO, "x");
        dialogue.server("250 ok", "250 ok", "550 5.1.1 no");
        if (dataReached) {
            dialogue.server("354 go");
        }
        dialogue.session.lost("reset by peer", complete);
        assertThat(dialogue.outcomes().get(0).getClass().getSimpleName()).isEqualTo(kind);
        assertThat(dialogue.outcomes().get(1)).isInstanceOf(Bounced.class);
        assertThat(dialogue.session.usable()).isFalse();
        dialogue.transmit(ONE, "x");
        assertThat(((Deferred) dialogue.outcomes().get(0)).status()).hasToString("4.4.2");
    }

    @ParameterizedTest
    @CsvSource({"0, 4.3.2", "1, 4.3.2", "2, 4.3.2", "3, 4.3.2"})
    void closingAnywhereEndsTheConnection(int position, String status) {
        SendDialogue dialogue = SendDialogue.ready(SMTP, "PIPELINING").transmit(ONE, "x");
        String[] replies = {"250 ok", "250 ok", "354 go", "250 ok"};
        for (int i = 0; i < position; i++) {
            dialogue.server(replies[i]);
        }
        dialogue.server("421 4.3.2 shutting down");
        assertThat(dialogue.outcomes())
                .containsExactly(new Deferred(EnhancedStatus.of(status), "421 4.3.2 shutting down"));
        assertThat(dialogue.closed).isTrue();
        assertThat(dialogue.session.usable()).isFalse();
    }

    @Test
    void afterAnUnaskedFarewellNothingIsSent() {
        SendDialogue dialogue = SendDialogue.ready(SMTP).server("421 4.4.2 idle");
        assertThat(dialogue.session.usable()).isFalse();
        dialogue.transmit(ONE, "x").client();
        assertThat(((Deferred) dialogue.outcomes().get(0)).reply()).contains("421 4.4.2 idle");
    }

    @ParameterizedTest
    @CsvSource({"'250', 2000", "'25x ok', 1", "'250-ok', 300", "'250-ok\r\n251 ok', 1", "'199 x', 1", "'250_x', 1"})
    void malformedRepliesDefer(String reply, int times) {
        String line =
                times == 2000 ? "250 " + "x".repeat(3000) : String.join("\r\n", Collections.nCopies(times, reply));
        SendDialogue dialogue = SendDialogue.ready(SMTP).transmit(ONE, "x").server(line);
        assertThat(((Deferred) dialogue.outcomes().get(0)).status()).hasToString("4.5.0");
        assertThat(dialogue.closed).isTrue();
        assertThat(dialogue.session.usable()).isFalse();
    }

    @Test
    void parametersOnlyWhenOffered() {
        Envelope envelope = new Envelope(
                EmailAddress.tryParse("a@x.example"),
                List.of(new Recipient(
                        EmailAddress.of("b@y.example"),
                        Optional.of("rfc822;old+2B@y.example"),
                        List.of(DsnCondition.SUCCESS, DsnCondition.FAILURE))),
                BodyType.EIGHT_BIT_MIME,
                true,
                Optional.of(DsnReturn.HDRS),
                Optional.of("QQ+2B1"));
        Outgoing mail = new Outgoing(envelope, Optional.of(state()), false, false);
        SendDialogue.ready(SMTP).transmit(mail, "xyz").client(MAIL);
        SendDialogue rich =
                SendDialogue.ready(SMTP, "PIPELINING", "SIZE 99", "8BITMIME", "SMTPUTF8", "DSN", "XBRIDGEHEAD");
        rich.transmit(mail, "xyz");
        rich.client(
                MAIL + " SIZE=3 BODY=8BITMIME SMTPUTF8 RET=HDRS ENVID=QQ+2B1",
                TO_B + " NOTIFY=SUCCESS,FAILURE ORCPT=rfc822;old+2B@y.example",
                "DATA");
    }

    @Test
    void stateGoesToServersOfTheOrganisation() {
        SendConfig server = new SendConfig(
                "me.example", Protocol.SMTP, SendConfig.Tls.NONE, new Credentials.Anonymous(), true, false);
        Outgoing mail = new Outgoing(ONE.envelope(), Optional.of(state()), false, false);
        SendDialogue dialogue =
                SendDialogue.ready(server, "PIPELINING", "XBRIDGEHEAD").transmit(mail, "x");
        dialogue.client("XSTATE " + XState.format(state()), MAIL, TO_B, "DATA");
        dialogue.server("550 5.7.1 who are you?").client();
        assertThat(dialogue.outcomes().get(0)).isInstanceOf(Deferred.class);
        assertThat(dialogue.closed).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "SIZE 2, b@y.example, false, false, 5.3.4",
        "SIZE 0, b@y.example, false, false, ''",
        "SMTPUTF8, b@y.example, true, false, 5.6.3",
        "8BITMIME, b@y.example, true, true, 5.6.7",
        "8BITMIME, b@y.example, true, false, ''",
        "X, ü@y.example, false, false, 5.6.7",
        "SMTPUTF8, ü@y.example, false, false, ''"
    })
    void whatThePeerCannotTakeIsNotSent(String offer, String to, boolean eightBit, boolean utf8, String status) {
        SendDialogue dialogue = SendDialogue.ready(SMTP, offer);
        Outgoing mail = new Outgoing(SendDialogue.envelope("a@x.example", to), Optional.empty(), eightBit, utf8);
        dialogue.transmit(mail, "xyz");
        if (status.isEmpty()) {
            assertThat(dialogue.session.outcomes()).isEmpty();
        } else {
            dialogue.client();
            assertThat(((Bounced) dialogue.outcomes().get(0)).status()).hasToString(status);
            assertThat(dialogue.session.usable()).isTrue();
        }
    }

    @Test
    void onlyTheUnspeakableRecipientIsLeftOut() {
        SendDialogue dialogue = SendDialogue.ready(SMTP, "PIPELINING");
        dialogue.transmit(Outgoing.ascii(SendDialogue.envelope("a@x.example", "ü@y.example", "b@y.example")), "x");
        dialogue.client(MAIL, TO_B, "DATA").server("250 ok", "250 ok", "354 go", "250 2.0.0 queued");
        assertThat(((Bounced) dialogue.outcomes().get(0)).status()).hasToString("5.6.7");
        assertThat(dialogue.outcomes().get(1)).isEqualTo(OK);
    }

    @Test
    void manyRecipientsGoInWindows() {
        String[] to =
                IntStream.range(0, 250).mapToObj(i -> "r" + i + "@y.example").toArray(String[]::new);
        SendDialogue dialogue = SendDialogue.ready(SMTP, "PIPELINING");
        dialogue.transmit(Outgoing.ascii(SendDialogue.envelope("a@x.example", to)), "x");
        int commands = 0;
        while (dialogue.session.outcomes().isEmpty()) {
            String text = dialogue.sent.toString();
            int lines = text.split("\r\n").length;
            assertThat(lines).isLessThanOrEqualTo(TransactionPlan.WINDOW);
            commands += lines;
            dialogue.sent.reset();
            boolean data = text.endsWith("DATA\r\n");
            boolean dot = text.endsWith("\r\n.\r\n");
            String[] replies = Collections.nCopies(dot ? 1 : lines, "250 ok").toArray(String[]::new);
            if (data) {
                replies[lines - 1] = "354 go";
            }
            dialogue.server(replies);
        }
        assertThat(commands).isEqualTo(1 + 250 + 1 + 2);
        assertThat(dialogue.outcomes()).hasSize(250).allMatch(o -> o instanceof Delivered);
    }

    @Test
    void quitEndsIt() {
        SendDialogue dialogue = SendDialogue.ready(SMTP);
        dialogue.perform(dialogue.session.quit());
        dialogue.client("QUIT").server("221 bye");
        assertThat(dialogue.closed).isTrue();
        assertThat(dialogue.session.usable()).isFalse();
    }

    @Test
    void oneTransactionAtATime() {
        SendDialogue dialogue = SendDialogue.ready(SMTP).transmit(ONE, "x");
        assertThatIllegalStateException().isThrownBy(() -> dialogue.transmit(ONE, "x"));
    }

    private static TransferState state() {
        return TransferState.fresh(new TransportId(1, 2), Instant.parse("2026-01-01T00:00:00Z"), 3, Optional.empty());
    }
}
