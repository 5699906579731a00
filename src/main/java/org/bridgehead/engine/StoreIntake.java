package org.bridgehead.engine;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bridgehead.core.directory.DirectoryEntry;
import org.bridgehead.core.mail.Envelope;
import org.bridgehead.core.mail.Facts;
import org.bridgehead.core.mail.InternalId;
import org.bridgehead.core.mail.Recipient;
import org.bridgehead.core.smtp.MessageStart;
import org.bridgehead.core.smtp.Reply;
import org.bridgehead.io.mailstore.DeliveryResult;
import org.bridgehead.io.mailstore.IncomingMessage;
import org.bridgehead.io.mailstore.MailStore;
import org.bridgehead.io.net.MessageSink;

/** Takes one message of one session into the mailboxes of an embedded node: one reply per recipient (LMTP). */
final class StoreIntake implements MessageSink.Incoming {
    private final MailStore store;
    private final EngineClock clock;
    private final Activity.Scope activity;
    private final IncomingMessage message;
    private final MessageStart start;
    private Runnable onDuplicate = () -> {};
    private boolean open = true;

    /**
     * Begins a message.
     *
     * @param number of the message at this node, for its Received field
     */
    StoreIntake(MailStore store, EngineClock clock, InternalId number, Activity.Scope activity) {
        this.store = store;
        this.clock = clock;
        this.activity = activity;
        this.start = new MessageStart(number, Drivers.newTransportId(), clock.now());
        this.message = store.newMessage();
        activity.begin();
    }

    /** Who hears of each second copy that is dropped. */
    StoreIntake tellingOfDuplicates(Runnable told) {
        onDuplicate = told;
        return this;
    }

    @Override
    public MessageStart start() {
        return start;
    }

    @Override
    public void write(byte[] octets, int offset, int length) throws IOException {
        message.write(octets, offset, length);
    }

    @Override
    public List<Reply> end(Envelope envelope, Facts facts) {
        try {
            return deliver(message, envelope, facts);
        } finally {
            abort();
        }
    }

    private List<Reply> deliver(IncomingMessage complete, Envelope envelope, Facts facts) {
        List<DirectoryEntry.Mailbox> mailboxes = new ArrayList<>();
        List<Integer> places = new ArrayList<>();
        for (Recipient recipient : envelope.recipients()) {
            Optional<DirectoryEntry.Mailbox> mailbox = store.accepts(recipient.address());
            places.add(mailbox.isPresent() ? mailboxes.size() : -1);
            mailbox.ifPresent(mailboxes::add);
        }
        List<DeliveryResult> results = deliver(complete, envelope, facts, mailboxes);
        return places.stream()
                .map(place -> place < 0
                        // It was there at RCPT: its storage group has been dismounted since, or it has moved.
                        ? Reply.of(451, "4.3.2", "the mailbox is not here at the moment")
                        : reply(results.get(place), mailboxes.get(place)))
                .toList();
    }

    private List<DeliveryResult> deliver(
            IncomingMessage complete, Envelope envelope, Facts facts, List<DirectoryEntry.Mailbox> mailboxes) {
        List<DeliveryResult> results = mailboxes.isEmpty()
                ? List.of()
                : complete.commit(envelope.sender(), mailboxes, facts.state(), clock.now());
        results.stream().filter(DeliveryResult.Duplicate.class::isInstance).forEach(dropped -> onDuplicate.run());
        return results;
    }

    private static Reply reply(DeliveryResult result, DirectoryEntry.Mailbox mailbox) {
        if (result instanceof DeliveryResult.Failed failed) {
            return Reply.of(452, "4.3.1", failed.why());
        }
        return result instanceof DeliveryResult.Duplicate
                ? Reply.of(250, "2.1.5", "duplicate dropped for " + mailbox.name())
                : Reply.of(250, "2.1.5", "delivered to " + mailbox.name());
    }

    @Override
    public void abort() {
        if (open) {
            open = false;
            message.close();
            activity.end();
        }
    }
}
