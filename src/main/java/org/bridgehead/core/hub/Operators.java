package org.bridgehead.core.hub;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.bridgehead.core.mail.InternalId;
import org.bridgehead.core.queue.DeliveryQueue;
import org.bridgehead.core.queue.QueuedCopy;
import org.bridgehead.core.routing.NextHop;
import org.bridgehead.core.topology.Names;

/**
 * What operators do with queues and single messages beside retrying (BEHAVIOUR 3.1), and what of it stands over a
 * restart. Owned by the hub's thread.
 */
final class Operators {
    /** What they work on. */
    record Parts(
            Desk desk,
            Ledger ledger,
            Shelf shelf,
            Connections connections,
            Attempts attempts,
            Apart apart,
            Removal removal,
            Poison poison,
            Names.Index<DeliveryQueue> queues) {}

    private final Parts parts;
    private final Apart apart;
    private final Views views;
    /** Names of held queues; a queue of that name that comes to be is held from the start. */
    private final TreeSet<String> suspended = new TreeSet<>(Names.ORDER);

    Operators(Parts parts) {
        this.parts = parts;
        this.apart = parts.apart();
        this.views = new Views(parts, suspended);
    }

    Views views() {
        return views;
    }

    /** A queue that was not there. */
    DeliveryQueue fresh(String name, NextHop hop) {
        DeliveryQueue queue = new DeliveryQueue(name, hop, parts.desk().now());
        queue.suspend(suspended.contains(name));
        return queue;
    }

    /** Holds or frees a queue, also one that is not there yet. */
    void suspend(String queue, boolean hold) {
        if (hold) {
            suspended.add(queue);
        } else {
            suspended.remove(queue);
        }
        if (Names.same(queue, Operation.SUBMISSION)) {
            parts.shelf().suspend(hold);
        }
        if (!hold && Names.same(queue, Poison.QUEUE)) {
            parts.poison().freeAll();
        }
        DeliveryQueue there = parts.queues().get(queue);
        if (there != null) {
            there.suspend(hold);
        }
    }

    /** Does with a copy that comes to a queue what was wanted with it. */
    boolean catches(DeliveryQueue queue, QueuedCopy copy) {
        return apart.catches(
                queue.name(), copy, queue.lastError(), parts.attempts().onward(copy, false));
    }

    /** What rests in a queue rests no longer. */
    void wake(DeliveryQueue queue) {
        apart.release(entry -> !entry.isHeld() && Names.same(entry.queue(), queue.name()));
    }

    List<QueuedCopy> takeResting(DeliveryQueue queue) {
        return apart.take(entry -> !entry.isHeld() && Names.same(entry.queue(), queue.name()));
    }

    void operate(Operation operation) {
        apart.forget(this::isGone);
        if (operation instanceof Operation.SuspendMessage suspend) {
            suspend(suspend);
        } else if (operation instanceof Operation.ResumeMessage resume) {
            if (meansPoison(resume.queue())) {
                parts.poison().free(resume.message());
            }
            apart.forget(resume.message(), resume.queue());
            apart.release(which(resume.message(), resume.queue()).and(Apart.Entry::isHeld));
        } else if (operation instanceof Operation.RemoveMessage remove) {
            if (meansPoison(remove.queue())) {
                parts.poison().delete(remove.message(), remove.report());
            }
            remove(remove);
        } else {
            throw new IllegalStateException("nobody does " + operation);
        }
    }

    private static boolean meansPoison(String queue) {
        return queue.equals(Operation.EVERY_QUEUE) || Names.same(queue, Poison.QUEUE);
    }

