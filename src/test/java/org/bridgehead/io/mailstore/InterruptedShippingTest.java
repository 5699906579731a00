package org.bridgehead.io.mailstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A node that dies between any two steps of a shipping has a beginning of the log, and the next shipping goes on. */
class InterruptedShippingTest {
    @TempDir
    Path folder;

    private int left;

    /** The storage, which fails before or after its {@link #left}-th step and then does nothing more. */
    private LogStorage failing(LogStorage storage, boolean before) {
        return (LogStorage) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {LogStorage.class}, (proxy, method, arguments) -> {
                    try {
                        left--;
                        if (left < 0 || left == 0 && before) throw new IOException("the node died");
                        Object result = method.invoke(storage, arguments);
                        if (left == 0) throw new IOException("the node died");
                        return result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatCountsIsWholeAndTheRestFollows(boolean before) throws IOException {
        StoreCopy active = StoreCopy.inFolder(folder.resolve("active"));
        try (MailStore store = Pair.open(active, Activation.LOSSLESS)) {
            Pair.deliver(store, 1, 15);
        }
        Map<Long, String> whole = Pair.octets(active, Pair.SG1);
        int step = 1;
        for (boolean died = true; died; step++) {
            FileLogStorage storage = new FileLogStorage(folder.resolve("passive" + step));
            died = dies(active, StoreCopy.over(group -> failing(storage, before)), step);
            StoreCopy later = StoreCopy.over(group -> storage);
            Map<Long, String> there = Pair.octets(later, Pair.SG1);
            assertThat(there).isEqualTo(new TreeMap<>(whole).headMap(there.size() + 1L));
            assertThat(LogShipping.shipOpen(active, later, Pair.SG1).complete()).isTrue();
            assertThat(Pair.octets(later, Pair.SG1)).isEqualTo(whole);
        }
        assertThat(step).isGreaterThan(4 * whole.size());
    }

    private boolean dies(StoreCopy active, StoreCopy passive, int step) throws IOException {
        left = step;
        try {
            return !LogShipping.shipOpen(active, passive, Pair.SG1).complete();
        } catch (IOException e) {
            assertThat(e).hasMessage("the node died");
            return true;
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aReseedThatDiesIsDoneAgain(boolean before) throws IOException {
        StoreCopy current = StoreCopy.inMemory();
        StoreCopy old = StoreCopy.inMemory();
        MailStore dying = Pair.open(old, Activation.LOSSLESS);
        Pair.deliver(dying, 1, 40);
        LogShipping.ship(old, current, Pair.SG1, 3);
        dying.abandon();
        try (MailStore store = Pair.open(current, Pair.afterLoss(old, current))) {
            Pair.deliver(store, 41, 80);
        }
        for (int step = 1; step < 60; step++) {
            int limit = step;
            StoreCopy flaky = StoreCopy.over(group -> failing(old.storage(group), before));
            left = limit;
            assertThatThrownBy(() -> LogShipping.reseed(flaky, current, Pair.SG1, 1))
                    .hasMessage("the node died");
        }
        long from = LogShipping.divergence(old, current, Pair.SG1).orElse(Long.MAX_VALUE);
        assertThat(LogShipping.reseed(old, current, Pair.SG1, from).complete()).isTrue();
        assertThat(Pair.octets(old, Pair.SG1)).isEqualTo(Pair.octets(current, Pair.SG1));
    }
}
