package org.bridgehead.junit;

import java.util.List;
import org.assertj.core.api.AbstractAssert;
import org.bridgehead.engine.MailboxHandle;
import org.bridgehead.engine.ReceivedMail;

/**
 * Assertions about a mailbox. Each one first waits until the mail under way has come to rest; virtual time stands still
 * meanwhile. A failure tells what happened to the messages for this mailbox. Counted from 0, oldest first.
 */
public final class MailboxAssert extends AbstractAssert<MailboxAssert, MailboxHandle> {
    MailboxAssert(MailboxHandle mailbox) {
        super(mailbox, MailboxAssert.class);
    }

    /** It holds exactly {@code count} messages. */
    public MailboxAssert received(int count) {
        List<ReceivedMail> messages = atLeast(count);
        if (messages.size() != count) {
            throw failed("to hold " + count(count) + ", but it holds " + messages.size());
        }
        return this;
    }

    /** It holds nothing. */
    public MailboxAssert receivedNothing() {
        return received(0);
    }

    /** The hubs and edges that handled its first message were these, in this order, as its Received fields tell. */
    public MailboxAssert firstPath(String... servers) {
        first().path(servers);
        return this;
    }

    /** The sites that its first message stopped at were these, in this order, as its Received fields tell. */
    public MailboxAssert firstSites(String... sites) {
        first().sites(sites);
        return this;
    }

    /** Its first message has this subject. */
    public MailboxAssert subject(String subject) {
        first().subject(subject);
        return this;
    }

    /**
     * No message that it holds stopped at a site, as their Received fields tell.
     *
     * @throws IllegalArgumentException when the organisation has no such site
     */
    public MailboxAssert neverTouched(String site) {
        if (mailbox().organization().topology().site(site).isEmpty()) {
            throw new IllegalArgumentException("no site " + site + "; there are "
                    + String.join(
                            ", ", mailbox().organization().topology().sites().keySet()));
        }
        List<ReceivedMail> messages = atLeast(0);
        for (int at = 0; at < messages.size(); at++) {
            about(messages.get(at), at).notThrough(site);
        }
        return this;
    }

    /** It got a delivery report in which some recipient has this enhanced status, such as {@code 5.1.1}. */
    public MailboxAssert bounced(String status) {
        Settling.settle(mailbox().organization(), () -> hasReport(status));
        if (!hasReport(status)) {
            throw failed("to hold a delivery report with status " + status);
        }
        return this;
    }

    private boolean hasReport(String status) {
        return mailbox().messages().stream()
                .anyMatch(message -> MailText.reportedStatuses(message.octets()).contains(status));
    }

    /** Assertions about its first message. */
    public ReceivedMailAssert first() {
        return message(0);
    }

    /** Assertions about one of its messages, counted from 0. */
    public ReceivedMailAssert message(int index) {
        List<ReceivedMail> messages = atLeast(index + 1);
        if (messages.size() <= index) {
            throw failed("to hold at least " + count(index + 1) + ", but it holds " + messages.size());
        }
        return about(messages.get(index), index);
    }

    private ReceivedMailAssert about(ReceivedMail message, int index) {
        return new ReceivedMailAssert(message)
                .as("message %d of %s", index, mailbox().address())
                .withStory(() -> Story.of(mailbox().organization(), mailbox().address()));
    }

    private List<ReceivedMail> atLeast(int count) {
        MailboxHandle mailbox = mailbox();
        Settling.settle(mailbox.organization(), () -> mailbox.messages().size() >= count);
        return mailbox.messages();
    }

    private MailboxHandle mailbox() {
        isNotNull();
        return actual;
    }

    private AssertionError failed(String expectation) {
        return failure(
                "%s",
                "Expected " + mailbox().address() + " " + expectation + ".\n"
                        + Story.of(mailbox().organization(), mailbox().address()));
    }

    private static String count(int messages) {
        return messages == 1 ? "1 message" : messages + " messages";
    }
}
