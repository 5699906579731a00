package org.bridgehead.core.mail;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the servers of one organisation tell each other about a message beside its envelope: the parameters of the
 * {@code XSTATE} command (DECISIONS 3.2). Believed from authenticated peers only; nothing of it goes into headers.
 *
 * @param id identity since first acceptance
 * @param submitted when the organisation first accepted it
 * @param size octets at first acceptance
 * @param auth the authenticated submitter, when there was one
 * @param flags marks that travel with the message
 * @param expanded names of the groups already expanded on the way: cuts loops across servers
 * @param avoid link or site items this message must not be routed over again ({@code link:NAME}); grows on reroute
 * @param trace servers that handled the message, oldest first
 * @param origin who sent it, where a group's manager took the place of the sender; empty = the sender of the envelope
 * @param rules names of the transport rules that have been applied to it: no later hub applies them again
 */
public record TransferState(
        TransportId id,
        Instant submitted,
        long size,
        Optional<String> auth,
        List<Flag> flags,
        List<String> expanded,
        List<String> avoid,
        List<String> trace,
        Optional<EmailAddress> origin,
        List<String> rules) {
    /** A mark of a message. */
    public enum Flag {
        /** Recipients are resolved; later hubs look up the destination only. */
        RESOLVED,
        /** Recipients are final: groups are not expanded again. */
        FROZEN,
        /** No reports are sent about it. */
        NODSN,
        /** This copy was tried or delivered before: the duplicate filter looks at it. */
        AGAIN,
        /** A delivery report of the organisation: limits of size are not for it (BEHAVIOUR 2.3). */
        REPORT,
        /** Its sender calls it urgent. */
        HIGH,
        /** Its sender says that it can wait. */
        LOW
    }

    /** Copies the lists. */
    public TransferState {
        flags = List.copyOf(flags);
        expanded = List.copyOf(expanded);
        avoid = List.copyOf(avoid);
        trace = List.copyOf(trace);
        rules = List.copyOf(rules);
        if (size < 0) {
            throw new IllegalArgumentException("size is not negative: " + size);
        }
    }

    /** The state of a message that has just been accepted from outside. */
    public static TransferState fresh(TransportId id, Instant submitted, long size, Optional<String> auth) {
        return new TransferState(
                id, submitted, size, auth, List.of(), List.of(), List.of(), List.of(), Optional.empty(), List.of());
    }

    /** Submitted by this user. */
    public TransferState authenticatedAs(String user) {
        return new TransferState(id, submitted, size, Optional.of(user), flags, expanded, avoid, trace, origin, rules);
    }

    /** How urgent its sender calls it. */
    public Priority priority() {
        return has(Flag.HIGH) ? Priority.HIGH : has(Flag.LOW) ? Priority.LOW : Priority.NORMAL;
    }

    /** With this urgency. */
    public TransferState with(Priority priority) {
        return switch (priority) {
            case HIGH -> with(Flag.HIGH).without(Flag.LOW);
            case NORMAL -> without(Flag.HIGH).without(Flag.LOW);
            case LOW -> with(Flag.LOW).without(Flag.HIGH);
        };
    }

    /** Whether {@code flag} is set. */
    public boolean has(Flag flag) {
        return flags.contains(flag);
    }

    /** With {@code flag} set. */
    public TransferState with(Flag flag) {
        return has(flag)
                ? this
                : new TransferState(
                        id, submitted, size, auth, Lists.plus(flags, flag), expanded, avoid, trace, origin, rules);
    }

    /** With {@code flag} cleared. */
    public TransferState without(Flag flag) {
        return has(flag)
                ? new TransferState(
                        id,
                        submitted,
                        size,
                        auth,
                        Lists.filter(flags, f -> f != flag),
                        expanded,
                        avoid,
                        trace,
                        origin,
                        rules)
                : this;
    }

    /** With the group {@code name} among the expanded ones. */
    public TransferState withExpanded(String name) {
        return new TransferState(
                id, submitted, size, auth, flags, Lists.plus(expanded, name), avoid, trace, origin, rules);
    }

    /** As if it had been submitted at {@code again}: its time to expire counts from there. */
    public TransferState resubmittedAt(Instant again) {
        return new TransferState(id, again, size, auth, flags, expanded, avoid, trace, origin, rules);
    }

    /** With {@code server} at the end of the trace. */
    public TransferState tracedBy(String server) {
        return new TransferState(
                id, submitted, size, auth, flags, expanded, avoid, Lists.plus(trace, server), origin, rules);
    }

    /** Sent by {@code sender}, although the envelope now names another one. */
    public TransferState sentBy(EmailAddress sender) {
        return new TransferState(id, submitted, size, auth, flags, expanded, avoid, trace, Optional.of(sender), rules);
    }

    /** With these transport rules applied. */
    public TransferState withRules(List<String> applied) {
        return new TransferState(id, submitted, size, auth, flags, expanded, avoid, trace, origin, applied);
    }
}
