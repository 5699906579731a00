package com.example.shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bridgehead.junit.MailAssertions.assertThat;

import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.Session;
import jakarta.mail.Store;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.bridgehead.engine.MailOrganization;
import org.bridgehead.io.config.TopologyBuilder;
import org.bridgehead.junit.BridgeheadExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The topology in code instead of a file, and one mailbox for whatever address the program makes up. */
class InCodeTest {
    @RegisterExtension
    static final BridgeheadExtension MAIL = BridgeheadExtension.of(TopologyBuilder.of("Shop", "contoso.test")
                    .site("Berlin", site -> site.hubs("HUB").mailboxServer("MAILBOXES"))
                    .mailbox("*@contoso.test", "MAILBOXES")
                    .internetBy("HUB")
                    .build())
            .withOneOrganizationPerClass();

    @Test
    void whoeverTheCustomerIs(MailOrganization org) throws Exception {
        new Checkout(org.server("HUB").smtp()).confirm("1", "customer-8472@contoso.test");
        new Checkout(org.server("HUB").smtp()).confirm("2", "pat@fabrikam.test");

        assertThat(org.internet("pat@fabrikam.test")).received(1).subject("Your order 2");
        org.clock().runUntilIdle(); // the copies for the shop, too; in which order they arrive is not said
        InetSocketAddress imap = org.imap("MAILBOXES");
        try (Store store = Session.getInstance(new Properties()).getStore("imap")) {
            store.connect(imap.getHostString(), imap.getPort(), "*@contoso.test", "*@contoso.test");
            try (Folder inbox = store.getFolder("INBOX")) {
                inbox.open(Folder.READ_ONLY);
                List<String> subjects = new ArrayList<>();
                for (Message message : inbox.getMessages()) {
                    subjects.add(message.getSubject());
                }
                assertThat(subjects).contains("Your order 1");
            }
        }
    }
}
