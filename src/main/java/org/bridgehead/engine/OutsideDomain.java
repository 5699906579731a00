package org.bridgehead.engine;

import java.util.List;
import org.bridgehead.core.mail.EmailAddress;

/** All addresses of a domain outside, as one mailbox. Safe for any thread. */
record OutsideDomain(MailOrganization organization, InternetHosts internet, String domain) implements MailboxHandle {
    @Override
    public EmailAddress address() {
        return EmailAddress.of("*@" + domain);
    }

    @Override
    public List<ReceivedMail> messages() {
        return internet.messagesOf(domain);
    }

    @Override
    public void clear() {
        internet.mailboxesOf(domain).forEach(StoredMailbox::clear);
    }
}
