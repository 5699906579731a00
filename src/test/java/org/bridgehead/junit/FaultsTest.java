package org.bridgehead.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.bridgehead.junit.MailAssertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.bridgehead.core.hub.TrackingEvent.Kind;
import org.bridgehead.core.mail.RecipientOutcome;
import org.bridgehead.engine.MailOrganization;
import org.bridgehead.engine.ScriptedReply;
import org.bridgehead.engine.SendResult;
import org.bridgehead.engine.SmtpSession;
import org.junit.jupiter.api.Test;

/** Each fault that a test can cause shows where a user looks for it: in the path, in a report, in a queue. */
@BridgeheadTest(yaml = CheckoutMailTest.TOPOLOGY + FaultsTest.OUTSIDE)
class FaultsTest {
    static final String OUTSIDE = """
        connectors:
          Internet: { addressSpaces: ["SMTP:*;1"], sourceServers: [BER-HT1], dns: true }
        """;

    private static SendResult post(MailOrganization org, String subject) {
        return org.send(mail -> mail.from("anna@contoso.test")
                .to("mia@contoso.test")
                .subject(subject)
                .via("BER-HT1"));
    }

    private static String queue(MailOrganization org, String server) {
        return org.server(server).queues().stream()
                .filter(queue -> queue.messages() > 0)
                .map(queue -> queue.name() + ": " + queue.lastError())
                .reduce("", (a, b) -> a + b);
    }

    @Test
    void aRefusedRecipientIsTriedAgainAsOftenAsItIsRefused(MailOrganization org) {
        ScriptedReply script = org.server("MUC-HT1")
                .replies()
                .onRcpt("mia@contoso.test")
                .with(451, "4.3.0 mailbox is being moved")
                .times(3);

        post(org, "fourth time lucky");
        org.clock().runUntilIdle();
        assertThat(org.mailbox("mia@contoso.test")).receivedNothing();
        assertThat(script.met()).isEqualTo(2); // tried again at once, then every 15 minutes

        org.clock().advance(Duration.ofHours(1));

        assertThat(script.met()).isEqualTo(3);
        assertThat(org.mailbox("mia@contoso.test")).received(1).firstPath("BER-HT1", "MUC-HT1");
        assertThat(org.tracking()).on("BER-HT1").events(Kind.DEFER, Kind.DEFER, Kind.DEFER, Kind.SEND);
    }

    @Test
    void aRefusalForGoodComesBackAsAReport(MailOrganization org) {
        org.server("MUC-HT1").replies().onRcpt().with(550, "5.2.1 mailbox is disabled");

        post(org, "no use");

        assertThat(org.mailbox("anna@contoso.test")).received(1).bounced("5.2.1");
        assertThat(org.mailbox("mia@contoso.test")).receivedNothing();
    }

    @Test
    void eachPointOfTheDialogueCanBeScriptedForTheNthTime(MailOrganization org) {
        var replies = org.server("BER-HT1").replies();
        replies.onMail("anna@contoso.test").with(452, "4.3.1 full").after(1).times(1);
        assertThat(post(org, "first").accepted()).isTrue();
        assertThat(words(post(org, "second"))).contains("full");
        assertThat(post(org, "third").accepted()).isTrue();

        replies.onData().with(554, "5.6.0 no").times(1);
        assertThat(words(post(org, "data"))).contains("no");
        replies.onMessage().with(451, "4.3.0 later").times(1);
        assertThat(words(post(org, "message"))).contains("later");
        replies.onCommand("ehlo").with(421, "4.3.2 closing").times(1);
        assertThat(post(org, "ehlo").accepted()).isFalse();
        replies.onConnect().with(554, "5.3.2 go away").times(1);
        assertThat(words(post(org, "connect"))).contains("go away");
        replies.onConnect().with(421, "4.3.2 never said");
        replies.clear();
        assertThat(post(org, "fourth").accepted()).isTrue();
        assertThat(org.mailbox("mia@contoso.test")).received(3);
    }

    private static String words(SendResult result) {
        return result.outcomes().stream()
                .map(outcome -> outcome.match(
                        RecipientOutcome.Delivered::reply,
                        RecipientOutcome.Deferred::reply,
                        RecipientOutcome.Bounced::reply,
                        unknown -> "unknown: " + unknown.reason()))
                .reduce("", (a, b) -> a + b);
    }

