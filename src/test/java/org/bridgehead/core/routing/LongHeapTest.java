package org.bridgehead.core.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LongHeapTest {
    @Test
    void givesItemsByTheirKeysHoweverManyThereAre() {
        long seed = Long.getLong("bridgehead.seed", System.nanoTime());
        List<Long> keys = new Random(seed).longs(1000, 0, 300).boxed().toList();
        LongHeap heap = new LongHeap(1);
        IntStream.range(0, keys.size()).forEach(item -> heap.push(keys.get(item), item));
        List<Integer> items = new ArrayList<>();
        while (!heap.isEmpty()) {
            items.add(heap.pop());
        }
        assertThat(items).as("seed %d", seed).doesNotHaveDuplicates().hasSize(keys.size());
        assertThat(items).extracting(keys::get).as("seed %d", seed).isSorted();
    }
}
