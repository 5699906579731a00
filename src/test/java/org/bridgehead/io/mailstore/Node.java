package org.bridgehead.io.mailstore;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.bridgehead.core.directory.DirectoryEntry;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.mail.TransferState;
import org.bridgehead.core.mail.TransportId;
import org.bridgehead.core.topology.DatabaseRef;
import org.bridgehead.core.topology.StorageGroup;

/** What the tests of this package deliver to: server MBX1, two storage groups, a handful of users. */
final class Node {
    static final String SERVER = "MBX1";
    static final List<StorageGroup> GROUPS =
            List.of(new StorageGroup("SG1", List.of("DB1", "DB2")), new StorageGroup("SG2", List.of("DB3")));
    static final Instant NOON = Instant.parse("2007-06-01T12:00:00Z");
    static final Optional<EmailAddress> SENDER = Optional.of(EmailAddress.of("sender@fabrikam.test"));

    static final DirectoryEntry.Mailbox ANNA = mailbox("anna", "SG1", "DB1");
    static final DirectoryEntry.Mailbox BERT = mailbox("bert", "SG1", "DB2");
    static final DirectoryEntry.Mailbox CARL = mailbox("carl", "SG2", "DB3");
    static final List<DirectoryEntry.Mailbox> USERS = List.of(ANNA, BERT, CARL);

    private Node() {}

    static MailStore open(Path folder, MailStoreSettings settings) throws IOException {
        return MailStore.open(folder, SERVER, GROUPS, Node::find, settings);
    }

    static MailStore inMemory() {
        return MailStore.inMemory(SERVER, GROUPS, Node::find, MailStoreSettings.DEFAULT);
    }

    static Optional<DirectoryEntry.Mailbox> find(EmailAddress address) {
        if (address.equals(EmailAddress.of("elsewhere@contoso.test"))) {
            return Optional.of(DirectoryEntry.Mailbox.of(
                    "elsewhere", EmailAddress.of("elsewhere@contoso.test"), new DatabaseRef("MBX2", "SG1", "DB1")));
        }
        return USERS.stream().filter(user -> user.addresses().contains(address)).findFirst();
    }

    static DirectoryEntry.Mailbox mailbox(String name, String group, String database) {
        return DirectoryEntry.Mailbox.of(
                name,
                List.of(EmailAddress.of(name + "@contoso.test"), EmailAddress.of(name + "@partner.test")),
                new DatabaseRef(SERVER, group, database));
    }

    static TransferState state(long id, boolean again) {
        TransferState fresh = TransferState.fresh(new TransportId(7, id), NOON, 100, Optional.empty());
        return again ? fresh.with(TransferState.Flag.AGAIN) : fresh;
    }

    /** Delivers in pieces of at most 10,000 octets. */
    static List<DeliveryResult> deliver(
            MailStore store, byte[] octets, TransferState state, DirectoryEntry.Mailbox... mailboxes)
            throws IOException {
        try (IncomingMessage message = store.newMessage()) {
            for (int at = 0; at < octets.length; at += 10_000) {
                message.write(octets, at, Math.min(10_000, octets.length - at));
            }
            return message.commit(SENDER, Arrays.asList(mailboxes), state, NOON);
        }
    }

    static StoredMessage stored(DeliveryResult result) {
        if (result instanceof DeliveryResult.Stored stored) return stored.message();
        throw new AssertionError("not stored: " + result);
    }

    /** What is stored for {@code octets}. */
    static byte[] withReturnPath(byte[] octets) {
        byte[] line = "Return-Path: <sender@fabrikam.test>\r\n".getBytes(StandardCharsets.US_ASCII);
        byte[] all = Arrays.copyOf(line, line.length + octets.length);
        System.arraycopy(octets, 0, all, line.length, octets.length);
        return all;
    }

    static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static byte[] random(Random random, int size) {
        byte[] octets = new byte[size];
        random.nextBytes(octets);
        return octets;
    }

    static List<byte[]> contents(MailStore store, String mailbox) throws IOException {
        List<byte[]> contents = new ArrayList<>();
        for (StoredMessage message : store.messages(mailbox)) contents.add(store.octets(message));
        return contents;
    }
}
