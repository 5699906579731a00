package org.bridgehead.io.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.rocksdb.RocksDBException;

/** Those who wait share a sync that began after they had written. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class SharedSyncTest {
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicInteger syncs = new AtomicInteger();

    @AfterEach
    void end() {
        threads.shutdownNow();
    }

    @Test
    void manyShareOneSyncAndNobodyTheOneThatHadBegun() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        SharedSync sync = new SharedSync(() -> {
            if (syncs.incrementAndGet() == 1) {
                begun.countDown();
                await(go);
            }
        });
        Future<?> first = threads.submit(() -> call(sync));
        begun.await();
        List<Future<?>> others = new ArrayList<>();
        CountDownLatch entered = new CountDownLatch(50);
        for (int i = 0; i < 50; i++) {
            others.add(threads.submit(() -> {
                entered.countDown();
                return call(sync);
            }));
        }
        entered.await();
        assertThat(others).noneMatch(Future::isDone);
        go.countDown();
        first.get();
        for (Future<?> other : others) {
            other.get();
        }
        assertThat(syncs.get()).as("one for the first, few for the fifty").isBetween(2, 50);
    }

    /** After a failure the log is not to be trusted: a later sync that succeeds says nothing of the earlier writes. */
    @Test
    void afterAFailureNothingCountsAsSynced() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        SharedSync sync = new SharedSync(() -> {
            if (syncs.incrementAndGet() == 1) {
                begun.countDown();
                await(go);
                throw new RocksDBException("I/O error");
            }
        });
        Future<?> first = threads.submit(() -> call(sync));
        begun.await();
        Future<?> second = threads.submit(() -> call(sync));
        go.countDown();
        assertThatThrownBy(first::get).hasRootCauseMessage("I/O error");
        assertThatThrownBy(second::get).hasMessageContaining("I/O error");
        assertThatThrownBy(sync::await)
                .isInstanceOf(RocksDBException.class)
                .hasMessageContaining("earlier sync failed");
        assertThat(syncs.get()).isEqualTo(1);
    }

    private static Void call(SharedSync sync) throws RocksDBException {
        sync.await();
        return null;
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
