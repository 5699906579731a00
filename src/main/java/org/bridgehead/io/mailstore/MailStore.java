package org.bridgehead.io.mailstore;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.ObjLongConsumer;
import java.util.stream.Stream;
import org.bridgehead.core.directory.DirectoryEntry;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.mail.TransferState;
import org.bridgehead.core.topology.Names;
import org.bridgehead.core.topology.StorageGroup;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The mailboxes of one node. Each storage group is a transaction log, and the log is the store of record; what is
 * known of mailboxes is an index in memory, rebuilt from the logs at opening (about 250 octets a message). One node
 * owns a folder: a lock file keeps a second one out. Safe for any thread.
 */
public final class MailStore implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(MailStore.class);

    private final String server;
    private final @Nullable Path temporary;
    private final StoreCopy.Claim claim;
    private final Function<EmailAddress, Optional<DirectoryEntry.Mailbox>> directory;
    private final MailboxIndex index = new MailboxIndex();
    private final StorageGroups groups = new StorageGroups();

    private MailStore(
            String server,
            StoreCopy copy,
            StoreCopy.Claim claim,
            Function<EmailAddress, Optional<DirectoryEntry.Mailbox>> directory) {
        this.server = server;
        this.temporary = copy.temporary();
        this.claim = claim;
        this.directory = directory;
    }

    /**
     * Opens the store in {@code folder}, creating it when there is none, and reads all its logs.
     *
     * @param server the mailbox server whose databases these are
     * @param storageGroups of that server
     * @param directory who has a mailbox, on whichever server
     * @throws IOException when the folder is in use, cannot be read or written, or holds records of a newer version
     */
    public static MailStore open(
            Path folder,
            String server,
            List<StorageGroup> storageGroups,
            Function<EmailAddress, Optional<DirectoryEntry.Mailbox>> directory,
            MailStoreSettings settings)
            throws IOException {
        return open(StoreCopy.inFolder(folder), server, storageGroups, directory, settings, Activation.RESUME);
    }

    /**
     * As {@link #open(Path, String, List, Function, MailStoreSettings)} on one node's copy of a clustered server's logs.
     * Closing leaves the copy as it is, in memory too.
     *
     * @param activation what became of the node that was active before
     */
    public static MailStore open(
            StoreCopy copy,
            String server,
            List<StorageGroup> storageGroups,
            Function<EmailAddress, Optional<DirectoryEntry.Mailbox>> directory,
            MailStoreSettings settings,
            Activation activation)
            throws IOException {
        MailStore store = new MailStore(server, copy, copy.open(), directory);
        try {
            if (store.temporary != null) empty(store.temporary);
            List<GroupPlan> plans = storageGroups.stream()
                    .map(group -> new GroupPlan(group.name(), settings, activation))
                    .toList();
            store.groups.open(plans, copy, store.index).forEach(store::report);
            store.claim.lastClosed(group -> store.state(group).lastClosed());
            return store;
        } catch (IOException | RuntimeException e) {
            store.close();
            throw e;
        }
    }

    /** As {@link #open} without files: the mailboxes die with the process. */
    public static MailStore inMemory(
            String server,
            List<StorageGroup> storageGroups,
            Function<EmailAddress, Optional<DirectoryEntry.Mailbox>> directory,
            MailStoreSettings settings) {
        try {
            return open(StoreCopy.inMemory(), server, storageGroups, directory, settings, Activation.RESUME);
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot fail", e);
        }
    }

    /** The mailbox with this address, when its database is on this server; others are to be refused with 5.1.1. */
    public Optional<DirectoryEntry.Mailbox> accepts(EmailAddress address) {
        return directory
                .apply(address)
                .filter(mailbox -> Names.same(mailbox.database().server(), server)
                        && groups.has(mailbox.database().storageGroup()));
    }

    /** Begins a message; the caller commits or closes it. */
    public IncomingMessage newMessage() {
        return new IncomingMessage(this, temporary);
    }

    /** What was damaged when the store was opened, in log order. */
    public List<TornRecord> torn() {
        return groups.torn();
    }

    /** UIDVALIDITY of all mailboxes: set when the store is created. */
    public long uidValidity() {
        return groups.uidValidity();
    }

    /** The UID above every one that {@code mailbox} has used. */
    public long nextUid(String mailbox) {
        return index.nextUid(mailbox);
    }

    /** The messages of a mailbox by UID; empty for one that never got mail. */
    public List<StoredMessage> messages(String mailbox) {
        return index.messages(mailbox, 0);
    }

    /** As {@link #messages}, only those with a UID above {@code uid}. */
    public List<StoredMessage> messagesAfter(String mailbox, long uid) {
        return index.messages(mailbox, uid);
    }

    /** How many messages a mailbox has. */
    public int count(String mailbox) {
        return index.count(mailbox);
    }

    /** Names of the mailboxes that have or had mail, in order. */
    public List<String> mailboxes() {
        return index.mailboxes();
    }

    /**
     * The octets of a message.
     *
     * @throws IOException when they cannot be read, or differ from what was written
     */
    public byte[] octets(StoredMessage message) throws IOException {
        return groups.get(message.storageGroup()).octets(message);
    }

    /** As {@link #octets}, for long messages: read as needed, unchecked; the caller closes. */
    public InputStream open(StoredMessage message) throws IOException {
        return groups.get(message.storageGroup()).open(message);
    }

    /**
     * Removes messages for good; those that are gone already are ignored. Logged and synced like a delivery.
     *
     * @throws IOException when it could not be made lasting; then nothing is removed
     */
    public void delete(List<StoredMessage> messages) throws IOException {
        Map<String, List<StoredMessage>> byGroup = Names.map();
        messages.forEach(m -> byGroup.computeIfAbsent(m.storageGroup(), g -> new ArrayList<>())
                .add(m));
        for (Map.Entry<String, List<StoredMessage>> entry : byGroup.entrySet()) {
            groups.get(entry.getKey()).delete(entry.getValue());
        }
    }

    /** Grows with every change of any mailbox. */
    public long revision() {
        return index.revision();
    }

    /**
     * Waits until the revision is above {@code seen} or the time is over.
     *
     * @return the revision then
     */
    public long awaitChange(long seen, Duration timeout) throws InterruptedException {
        return index.awaitChange(seen, timeout);
    }

    /**
     * Calls {@code listener} with the name of each mailbox that changes, on the delivering thread, after the change is
     * visible and before the delivery returns; it must be quick and not throw.
     *
     * @return ends the calls
     */
    public Runnable onChange(Consumer<String> listener) {
        return index.onChange(listener);
    }

    /** How far the log of a storage group has come. */
    public LogState state(String storageGroup) {
        return groups.get(storageGroup).state();
    }

    /**
     * Calls {@code listener} with storage group and number of each generation that is closed, in order, on a delivering
     * thread, before that delivery returns and without holding up others; it must be quick, and hand over what takes
     * longer. For what was closed before it came, it asks {@link #state}.
     *
     * @return ends the calls
     */
    public Runnable onClosed(ObjLongConsumer<String> listener) {
        return groups.onClosed(listener);
    }

    /** Closes the logs; deliveries in progress finish first, later ones fail. */
    @Override
    public void close() throws IOException {
        try {
            groups.close();
        } finally {
            claim.close();
        }
    }

    /**
     * Ends as the death of the machine would: nothing is finished, deliveries under way and later ones fail, mail cannot
     * be read any more. The copy keeps what was synced, and possibly more; when this returns, nothing of this store
     * will change it again and another store can be opened on it. Does nothing to a closed store.
     */
    public void abandon() throws IOException {
        try {
            groups.abandon();
        } finally {
            claim.close();
        }
    }

    List<DeliveryResult> commit(
            IncomingMessage message,
            Optional<EmailAddress> sender,
            List<DirectoryEntry.Mailbox> mailboxes,
            TransferState state,
            Instant received) {
        byte[] returnPath = ("Return-Path: <"
                        + sender.map(EmailAddress::toString).orElse("") + ">\r\n")
                .getBytes(StandardCharsets.UTF_8);
        return groups.deliver(message, new Arrival(returnPath, state, received), mailboxes);
    }

    void report(String trouble) {
        LOG.warn("{}: {}", server, trouble);
    }

    /** Messages that were on their way when the process ended were not accepted. */
    private static void empty(Path folder) throws IOException {
        Files.createDirectories(folder);
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) Files.delete(file);
        }
    }
}
