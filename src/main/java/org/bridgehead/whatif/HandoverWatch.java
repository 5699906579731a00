package org.bridgehead.whatif;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bridgehead.core.hub.Handovers;
import org.bridgehead.core.hub.SpoolRecord;
import org.bridgehead.core.mail.CopyId;
import org.bridgehead.core.mail.Handover;
import org.bridgehead.core.mail.InternalId;
import org.bridgehead.core.mail.Lists;
import org.bridgehead.core.mail.Recipient;
import org.bridgehead.core.mail.TransportId;

/**
 * Watches that no server accepts the same copy of another one for the same recipient twice. Only time excuses it, and
 * that the receiver said it had refused the first one: imagined disks are not lost, and what another hub of the next site
 * accepted is another transfer, which only the mailbox can know again. Compares recipients as they came, not by what the
 * product remembers of them. One thread.
 */
final class HandoverWatch {
    private record Key(String receiver, Handover handover, TransportId message) {
        /** Without the words: message and copy tell nearly all keys apart. */
        @Override
        public int hashCode() {
            CopyId copy = handover.mark().copy();
            int numbers = 31 * Long.hashCode(copy.message().value()) + copy.number();
            return 31 * numbers + Long.hashCode(message.low());
        }
    }

    /** What was accepted of a copy at one time. */
    private record First(InternalId number, Instant at, List<Recipient> recipients) {}

    /** Nearly always one of each, for nothing comes again. */
    private final Map<Key, List<First>> accepted = new LinkedHashMap<>();

    private final List<Violation> violations;

    HandoverWatch(List<Violation> violations) {
        this.violations = violations;
    }

    /** A server has a message on its disk. */
    void accepted(VirtualServer server, SpoolRecord.Accepted message) {
        Optional<Handover> handover = message.facts().handover();
        if (handover.isEmpty()) {
            return;
        }
        Key key = new Key(server.name(), handover.get(), message.facts().state().id());
        First now = new First(
                message.id(), message.facts().acceptedAt(), message.envelope().recipients());
        List<First> before = accepted.put(key, List.of(now));
        if (before != null) {
            accepted.put(key, together(key, before, now));
        }
    }

    /** It said that it has not: whoever handed it over does not say that it comes again. */
    void forget(VirtualServer server, SpoolRecord.Accepted message) {
        message.facts().handover().ifPresent(handover -> {
            List<Recipient> gone = message.envelope().recipients();
            accepted.computeIfPresent(
                    new Key(server.name(), handover, message.facts().state().id()),
                    (key, all) -> Lists.map(all, first -> without(first, gone)));
        });
    }

    private static First without(First first, List<Recipient> gone) {
        return new First(
                first.number(), first.at(), Lists.filter(first.recipients(), recipient -> !gone.contains(recipient)));
    }

    /** With those who had not been accepted before; of the others the first time counts. */
    private List<First> together(Key key, List<First> before, First now) {
        before.forEach(first -> compare(key, first, now));
        List<Recipient> others = now.recipients();
        for (First first : before) {
            others = Lists.filter(others, recipient -> !first.recipients().contains(recipient));
        }
        return Lists.plus(before, new First(now.number(), now.at(), others));
    }

    private void compare(Key key, First first, First now) {
        boolean forgotten = now.number().value() - first.number().value() > Handovers.NUMBERS
                || first.at().plus(Handovers.KEPT).isBefore(now.at());
        if (forgotten || first.number().equals(now.number())) {
            return;
        }
        for (Recipient recipient : now.recipients()) {
            if (first.recipients().contains(recipient)) {
                violations.add(new Violation(
                        "second copy",
                        key.receiver() + " accepted copy "
                                + key.handover().mark().copy() + " of "
                                + key.handover().server() + " for " + recipient.address() + " as message "
                                + first.number() + " and as " + now.number()));
            }
        }
    }
}
