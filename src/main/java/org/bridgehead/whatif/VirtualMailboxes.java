package org.bridgehead.whatif;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bridgehead.core.hub.Transmission;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.mail.Recipient;
import org.bridgehead.core.mail.TransferState;
import org.bridgehead.core.mailbox.DuplicateFilter;
import org.bridgehead.core.topology.Names;

/** Every mailbox inside and outside. Mailbox servers drop what was delivered before (DECISIONS 5.2), strangers don't. */
final class VirtualMailboxes {
    private final Names.Index<DuplicateFilter> filters = new Names.Index<>();
    private final Map<String, List<Delivery>> byAddress = new LinkedHashMap<>();
    private final Duration retention;
    private final Observer observer;
    private int dropped;

    VirtualMailboxes(Duration dumpsterTime, Observer observer) {
        this.observer = observer;
        this.retention = DuplicateFilter.retentionFor(dumpsterTime);
    }

    /** A mailbox server of the organisation stores a message. */
    void store(String server, Transmission mail, Instant now) {
        DuplicateFilter filter =
                filters.computeIfAbsent(server, name -> new DuplicateFilter(retention, DuplicateFilter.DEFAULT_LIMIT));
        for (Recipient recipient : mail.envelope().recipients()) {
            String mailbox = recipient.address().key();
            if (filter.drops(mail.state().id(), mailbox)) {
                dropped++;
            } else {
                filter.delivered(mail.state().id(), mailbox, now);
                add(server, mail, recipient.address(), now, true);
            }
        }
    }

    /** Somebody outside takes a message. */
    void takeOutside(String host, Transmission mail, Instant now) {
        mail.envelope().recipients().forEach(recipient -> add(host, mail, recipient.address(), now, false));
    }

    private void add(String store, Transmission mail, EmailAddress recipient, Instant now, boolean inside) {
        Delivery delivery = new Delivery(
                mail.state().id(),
                mail.envelope().sender(),
                recipient,
                now,
                store,
                mail.state().has(TransferState.Flag.AGAIN),
                mail.state().trace());
        byAddress.computeIfAbsent(recipient.key(), key -> new ArrayList<>()).add(delivery);
        observer.arrived(delivery, inside);
    }

    List<Delivery> of(EmailAddress address) {
        return List.copyOf(byAddress.getOrDefault(address.key(), List.of()));
    }

    /** Second copies that were dropped. */
    int dropped() {
        return dropped;
    }
}
