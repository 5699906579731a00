package org.bridgehead.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.io.mailstore.MailStore;
import org.bridgehead.io.mailstore.StoredMessage;

/** A mailbox in a store, for tests and demonstrations. */
record StoredMailbox(EmailAddress address, String name, Supplier<MailStore> stores) {
    /** What it holds, oldest first. */
    List<ReceivedMail> messages() {
        return messages(message -> true);
    }

    /** Those of them that are wanted. */
    List<ReceivedMail> messages(Predicate<StoredMessage> wanted) {
        MailStore store = stores.get();
        return store.messages(name).stream()
                .filter(wanted)
                .map(message -> read(store, message))
                .toList();
    }

    private ReceivedMail read(MailStore store, StoredMessage message) {
        try {
            byte[] octets = store.octets(message);
            List<String> servers = ReceivedTrace.servers(octets);
            // The last line is that of the store's own door.
            return new ReceivedMail(
                    address,
                    message.id(),
                    message.received(),
                    octets,
                    servers.subList(0, Math.max(0, servers.size() - 1)));
        } catch (IOException e) {
            throw new UncheckedIOException("mailbox " + name + ": message " + message.uid() + " cannot be read", e);
        }
    }
}
