package com.example.shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bridgehead.junit.MailAssertions.assertThat;
import static org.bridgehead.junit.MailAssertions.logs;

import java.time.Duration;
import java.util.List;
import org.bridgehead.engine.MailOrganization;
import org.bridgehead.engine.MailboxHandle;
import org.bridgehead.engine.ServerHandle;
import org.bridgehead.engine.SmtpSession;
import org.bridgehead.junit.BridgeheadTest;
import org.bridgehead.junit.Mailbox;
import org.bridgehead.junit.Server;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A shop in Berlin whose customers have their mailboxes in Rome, two sites away. Each test gets the whole organisation anew:
 * in memory, on free ports, in a time that moves only when the test says so.
 */
@BridgeheadTest("classpath:shop.yaml")
class CheckoutTest {
    private Checkout shop;

    @BeforeEach
    void theShopSendsByBerlin(@Server("BER-HT1") ServerHandle berlin) {
        shop = new Checkout(berlin.smtp());
    }

    @Test
    void theCustomerGetsAConfirmation(@Mailbox("mia@contoso.test") MailboxHandle mia) throws Exception {
        shop.confirm("4711", "mia@contoso.test");

        assertThat(mia).received(1).subject("Your order 4711").firstSites("Berlin", "Vienna", "Rome");
    }

    @Test
    void theBooksGetACopyThatTheCustomerDoesNotSee(MailOrganization org) throws Exception {
        shop.confirm("4711", "mia@contoso.test");

        SmtpSession.Mail sent = org.server("BER-HT1").sessions().get(0).mails().get(0);
        assertThat(sent.bcc()).containsExactly("books@contoso.test");
        assertThat(org.mailbox("mia@contoso.test")).received(1);
        assertThat(new String(org.mailbox("mia@contoso.test").messages().get(0).octets()))
                .doesNotContain("books@contoso.test");
    }

    @Test
    void theShopTriesAgainWhenItIsToldNotNow(MailOrganization org) throws Exception {
        org.server("BER-HT1").replies().onRcpt("mia@contoso.test").with(451, "4.3.0 not now").times(1);

        shop.confirm("4711", "mia@contoso.test");

        assertThat(org.mailbox("mia@contoso.test")).received(1);
    }

    @Test
    void mailWaitsForVienna(MailOrganization org) throws Exception {
        org.link("Berlin-Vienna").cut();
        shop.confirm("4711", "mia@contoso.test");
        org.clock().advance(Duration.ofHours(5));
        assertThat(org.mailbox("mia@contoso.test")).receivedNothing();
        assertThat(org.mailbox("shop@contoso.test")).received(1).bounced("4.4.7"); // "it is delayed", after four hours

        org.link("Berlin-Vienna").mend();
        org.clock().advance(Duration.ofMinutes(10));

        assertThat(org.mailbox("mia@contoso.test")).received(1);
    }

    @Test
    void aWrongAddressComesBackToTheShop(MailOrganization org) throws Exception {
        shop.confirm("4711", "nobody@contoso.test");

        assertThat(org.mailbox("shop@contoso.test")).received(1).bounced("5.1.1");
    }

    @Test
    void aMailboxServerThatDiesWithItsLastLogLosesNoConfirmation(MailOrganization org) throws Exception {
        for (String order : List.of("1", "2", "3")) {
            shop.confirm(order, "mia@contoso.test");
        }
        assertThat(org.mailbox("mia@contoso.test")).received(3);

        org.node("ROM-MBX1A").lose(logs(1));
        org.clock().advance(Duration.ofMinutes(10)); // the other machine takes over, hubs deliver again from their dumpsters

        assertThat(org.mailbox("mia@contoso.test")).received(3);
    }
}
