package org.bridgehead.io.ldap;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.SearchRequest;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Walks through groups between two pages: what no cursor can carry, because servers count ranges each in its own order,
 * and know a paged search only on the connection it began on. Bounded: what nobody has asked for in a while is given up,
 * and is begun again if somebody does ask. Safe for any thread.
 */
final class HeldWalks implements AutoCloseable {
    /** What is left of a group. */
    sealed interface Walk {
        /** Where it was begun, and has to go on; empty text = anywhere. */
        default String controller() {
            return "";
        }

        /** Members that wait. */
        default int names() {
            return 0;
        }

        /** Gives up what it holds. */
        default void end() {}
    }

    /** Names of members that a server gave all at once; any server may read their entries. */
    record Names(List<String> left) implements Walk {
        Names {
            left = List.copyOf(left);
        }

        @Override
        public int names() {
            return left.size();
        }
    }

    /** Members from a position on, in the order of one server; the last one seen shows whether that order changed. */
    record Range(String controller, int position, String last) implements Walk {}

    /**
     * A paged search, on its connection.
     *
     * @param controller asked
     * @param connection of this walk alone
     * @param request without the paging control
     * @param group key of the group's own entry
     * @param cookie where the server goes on
     */
    record Search(
            String controller, LDAPConnection connection, SearchRequest request, String group, ASN1OctetString cookie)
            implements Walk {
        @Override
        public void end() {
            connection.close();
        }
    }

    private record Held(Walk walk, long since) {}

    private static final int MOST_WALKS = 256;
    private static final int MOST_NAMES = 1_000_000;
    private static final long IDLE = TimeUnit.MINUTES.toNanos(1);
    private static final long FORGOTTEN = TimeUnit.MINUTES.toNanos(10);

    private final LinkedHashMap<Long, Held> walks = new LinkedHashMap<>();
    private long numbers;

    /**
     * Keeps a walk.
     *
     * @return its number; empty when there are too many that are not idle
     */
    Optional<Long> hold(Walk walk) {
        List<Walk> ended = new ArrayList<>();
        try {
            return hold(walk, ended);
        } finally {
            ended.forEach(Walk::end);
        }
    }

    private synchronized Optional<Long> hold(Walk walk, List<Walk> ended) {
        long now = System.nanoTime();
        Iterator<Held> eldest = walks.values().iterator();
        while (eldest.hasNext()) {
            Held held = eldest.next();
            long idle = now - held.since();
            if (hasRoom(walk) && idle < FORGOTTEN) {
                break;
            }
            if (idle < IDLE) {
                ended.add(walk);
                return Optional.empty();
            }
            eldest.remove();
            ended.add(held.walk());
        }
        walks.put(++numbers, new Held(walk, now));
        return Optional.of(numbers);
    }

    private boolean hasRoom(Walk walk) {
        int names =
                walks.values().stream().mapToInt(held -> held.walk().names()).sum();
        return walks.isEmpty() || walks.size() < MOST_WALKS && names + walk.names() <= MOST_NAMES;
    }

    /** Takes a walk out; who could not go on with it puts it back. */
    synchronized Optional<Walk> take(long number) {
        return Optional.ofNullable(walks.remove(number)).map(Held::walk);
    }

    /** Puts a walk back under its number. */
    synchronized void putBack(long number, Walk walk) {
        walks.put(number, new Held(walk, System.nanoTime()));
    }

    @Override
    public synchronized void close() {
        walks.values().forEach(held -> held.walk().end());
        walks.clear();
    }
}
