package org.bridgehead.io.mailstore;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What tests of replication do to the copies of {@link Node#SERVER}'s logs. */
final class Pair {
    static final long GENERATION = 2_000;
    static final String SG1 = "SG1";
    static final List<String> BOTH = List.of(SG1, "SG2");

    private Pair() {}

    static MailStore open(StoreCopy copy, Activation activation) throws IOException {
        MailStoreSettings settings = MailStoreSettings.DEFAULT.generationSize(GENERATION);
        return MailStore.open(copy, Node.SERVER, Node.GROUPS, Node::find, settings, activation);
    }

    /** Delivers mails {@code first} to {@code last}, of about 300 octets each, to anna. */
    static List<StoredMessage> deliver(MailStore store, int first, int last) throws IOException {
        List<StoredMessage> stored = new ArrayList<>();
        for (int id = first; id <= last; id++) {
            stored.add(Node.stored(Node.deliver(store, content(id), Node.state(id, false), Node.ANNA)
                    .get(0)));
        }
        return stored;
    }

    static byte[] content(long id) {
        return Node.text("Subject: " + id + "\r\n\r\n" + "x".repeat(250) + "\r\n");
    }

    static List<Long> ids(MailStore store, String mailbox) {
        return store.messages(mailbox).stream().map(m -> m.id().low()).toList();
    }

    /** The octets of a copy's generations, as text of one character per octet. */
    static Map<Long, String> octets(StoreCopy copy, String group) throws IOException {
        Map<Long, String> all = new TreeMap<>();
        LogStorage storage = copy.storage(group);
        for (long generation : storage.generations()) {
            try (InputStream in = storage.read(generation, 0)) {
                all.put(generation, new String(in.readAllBytes(), java.nio.charset.StandardCharsets.ISO_8859_1));
            }
        }
        return all;
    }

    static long last(StoreCopy copy, String group) throws IOException {
        List<Long> all = copy.generations(group);
        return all.isEmpty() ? 0 : all.get(all.size() - 1);
    }

    /** How many generations {@code survivor} misses of each storage group, as a cluster would count them. */
    static Map<String, Long> missing(StoreCopy dead, StoreCopy survivor) throws IOException {
        Map<String, Long> missing = new TreeMap<>();
        for (String group : BOTH) missing.put(group, last(dead, group) - last(survivor, group));
        return missing;
    }

    static Activation afterLoss(StoreCopy dead, StoreCopy survivor) throws IOException {
        return Activation.afterLoss(missing(dead, survivor), GENERATION);
    }
}
