package org.bridgehead.core.hub;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import org.bridgehead.core.mail.InternalId;
import org.bridgehead.core.mail.Priority;
import org.bridgehead.core.queue.DeliveryQueue;
import org.bridgehead.core.queue.QueueStatus;
import org.bridgehead.core.routing.NextHop;
import org.bridgehead.core.topology.Names;

/** Queues and messages as operators see them. Changes nothing but the numbers it gives to queues; on the hub's thread. */
final class Views {
    private final Operators.Parts parts;
    private final SortedSet<String> held;
    private final TreeMap<String, Integer> numbers = Names.map();
    private int lastNumber;

    /**
     * Views of the queues in {@code parts}.
     *
     * @param held names of held queues, as they are at each look
     */
    Views(Operators.Parts parts, SortedSet<String> held) {
        this.parts = parts;
        this.held = held;
    }

    private String self() {
        return parts.desk().self();
    }

    /** How a delivery queue stands. */
    QueueView of(DeliveryQueue queue) {
        int sending = parts.connections().count(queue, Link.State.BUSY);
        List<Apart.Entry> apart = parts.apart().of(queue.name());
        QueueStatus status = status(queue, sending, parts.connections().count(queue, Link.State.OPENING));
        return new QueueView(
                self() + "\\" + queue.name(),
                number(queue.name()),
                DeliveryType.of(queue.hop(), parts.desk().snapshot().topology()),
                DeliveryType.nextHopDomain(queue.hop()),
                status,
                queue.size() + queue.unloadedSize() + apart.size() + sending,
                queue.waiting(Priority.HIGH),
                queue.waiting(Priority.LOW),
                queue.failures(),
                queue.lastFailure(),
                queue.retryAt(),
                queue.lastError(),
                reason(queue, status, apart));
    }

    private static QueueStatus status(DeliveryQueue queue, int sending, int opening) {
        if (queue.isSuspended()) {
            return QueueStatus.SUSPENDED;
        } else if (queue.retryAt().isPresent()) {
            return QueueStatus.RETRY;
        } else if (sending > 0) {
            return QueueStatus.ACTIVE;
        }
        return opening > 0 ? QueueStatus.CONNECTING : QueueStatus.READY;
    }

    private static String reason(DeliveryQueue queue, QueueStatus status, List<Apart.Entry> apart) {
        int waiting = queue.size() + queue.unloadedSize();
        if (waiting == 0 && apart.isEmpty() && queue.mayTry()) {
            return "";
        }
        List<String> reasons = new ArrayList<>();
        if (status == QueueStatus.SUSPENDED) {
            reasons.add("an operator holds the queue");
        } else if (waiting > 0 && queue.hop() instanceof NextHop.Unreachable none) {
            reasons.add("no way: " + none.reason() + "; waits for a change of the topology");
        } else if (status == QueueStatus.RETRY) {
            reasons.add("nobody answered: " + queue.lastError());
        } else if (waiting > 0) {
            reasons.add("waits for a connection");
        }
        long held = apart.stream().filter(Apart.Entry::isHeld).count();
        if (held > 0) {
            reasons.add(held + " held by an operator");
        }
        apart.stream()
                .filter(entry -> !entry.isHeld())
                .findFirst()
                .ifPresent(first -> reasons.add(apart.size() - held
                        + " put off by the next server, to be tried by themselves"
                        + first.until().map(at -> ", the first at " + at).orElse("") + ": " + first.why()));
        return String.join("; ", reasons);
    }

    private int number(String queue) {
        return numbers.computeIfAbsent(queue, name -> ++lastNumber);
    }

    /** All queues by name, what is not routed yet first. */
    List<QueueView> all() {
        numbers.keySet().removeIf(name -> parts.queues().get(name) == null);
        List<QueueView> all = new ArrayList<>();
        all.add(submission());
        parts.poison().view().ifPresent(all::add);
        TreeMap<String, QueueView> byName = Names.map();
        held.forEach(name -> byName.put(name, held(name)));
        byName.remove(Operation.SUBMISSION);
        parts.queues().values().forEach(queue -> byName.put(queue.name(), of(queue)));
        all.addAll(byName.values());
        return all;
    }

    /** A held queue that is not there at present: it shows, so that it can be freed. */
    private QueueView held(String name) {
        return new QueueView(
                self() + "\\" + name,
                0,
                DeliveryType.UNDEFINED,
                name.substring(name.indexOf(':') + 1),
                QueueStatus.SUSPENDED,
                0,
                0,
                0,
                0,
                Optional.empty(),
                Optional.empty(),
                "",
                "an operator holds the queue");
    }

