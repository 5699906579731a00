package org.bridgehead.whatif;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bridgehead.core.hub.Handovers;
import org.bridgehead.core.hub.SpoolRecord;
import org.bridgehead.core.mail.CopyId;
import org.bridgehead.core.mail.Handover;
import org.bridgehead.core.mail.InternalId;
import org.bridgehead.core.mail.Lists;
import org.bridgehead.core.mail.Recipient;
import org.bridgehead.core.mail.TransportId;

/**
 * Watches that no server accepts the same copy of another one for the same recipient twice. Only time excuses it,
 * and that the receiver said it had refused the first one: imagined disks are not lost, and what another hub of the next site accepted is another transfer, which only the mailbox
 * can know again. Compares recipients as they came, not by what the product remembers of them. One thread.
 */
final class HandoverWatch {
    private record Key(String receiver, Handover handover, TransportId message, Recipient recipient) {
        /** Without the words: message, copy and address tell nearly all keys apart. */
        @Override
        public int hashCode() {
            CopyId copy = handover.mark().copy();
            int numbers = 31 * Long.hashCode(copy.message().value()) + copy.number();
            return 31 * (31 * numbers + Long.hashCode(message.low()))
                    + recipient.address().hashCode();
        }
    }

    private record First(InternalId number, Instant at) {}

    private final Map<Key, First> accepted = new LinkedHashMap<>();
    private final List<Violation> violations;

    HandoverWatch(List<Violation> violations) {
        this.violations = violations;
    }

    /** A server has a message on its disk. */
    void accepted(VirtualServer server, SpoolRecord.Accepted message) {
        First now = new First(message.id(), message.facts().acceptedAt());
        keys(server, message).forEach(key -> accepted(key, now));
    }

    /** It said that it has not: whoever handed it over does not say that it comes again. */
    void forget(VirtualServer server, SpoolRecord.Accepted message) {
        keys(server, message).forEach(accepted::remove);
    }

    private static List<Key> keys(VirtualServer server, SpoolRecord.Accepted message) {
        return message.facts()
                .handover()
                .map(handover -> Lists.map(
                        message.envelope().recipients(),
                        recipient -> new Key(
                                server.name(), handover, message.facts().state().id(), recipient)))
                .orElse(List.of());
    }

    private void accepted(Key key, First now) {
        First first = accepted.putIfAbsent(key, now);
        if (first == null || first.number().equals(now.number())) {
            return;
        }
        boolean forgotten = now.number().value() - first.number().value() > Handovers.NUMBERS
                || first.at().plus(Handovers.KEPT).isBefore(now.at());
        if (!forgotten) {
            violations.add(new Violation(
                    "second copy",
                    key.receiver() + " accepted copy " + key.handover().mark().copy() + " of "
                            + key.handover().server() + " for "
                            + key.recipient().address() + " as message " + first.number() + " and as "
                            + now.number()));
        }
    }
}
