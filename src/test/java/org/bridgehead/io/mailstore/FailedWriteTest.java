package org.bridgehead.io.mailstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bridgehead.io.mailstore.Node.ANNA;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.bridgehead.core.topology.StorageGroup;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** After a write or sync that failed, nothing unsynced is trusted and the next delivery works again. */
class FailedWriteTest {
    private final MemoryLogStorage memory = new MemoryLogStorage();
    private final AtomicReference<String> failing = new AtomicReference<>("");

    /** The storage, which fails once in the operation named by {@link #failing}, after it was done. */
    private final LogStorage storage = (LogStorage) Proxy.newProxyInstance(
            getClass().getClassLoader(), new Class<?>[] {LogStorage.class}, (proxy, method, arguments) -> {
                try {
                    Object result = method.invoke(memory, arguments);
                    if (method.getName().equals(failing.get())) {
                        failing.set("");
                        throw new IOException("disk is full");
                    }
                    return result;
                } catch (InvocationTargetException e) {
                    throw e.getCause();
                }
            });

    @ParameterizedTest
    @ValueSource(strings = {"append", "sync", "begin"})
    void theLogIsCutBackToItsSyncedEnd(String operation) throws IOException {
        MailStoreSettings settings = MailStoreSettings.DEFAULT.generationSize(100);
        try (MailStore store = open(storage, settings)) {
            Node.stored(deliver(store, 1));
            failing.set(operation);
            assertThat(deliver(store, 2)).hasToString("Failed[why=log of SG1: disk is full]");
            assertThat(store.count("anna")).isEqualTo(1);
            StoredMessage third = Node.stored(deliver(store, 3));
            assertThat(store.octets(third)).isEqualTo(Node.withReturnPath(Node.text("mail 3")));
        }
        try (MailStore again = open(memory, settings)) {
            assertThat(again.torn()).isEmpty();
            assertThat(again.messages("anna").stream().map(m -> m.id().low())).containsExactly(1L, 3L);
        }
    }

    private static MailStore open(LogStorage storage, MailStoreSettings settings) throws IOException {
        List<StorageGroup> one = Node.GROUPS.subList(0, 1);
        StoreCopy copy = StoreCopy.over(group -> storage);
        return MailStore.open(copy, Node.SERVER, one, Node::find, settings, Activation.RESUME);
    }

    private static DeliveryResult deliver(MailStore store, long id) throws IOException {
        return Node.deliver(store, Node.text("mail " + id), Node.state(id, false), ANNA)
                .get(0);
    }
}