    private void suspend(Operation.SuspendMessage operation) {
        InternalId message = operation.message();
        for (DeliveryQueue queue : named(operation.queue())) {
            if (views.isIn(queue, message)) {
                apart.wish(message, queue.name(), Apart.Wish.SUSPEND);
                take(queue, message)
                        .forEach(copy -> apart.hold(
                                queue.name(),
                                copy,
                                queue.lastError(),
                                parts.attempts().onward(copy, false)));
            }
        }
        Predicate<Apart.Entry> its = which(message, operation.queue());
        apart.entries().forEach(entry -> {
            if (its.test(entry)) {
                apart.wish(message, entry.queue(), Apart.Wish.SUSPEND);
            }
        });
        apart.suspend(its);
    }

    private void remove(Operation.RemoveMessage operation) {
        InternalId message = operation.message();
        Apart.Wish wish = operation.report() ? Apart.Wish.REMOVE_AND_REPORT : Apart.Wish.REMOVE;
        boolean routed = !Names.same(operation.queue(), Operation.SUBMISSION);
        if ((!routed || operation.queue().equals(Operation.EVERY_QUEUE)) && views.isInSubmission(message)) {
            apart.wish(message, Operation.EVERY_QUEUE, wish);
        }
        for (DeliveryQueue queue : named(operation.queue())) {
            apart.forget(message, queue.name());
            take(queue, message).forEach(copy -> parts.removal().remove(copy, operation.report()));
            queue.takeUnloaded(message).ifPresent(away -> {
                // It is all that is left of the message (see Shelf), wherever it is routed to when it is back.
                apart.wish(message, Operation.EVERY_QUEUE, wish);
                parts.shelf().want(away);
            });
            if (views.isIn(queue, message)) {
                apart.wish(message, queue.name(), wish);
            }
        }
        apart.remove(which(message, operation.queue()), operation.report());
    }

    private List<DeliveryQueue> named(String queue) {
        return parts.queues().values().stream()
                .filter(one -> queue.equals(Operation.EVERY_QUEUE) || Names.same(one.name(), queue))
                .toList();
    }

    private static Predicate<Apart.Entry> which(InternalId message, String queue) {
        return entry -> entry.copy().copy().message().equals(message)
                && (queue.equals(Operation.EVERY_QUEUE) || Names.same(entry.queue(), queue));
    }

    /** Takes what of a message is ready in a queue. */
    private static List<QueuedCopy> take(DeliveryQueue queue, InternalId message) {
        List<QueuedCopy> taken = new ArrayList<>();
        if (queue.copies().noneMatch(copy -> copy.copy().message().equals(message))) {
            return taken;
        }
        for (QueuedCopy copy : queue.takeAll()) {
            if (copy.copy().message().equals(message)) {
                taken.add(copy);
            } else {
                queue.add(copy);
            }
        }
        return taken;
    }

    private boolean isGone(InternalId message) {
        return parts.ledger().find(message).isEmpty()
                && parts.shelf().waiting().noneMatch(one -> one.id().equals(message))
                && parts.queues().values().stream()
                        .noneMatch(queue ->
                                queue.unloaded().anyMatch(one -> one.id().equals(message)));
    }

    /** What has to be told to the next life of the hub. */
    List<Operation> standing() {
        apart.forget(this::isGone);
        List<Operation> told = new ArrayList<>();
        suspended.forEach(name -> told.add(new Operation.SuspendQueue(name)));
        told.addAll(apart.standing());
        told.addAll(parts.poison().standing(this::isGone));
        return told;
    }

    /** What an earlier life was told. */
    void restore(List<Operation> standing) {
        for (Operation operation : standing) {
            if (operation instanceof Operation.CountCrashes counted) {
                parts.poison().restore(counted);
            } else if (operation instanceof Operation.SuspendQueue queue) {
                suspend(queue.queue(), true);
            } else if (operation instanceof Operation.SuspendMessage message) {
                apart.restore(message.message(), message.queue(), Apart.Wish.SUSPEND);
            } else if (operation instanceof Operation.RemoveMessage message) {
                apart.restore(
                        message.message(),
                        message.queue(),
                        message.report() ? Apart.Wish.REMOVE_AND_REPORT : Apart.Wish.REMOVE);
            }
        }
    }
}
