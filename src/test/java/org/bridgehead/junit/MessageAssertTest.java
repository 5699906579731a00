package org.bridgehead.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.bridgehead.junit.MailAssertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import org.bridgehead.core.hub.TrackingEvent.Kind;
import org.bridgehead.engine.MailOrganization;
import org.bridgehead.engine.MailboxHandle;
import org.bridgehead.engine.MessageHandle;
import org.junit.jupiter.api.Test;

/** One message, followed by its identity. */
@BridgeheadTest(yaml = CheckoutMailTest.TOPOLOGY)
class MessageAssertTest {
    private static MessageHandle post(MailOrganization org, String... to) {
        return org.message(org.send(mail ->
                mail.from("anna@contoso.test").to(to).subject("to all").via("BER-HT1")));
    }

    @Test
    void aGroupOverALinkIsOneCopyUntilTheFork(MailOrganization org) {
        MessageHandle message = post(org, "all@contoso.test");

        assertThat(message)
                .received(3)
                .copies(3)
                .transfers(1)
                .neverTouched("Paris")
                .retried(0)
                .events(Kind.RECEIVE, Kind.EXPAND, Kind.SEND, Kind.DELIVER);
        assertThatThrownBy(() -> assertThat(message).copies(4)).hasMessageContaining("but it does 3 times");
        assertThatThrownBy(() -> assertThat(message).transfers(3)).hasMessageContaining("but it did 1 time.");
        assertThatThrownBy(() -> assertThat(message).neverTouched("Munich")).hasMessageContaining("but it was");
        assertThatThrownBy(() -> assertThat(message).path("BER-HT1", "MUC-HT1"))
                .hasMessageContaining("and by");
    }

    @Test
    void aMessageThatWaitsSaysWhereAndWhy(MailOrganization org, @Mailbox("mia@contoso.test") MailboxHandle mia) {
        org.link("Berlin-Munich").cut();
        MessageHandle message = post(org, "mia@contoso.test");
        org.clock().advance(Duration.ofMinutes(10));

        assertThat(message).queuedAt("Berlin").queuedAt("BER-HT1").received(0).copies(0);
        assertThatThrownBy(() -> assertThat(message).queuedAt("Munich")).hasMessageContaining("but it waits at [BER-HT1]");
        assertThatThrownBy(() -> assertThat(message).queuedAt("Munchi")).hasMessageContaining("no site and no server");
        assertThatThrownBy(() -> assertThat(message).bounced("5.1.1")).hasMessageContaining("it has not failed");

        org.link("Berlin-Munich").mend();
        org.clock().advance(Duration.ofMinutes(10));
        assertThat(message).received(1).path("BER-HT1", "MUC-HT1");
        assertThat(mia).received(1);
    }

    @Test
    void aMessageThatNobodyCanGetHasFailed(MailOrganization org) {
        assertThat(post(org, "nobody@contoso.test")).bounced("5.1.1").received(0);
        org.server("BER-HT1").reply(421, "busy");
        assertThatThrownBy(() -> post(org, "mia@contoso.test"))
                .hasMessageContaining("BER-HT1 did not take the message");
    }

    /** The text of a failure is documentation: it is reviewed as a whole. */
    @Test
    void aFailureTellsTheStoryWithItsReasons(MailOrganization org) throws IOException {
        org.link("Berlin-Munich").cut();
        org.server("PAR-HT1").kill();
        MessageHandle message = org.message(org.send(mail -> mail.from("anna@contoso.test")
                .to("mia@contoso.test", "nobody@contoso.test")
                .via("BER-HT1")
                .octets("Message-ID: <order-4711@shop.test>\r\n\r\nThank you.\r\n".getBytes(StandardCharsets.US_ASCII))));
        org.clock().advance(Duration.ofMinutes(4));

        assertThatThrownBy(() -> assertThat(message).received(2))
                .isInstanceOf(AssertionError.class)
                .message()
                .isEqualToNormalizingNewlines(golden("failure.txt"));
    }

    private static String golden(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(MessageAssertTest.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        }
    }
}
