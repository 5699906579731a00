package org.bridgehead.core.hub;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.mail.InternalId;
import org.bridgehead.core.mail.Recipient;
import org.bridgehead.core.queue.DeliveryQueue;
import org.bridgehead.core.queue.QueuedCopy;
import org.bridgehead.core.topology.Names;

/**
 * Collects {@link MessageView}s: copies of one message in one queue are one view, in the first state met of sending,
 * standing apart, ready. For one question, on the hub's thread.
 */
final class MessageList {
    private record Key(String queue, InternalId id) {}

    private final String server;
    private final MessageFilter filter;
    private final Ledger ledger;
    private final Apart apart;
    private final Map<Key, MessageView> views = new LinkedHashMap<>();

    MessageList(String server, MessageFilter filter, Ledger ledger, Apart apart) {
        this.server = server;
        this.filter = filter;
        this.ledger = ledger;
        this.apart = apart;
    }

    boolean wants(String queue) {
        return !isFull()
                && (filter.queue().isEmpty() || Names.same(filter.queue().get(), queue));
    }

    boolean isFull() {
        return views.size() >= filter.limit();
    }

    List<MessageView> views() {
        return List.copyOf(views.values());
    }

    /** A message that is being resolved. */
    void categorizing(MailItem item) {
        List<EmailAddress> open = new ArrayList<>();
        MailCopy original = item.original();
        original.open().forEach(i -> open.add(original.recipients().get(i).address()));
        MessageStatus status = removing(item.id(), Operation.SUBMISSION).orElse(MessageStatus.ACTIVE);
        add(Operation.SUBMISSION, item.id(), status, open, Optional.empty(), "", item);
    }

    /** A message that waits for room, or for an operator. */
    void parked(DeliveryQueue.Unloaded message) {
        put(
                Operation.SUBMISSION,
                message,
                removing(message.id(), Operation.SUBMISSION).orElse(MessageStatus.READY),
                Optional.empty(),
                "");
    }

    /** A message that crashed the server. */
    void poison(DeliveryQueue.Unloaded message) {
        put(Poison.QUEUE, message, MessageStatus.SUSPENDED, Optional.empty(), "crashed the server");
    }

    void sending(DeliveryQueue queue, QueuedCopy copy) {
        MessageStatus status = apart.wish(copy.copy().message(), queue.name())
                .map(wish -> wish == Apart.Wish.SUSPEND ? MessageStatus.PENDING_SUSPEND : MessageStatus.PENDING_REMOVE)
                .orElse(MessageStatus.ACTIVE);
        add(queue.name(), copy, status, Optional.empty(), queue.lastError());
    }

    void apart(Apart.Entry entry) {
        add(
                entry.queue(),
                entry.copy(),
                entry.isHeld() ? MessageStatus.SUSPENDED : MessageStatus.RETRY,
                entry.until(),
                entry.why());
    }

    void waiting(DeliveryQueue queue, QueuedCopy copy) {
        add(queue.name(), copy, status(queue), queue.retryAt(), queue.lastError());
    }

    /** The states of messages do not change when their queue is held (BEHAVIOUR 3.1). */
    private static MessageStatus status(DeliveryQueue queue) {
        return queue.retryAt().isPresent() ? MessageStatus.RETRY : MessageStatus.READY;
    }

    void unloaded(DeliveryQueue queue, DeliveryQueue.Unloaded message) {
        MessageStatus status = apart.wish(message.id(), queue.name())
                .map(wish -> wish == Apart.Wish.SUSPEND ? MessageStatus.SUSPENDED : MessageStatus.PENDING_REMOVE)
                .orElseGet(() -> status(queue));
        put(queue.name(), message, status, queue.retryAt(), queue.lastError());
    }

    private Optional<MessageStatus> removing(InternalId id, String queue) {
        return apart.wish(id, queue).filter(wish -> wish != Apart.Wish.SUSPEND).map(w -> MessageStatus.PENDING_REMOVE);
    }

    private void add(String queue, QueuedCopy copy, MessageStatus status, Optional<Instant> next, String error) {
        add(
                queue,
                copy.copy().message(),
                status,
                copy.recipients().stream()
                        .map(QueuedCopy.Stop::recipient)
                        .map(Recipient::address)
                        .toList(),
                next,
                error,
                ledger.copyOf(copy).item());
    }

    private void add(
            String queue,
            InternalId id,
            MessageStatus status,
            List<EmailAddress> recipients,
            Optional<Instant> next,
            String error,
            MailItem item) {
        Key key = new Key(queue, id);
        MessageView known = views.get(key);
        if (!filter.matches(id) || known == null && isFull()) {
            return;
        }
        List<EmailAddress> named = new ArrayList<>(known == null ? List.of() : known.recipients());
        recipients.stream().limit(MessageView.MOST_RECIPIENTS - named.size()).forEach(named::add);
        views.put(
                key,
                new MessageView(
                        server + "\\" + queue + "\\" + id,
                        id,
                        queue,
                        known == null ? status : known.status(),
                        item.state().submitted(),
                        named,
                        recipients.size() + (known == null ? 0 : known.recipientCount()),
                        known == null ? next : known.nextRetry(),
                        known == null ? error : known.lastError(),
                        Optional.of(item.accepted())));
    }

    private void put(
            String queue, DeliveryQueue.Unloaded message, MessageStatus status, Optional<Instant> next, String error) {
        if (filter.matches(message.id()) && !isFull()) {
            views.putIfAbsent(
                    new Key(queue, message.id()),
                    new MessageView(
                            server + "\\" + queue + "\\" + message.id(),
                            message.id(),
                            queue,
                            status,
                            message.submitted(),
                            List.of(),
                            0,
                            next,
                            error,
                            Optional.empty()));
        }
    }
}
