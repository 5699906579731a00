package org.bridgehead.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bridgehead.junit.MailAssertions.assertThat;
import static org.bridgehead.junit.MailAssertions.logs;

import java.time.Duration;
import org.bridgehead.core.hub.TrackingEvent.Kind;
import org.bridgehead.engine.MailOrganization;
import org.bridgehead.engine.MessageHandle;
import org.junit.jupiter.api.Test;

/** Hours of retries, days until a message expires, a week in the dumpster: in milliseconds, by the clock. */
@BridgeheadTest(yaml = CheckoutMailTest.TOPOLOGY, allowUnsettled = true)
class LongTimesTest {
    private static MessageHandle post(MailOrganization org, String from, String to) {
        return org.message(org.send(mail -> mail.from(from).to(to).subject("in time")));
    }

    /** Four at a minute each, six at five minutes, then every ten. */
    @Test
    void anHourOfRetries(MailOrganization org) {
        org.link("Berlin-Munich").cut();
        MessageHandle message = post(org, "anna@contoso.test", "mia@contoso.test");

        org.clock().advance(Duration.ofHours(1));
        assertThat(message).retried(13).queuedAt("Berlin");

        org.link("Berlin-Munich").mend();
        org.clock().advance(Duration.ofMinutes(10));
        assertThat(message).received(1).retried(13);
    }

    @Test
    void aMessageExpiresAfterTwoDays(MailOrganization org) {
        org.link("Berlin-Munich").cut();
        MessageHandle message = post(org, "anna@contoso.test", "mia@contoso.test");

        org.clock().advance(Duration.ofHours(47));
        assertThat(message).queuedAt("Berlin");
        assertThat(org.mailbox("anna@contoso.test")).received(1).bounced("4.4.7"); // it is delayed
        org.clock().advance(Duration.ofHours(2));

        assertThat(message).bounced("4.4.7").received(0);
        assertThat(org.mailbox("anna@contoso.test")).received(2);
    }

    @Test
    void theDumpsterForgetsAfterSevenDays(MailOrganization org) {
        MessageHandle old = post(org, "mia@contoso.test", "anna@contoso.test");
        assertThat(org.mailbox("anna@contoso.test")).received(1);
        org.clock().advance(Duration.ofDays(7).plusMinutes(1));
        MessageHandle young = post(org, "mia@contoso.test", "anna@contoso.test");
        assertThat(org.mailbox("anna@contoso.test")).received(2);

        org.node("BER-MBX1A").lose(logs(2));
        org.clock().advance(Duration.ofMinutes(10));

        assertThat(org.failovers("BER-MBX1").get(1).lostMessages()).isEqualTo(2);
        assertThat(young).copies(1).events(Kind.DELIVER, Kind.DELIVER);
        assertThat(old).copies(0);
        assertThat(org.stillLost("BER-MBX1")).hasSize(1);
    }
}