    @Test
    void whatCannotBeScriptedIsSaidAtOnce(MailOrganization org) {
        var replies = org.server("BER-HT1").replies();
        assertThatThrownBy(() -> replies.onRcpt().with(250, "fine")).hasMessageContaining("400 to 599");
        assertThatThrownBy(() -> replies.onCommand("data")).hasMessageContaining("onData()");
        assertThatThrownBy(() -> replies.onMail().disconnectAfter(10)).hasMessageContaining("onData()");
    }

    @Test
    void aConnectionThatBreaksInTheMiddleOfAMessageLosesNothing(MailOrganization org) {
        ScriptedReply half =
                org.server("MUC-HT1").replies().onData().disconnectAfter(2_000).times(2);

        org.send(mail -> mail.from("anna@contoso.test")
                .to("mia@contoso.test")
                .via("BER-HT1")
                .text("All work and no play.\n".repeat(1_000)));
        org.clock().runUntilIdle();
        assertThat(half.met()).isEqualTo(2);
        assertThat(org.mailbox("mia@contoso.test")).receivedNothing();
        org.clock().advance(Duration.ofMinutes(15));

        assertThat(org.mailbox("mia@contoso.test")).received(1);
        assertThat(org.tracking()).on("BER-HT1").events(Kind.DEFER, Kind.SEND);
    }

    @Test
    void aLostReplyMakesASecondCopyThatTheMailboxDrops(MailOrganization org) {
        org.server("MUC-MBX1").replies().onMessage().disconnect().times(1);

        post(org, "once");
        org.clock().advance(Duration.ofMinutes(10));

        assertThat(org.mailbox("mia@contoso.test")).received(1);
        assertThat(org.duplicatesDropped("MUC-MBX1")).isEqualTo(1);
    }

    @Test
    void aConnectionCanBreakAtAnyCommand(MailOrganization org) {
        org.server("MUC-HT1").replies().onRcpt().disconnect().times(2);

        post(org, "cut off");
        org.clock().runUntilIdle();

        assertThat(queue(org, "BER-HT1")).contains("site:Munich");
        org.clock().advance(Duration.ofMinutes(15));
        assertThat(org.mailbox("mia@contoso.test")).received(1);
    }

    @Test
    void aSlowServerTakesVirtualTime(MailOrganization org) {
        org.server("MUC-HT1").slow(Duration.ofMinutes(2));

        post(org, "in a while");
        org.clock().advance(Duration.ofSeconds(239));
        assertThat(org.mailbox("mia@contoso.test")).receivedNothing();
        org.clock().advance(Duration.ofSeconds(2));

        // Two minutes for the greeting, two for the message.
        assertThat(org.mailbox("mia@contoso.test")).received(1);
        assertThat(org.tracking()).noEvents(Kind.DEFER);
    }

    @Test
    void aServerThatIsTooSlowIsGivenUp(MailOrganization org) {
        org.server("MUC-HT1").slow(Duration.ofMinutes(6));

        post(org, "hello?");
        org.clock().advance(Duration.ofMinutes(5));
        assertThat(queue(org, "BER-HT1")).contains("no greeting within 5 minutes");

        org.server("MUC-HT1").slow(Duration.ZERO);
        org.clock().advance(Duration.ofMinutes(10));
        assertThat(org.mailbox("mia@contoso.test")).received(1);
    }

    @Test
    void aNarrowLinkTakesAsLongAsTheMessageIsLong(MailOrganization org) {
        org.link("Berlin-Munich").throttle(1_000);
        org.link("Berlin-Munich").slow(Duration.ofSeconds(1));

        org.send(mail -> mail.from("anna@contoso.test")
                .to("mia@contoso.test")
                .via("BER-HT1")
                .text("x".repeat(59) + "\n" + ("y".repeat(60) + "\n").repeat(1_000)));
        org.clock().advance(Duration.ofSeconds(60));
        assertThat(org.mailbox("mia@contoso.test")).receivedNothing();
        org.clock().advance(Duration.ofSeconds(10));

        assertThat(org.mailbox("mia@contoso.test")).received(1);
    }

    @Test
    void aFullDiskRefusesAndTheMailWaitsBeforeIt(MailOrganization org) {
        org.server("MUC-HT1").fillDisk();

        post(org, "no room");
        org.clock().advance(Duration.ofMinutes(30));
        assertThat(queue(org, "BER-HT1")).contains("site:Munich");
        assertThat(org.tracking().events().stream().filter(event -> event.event() == Kind.DEFER))
                .isNotEmpty()
                .allMatch(event -> event.status().equals("4.3.1"));

        org.server("MUC-HT1").freeDisk();
        org.clock().advance(Duration.ofMinutes(30));
        assertThat(org.mailbox("mia@contoso.test")).received(1);
    }

