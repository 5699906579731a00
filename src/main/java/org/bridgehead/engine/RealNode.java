package org.bridgehead.engine;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.bridgehead.core.hub.Transmission;
import org.bridgehead.core.mail.EnhancedStatus;
import org.bridgehead.core.mail.Recipient;
import org.bridgehead.core.mail.RecipientOutcome;
import org.bridgehead.core.mail.TransferState;
import org.bridgehead.core.smtp.Outgoing;
import org.bridgehead.core.topology.MailboxNode;
import org.bridgehead.io.imap.ImapSearch;
import org.bridgehead.io.net.BodySource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deliveries to one real mailbox node. Each message gets its identity as first header field; a copy that was tried or
 * delivered before is looked up by it over IMAP, recipient by recipient, and sent to those who do not have it (DECISIONS
 * 5.2). Who cannot be looked up waits. A node that cannot be asked at all gets it again. Safe for any thread.
 */
final class RealNode implements AutoCloseable {
    /** The header field with the identity of a message in the organisation. */
    static final String FIELD = "X-Bridgehead-Id";

    private static final Logger LOG = LoggerFactory.getLogger(RealNode.class);
    private static final EnhancedStatus NOT_ANSWERED = EnhancedStatus.of("4.4.3");

    /** A connection to the node. */
    interface Wire {
        /** One transaction; an outcome for each recipient, in order. */
        List<RecipientOutcome> transmit(Outgoing mail, BodySource body);
    }

    private final MailboxNode node;
    private final Optional<ImapSearch> search;
    private final AtomicLong dropped = new AtomicLong();
    private final AtomicBoolean warned = new AtomicBoolean();

    /**
     * A node.
     *
     * @param search into its mailboxes; empty = it cannot be asked
     */
    RealNode(MailboxNode node, Optional<ImapSearch> search) {
        this.node = node;
        this.search = search;
    }

    MailboxNode node() {
        return node;
    }

    String name() {
        return node.name();
    }

    /** Second copies that were not sent, so far. */
    long duplicatesDropped() {
        return dropped.get();
    }

    /** Delivers to those who need it. */
    List<RecipientOutcome> deliver(Transmission mail, BodySource body, Wire wire) {
        List<Optional<RecipientOutcome>> known = known(mail);
        List<Recipient> others = new ArrayList<>();
        for (int i = 0; i < known.size(); i++) {
            if (known.get(i).isEmpty()) {
                others.add(mail.envelope().recipients().get(i));
            }
        }
        Iterator<RecipientOutcome> sent =
                others.isEmpty() ? List.<RecipientOutcome>of().iterator() : send(mail, others, body, wire);
        return known.stream().map(one -> one.orElseGet(sent::next)).toList();
    }

    private static Iterator<RecipientOutcome> send(
            Transmission mail, List<Recipient> recipients, BodySource body, Wire wire) {
        Outgoing outgoing = new Outgoing(
                mail.envelope().to(recipients),
                Optional.of(mail.state()),
                mail.header().eightBit(),
                mail.header().utf8Header());
        return wire.transmit(
                        outgoing, new HeadedBody(FIELD + ": " + mail.state().id(), body))
                .iterator();
    }

    /** What is certain without sending, by recipient. */
    private List<Optional<RecipientOutcome>> known(Transmission mail) {
        List<Recipient> recipients = mail.envelope().recipients();
        boolean again = mail.state().has(TransferState.Flag.AGAIN);
        if (again && search.isEmpty() && warned.compareAndSet(false, true)) {
            LOG.warn(
                    "{} may get mail twice: without imap, imapMasterUser and imapPasswordFile it cannot be asked what"
                            + " it has",
                    name());
        }
        return again && search.isPresent()
                ? recipients.stream()
                        .map(recipient -> lookUp(search.get(), mail, recipient))
                        .toList()
                : recipients.stream()
                        .map(recipient -> Optional.<RecipientOutcome>empty())
                        .toList();
    }

    private Optional<RecipientOutcome> lookUp(ImapSearch mailboxes, Transmission mail, Recipient recipient) {
        try {
            if (!mailboxes.has(
                    recipient.address().toString(), FIELD, mail.state().id().toString())) {
                return Optional.empty();
            }
            dropped.incrementAndGet();
            LOG.debug("{}: duplicate of {} dropped for {}", name(), mail.state().id(), recipient.address());
            return Optional.of(new RecipientOutcome.Delivered("duplicate dropped: " + name() + " has it"));
        } catch (IOException e) {
            LOG.warn("{} cannot be asked for a second copy for {}: {}", name(), recipient.address(), e.getMessage());
            return Optional.of(new RecipientOutcome.Deferred(NOT_ANSWERED, String.valueOf(e.getMessage())));
        }
    }

    /** Closes connections of a run of questions that is over. */
    void rest() {
        search.ifPresent(ImapSearch::rest);
    }

    @Override
    public void close() {
        search.ifPresent(ImapSearch::close);
    }
}
