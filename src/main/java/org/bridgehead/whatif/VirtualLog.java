package org.bridgehead.whatif;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The transaction log of one storage group as one node has it: numbered generations, the last of which may be open. What
 * is shipped is the generation itself, since a closed one does not change. One thread.
 */
final class VirtualLog {
    /** Octets of what stands at the head of a generation. */
    private static final long HEADER = 64;

    /** One log file. */
    private static final class Generation {
        private final List<Delivery> deliveries = new ArrayList<>();
        private long octets = HEADER;
    }

    private final List<Generation> generations = new ArrayList<>();
    /** Whether the last one is being written, or was when its node died. */
    private boolean open;

    /** Closes what is open and begins the next generation. */
    void begin() {
        generations.add(new Generation());
        open = true;
    }

    /** Goes on where it ends. */
    void resume() {
        if (generations.isEmpty()) {
            begin();
        }
    }

    /**
     * A message was delivered to these mailboxes. Whoever finds the open generation full closes it first.
     *
     * @param octets of the message
     * @param size octets at which a generation is full
     * @return whether a generation was closed
     */
    boolean append(List<Delivery> deliveries, long octets, long size) {
        boolean full = last().octets >= size;
        if (full) {
            begin();
        }
        last().deliveries.addAll(deliveries);
        last().octets += octets;
        return full;
    }

    private Generation last() {
        return generations.get(generations.size() - 1);
    }

    /** Generations that do not change any more. */
    int closed() {
        return open ? generations.size() - 1 : generations.size();
    }

    /** Generations that count: the open one if it holds anything. */
    int length() {
        return closed() + (open && !last().deliveries.isEmpty() ? 1 : 0);
    }

    /** Generations from the first one on that both have. */
    int common(VirtualLog other) {
        int most = Math.min(generations.size(), other.generations.size());
        int same = 0;
        while (same < most && generations.get(same) == other.generations.get(same)) {
            same++;
        }
        return same;
    }

    /** Becomes a copy of the closed generations of {@code from}; what only this one has is dropped. */
    void follow(VirtualLog from) {
        follow(from, from.closed());
    }

    /** The same with the open one. */
    void followAll(VirtualLog from) {
        follow(from, from.length());
    }

    private void follow(VirtualLog from, int upTo) {
        int same = common(from);
        if (same < upTo || same < generations.size()) {
            discardAfter(same);
            generations.addAll(from.generations.subList(same, Math.max(same, upTo)));
        }
        open = false;
    }

    /** Drops the generations behind that one. */
    void discardAfter(int generation) {
        if (generation < generations.size()) {
            generations.subList(Math.max(0, generation), generations.size()).clear();
            open = false;
        }
    }

    /** What was delivered behind that generation. */
    List<Delivery> behind(int generation) {
        List<Delivery> all = new ArrayList<>();
        generations.subList(generation, generations.size()).forEach(its -> all.addAll(its.deliveries));
        return all;
    }

    /** Everything that was delivered, in order. */
    void forEach(Consumer<Delivery> action) {
        generations.forEach(generation -> generation.deliveries.forEach(action));
    }

    /** When the last delivery was; empty = there is none. */
    Optional<Instant> lastDelivery() {
        for (int i = generations.size() - 1; i >= 0; i--) {
            List<Delivery> deliveries = generations.get(i).deliveries;
            if (!deliveries.isEmpty()) {
                return Optional.of(deliveries.get(deliveries.size() - 1).at());
            }
        }
        return Optional.empty();
    }

    @Override
    public String toString() {
        List<Integer> sizes = new ArrayList<>();
        generations.forEach(generation -> sizes.add(generation.deliveries.size()));
        return Collections.unmodifiableList(sizes) + (open ? " open" : "");
    }
}