    @Test
    void aDrainedServerTakesNothingAndKeepsWhatItHas(MailOrganization org) {
        org.link("Berlin-Munich").cut();
        post(org, "kept");
        org.clock().runUntilIdle();
        org.server("BER-HT1").drain();
        org.link("Berlin-Munich").mend();

        assertThat(post(org, "refused").accepted()).isFalse();
        org.send(mail -> mail.from("anna@contoso.test").to("mia@contoso.test").subject("by the other one"));
        assertThat(org.mailbox("mia@contoso.test")).received(1).firstPath("BER-HT2", "MUC-HT1");

        org.server("BER-HT1").start();
        org.clock().advance(Duration.ofMinutes(10));
        assertThat(org.mailbox("mia@contoso.test")).received(2);
    }

    @Test
    void aSiteThatIsCutOffKeepsItsMailAndGetsNone(MailOrganization org) {
        org.site("Munich").cut();

        var sent = org.message(post(org, "into the dark"));
        org.clock().advance(Duration.ofHours(5));

        assertThat(sent).queuedAt("Berlin").neverTouched("Munich");
        assertThat(org.mailbox("anna@contoso.test")).received(1).bounced("4.4.7"); // delayed
        org.mailbox("anna@contoso.test").clear();
        assertThat(org.mailbox("anna@contoso.test")).receivedNothing();
    }

    @Test
    void strangersMayNotSendThroughAHub(MailOrganization org) {
        SendResult refused = org.send(mail -> mail.from("x@elsewhere.test")
                .to("y@elsewhere.test")
                .via("BER-HT1")
                .anonymous());

        assertThat(refused.accepted()).isFalse();
        assertThat(org.server("BER-HT1").sessions().get(0).hello()).isEqualTo("stranger.invalid");
    }

    @Test
    void theInternetCanBeScriptedToo(MailOrganization org) {
        org.internetReplies().onRcpt().with(550, "5.1.1 nobody here");

        org.send(mail -> mail.from("anna@contoso.test").to("pat@fabrikam.test").via("BER-HT1"));

        assertThat(org.mailbox("anna@contoso.test")).received(1).bounced("5.1.1");
        assertThat(org.internet("fabrikam.test")).receivedNothing();
        org.internetReplies().clear();
        org.send(mail -> mail.from("anna@contoso.test").to("pat@fabrikam.test").via("BER-HT1"));
        assertThat(org.internet("fabrikam.test")).received(1).firstPath("BER-HT1");
        // The hub kept its connection: one session, two messages.
        assertThat(org.internetSessions())
                .singleElement()
                .satisfies(session -> assertThat(session.mails()).hasSize(2));
    }

    @Test
    void sessionsTellWhoSaidWhat(MailOrganization org) {
        org.send(mail -> mail.from("anna@contoso.test")
                .to("mia@contoso.test", "luca@contoso.test")
                .via("BER-HT1")
                .octets("From: <anna@contoso.test>\r\nTo: Mia <mia@contoso.test>\r\n\r\nhi\r\n"
                        .getBytes(java.nio.charset.StandardCharsets.US_ASCII)));
        assertThat(org.mailbox("luca@contoso.test")).received(1);

        SmtpSession client = org.server("BER-HT1").sessions().get(0);
        SmtpSession.Mail mail = client.mails().get(0);
        assertThat(client.identity()).isEmpty();
        assertThat(client.hello()).isEqualTo("client.test");
        assertThat(mail.sender()).isEqualTo("anna@contoso.test");
        assertThat(mail.parameters()).containsKey("SIZE");
        assertThat(mail.bcc()).contains("luca@contoso.test").doesNotContain("mia@contoso.test");
        assertThat(client.transcript())
                .containsSubsequence(
                        "S: 220 BER-HT1", "C: EHLO client.test", "C: MAIL FROM:<anna@contoso.test>", "S: 250 2.1.0");

        SmtpSession relay = org.server("MUC-HT1").sessions().get(0);
        assertThat(relay.identity()).isEqualTo("BER-HT1");
        assertThat(relay.transcript())
                .contains("C: AUTH SCRAM-SHA-256 (hidden)")
                .contains("C: XSTATE id=");
        assertThat(relay.mails().get(0).recipients())
                .extracting(SmtpSession.Rcpt::accepted)
                .isEqualTo(List.of(true, true));
    }
}