    private QueueView submission() {
        boolean held = parts.shelf().isSuspended();
        int working = (int)
                parts.ledger().byNumber().stream().filter(Views::isWorkedOn).count();
        int waiting = parts.shelf().size();
        return new QueueView(
                self() + "\\" + Operation.SUBMISSION,
                0,
                DeliveryType.UNDEFINED,
                Operation.SUBMISSION,
                held ? QueueStatus.SUSPENDED : working > 0 ? QueueStatus.ACTIVE : QueueStatus.READY,
                working + waiting,
                0,
                0,
                0,
                Optional.empty(),
                Optional.empty(),
                "",
                held ? "an operator holds the queue" : waiting > 0 ? "waits for room in memory" : "");
    }

    private static boolean isWorkedOn(MailItem item) {
        return item.copies().stream().anyMatch(MailCopy::isWorkedOn);
    }

    /** Whether something of a message is in a queue and can be had there, now or later; what stands apart aside. */
    boolean isIn(DeliveryQueue queue, InternalId message) {
        return queue.copies().anyMatch(copy -> copy.copy().message().equals(message))
                || parts.connections().sending(queue).stream()
                        .anyMatch(copy -> copy.copy().message().equals(message))
                || queue.unloaded().anyMatch(one -> one.id().equals(message));
    }

    /** Whether a message is not wholly routed yet. */
    boolean isInSubmission(InternalId message) {
        return parts.shelf().waiting().anyMatch(one -> one.id().equals(message))
                || parts.ledger().find(message).filter(Views::isWorkedOn).isPresent();
    }

    /** The messages that an operator asks for, queue by queue. */
    List<MessageView> messages(MessageFilter filter) {
        MessageList list = new MessageList(self(), filter, parts.ledger(), parts.apart());
        if (list.wants(Operation.SUBMISSION)) {
            Iterable<MailItem> items = filter.id().isPresent()
                    ? parts.ledger().find(filter.id().get()).stream().toList()
                    : parts.ledger().byNumber();
            items.forEach(item -> {
                if (isWorkedOn(item)) {
                    list.categorizing(item);
                }
            });
            parts.shelf().waiting().forEach(list::parked);
        }
        if (list.wants(Poison.QUEUE)) {
            parts.poison().messages().forEach(list::poison);
        }
        for (DeliveryQueue queue : parts.queues().values()) {
            if (list.wants(queue.name())) {
                parts.connections().sending(queue).forEach(copy -> list.sending(queue, copy));
                parts.apart().of(queue.name()).forEach(list::apart);
                queue.copies().takeWhile(copy -> !list.isFull()).forEach(copy -> list.waiting(queue, copy));
                queue.unloaded().takeWhile(one -> !list.isFull()).forEach(one -> list.unloaded(queue, one));
            }
        }
        return list.views();
    }

    /** Messages or queues that an operation would touch. */
    int concerned(Operation operation) {
        if (operation instanceof Operation.SuspendMessage message) {
            return count(message.message(), message.queue(), false);
        } else if (operation instanceof Operation.ResumeMessage message) {
            return count(message.message(), message.queue(), false);
        } else if (operation instanceof Operation.RemoveMessage message) {
            return count(message.message(), message.queue(), true);
        }
        return operation instanceof Operation.Drain ? 1 : isThere(queue(operation)) ? 1 : 0;
    }

    private int count(InternalId message, String queue, boolean submission) {
        return (int) messages(MessageFilter.of(message)).stream()
                .filter(view -> queue.equals(Operation.EVERY_QUEUE) || Names.same(view.queue(), queue))
                .filter(view -> submission || !Names.same(view.queue(), Operation.SUBMISSION))
                .count();
    }

    private static String queue(Operation operation) {
        if (operation instanceof Operation.RetryQueue its) {
            return its.queue();
        } else if (operation instanceof Operation.SuspendQueue its) {
            return its.queue();
        } else if (operation instanceof Operation.ResumeQueue its) {
            return its.queue();
        }
        return ((Operation.DrainQueue) operation).queue();
    }

    private boolean isThere(String queue) {
        return Names.same(queue, Operation.SUBMISSION)
                || Names.same(queue, Poison.QUEUE) && parts.poison().size() > 0
                || parts.queues().get(queue) != null
                || held.contains(queue);
    }
}
