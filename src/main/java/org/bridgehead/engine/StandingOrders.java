package org.bridgehead.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bridgehead.core.hub.Operation;
import org.bridgehead.core.mail.InternalId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What operators told one server that stands over its lives: held queues and messages, removals under way; and which
 * messages it crashed with. Kept in a small file of the data folder, replaced whole and synced; in memory when there is none. Safe for any thread.
 */
final class StandingOrders {
    private static final Logger LOG = LoggerFactory.getLogger(StandingOrders.class);
    private static final String SUSPEND_QUEUE = "suspend-queue";
    private static final String SUSPEND_MESSAGE = "suspend-message";
    private static final String REMOVE_MESSAGE = "remove-message";
    private static final String CRASHES = "crashes";
    private static final String REPORT = "report";

    private final LinesFile file;
    private List<Operation> orders = List.of();
    private List<Operation> saved = List.of();

    private StandingOrders(LinesFile file) {
        this.file = file;
    }

    /** Those of a server whose data is in {@code data}; empty = in memory only. */
    static StandingOrders of(Optional<Path> data, String server) throws IOException {
        StandingOrders orders = new StandingOrders(
                new LinesFile(data.map(folder -> folder.resolve("operators").resolve(server + ".txt"))));
        List<Operation> read = new ArrayList<>();
        for (String line : orders.file.read()) {
            parse(line).ifPresentOrElse(read::add, () -> LOG.warn("{}: not understood, left out: {}", server, line));
        }
        orders.orders = List.copyOf(read);
        orders.saved = orders.orders;
        return orders;
    }

    synchronized List<Operation> orders() {
        return orders;
    }

    /** From now on these stand; on the disk after {@link #save}. */
    synchronized void remember(List<Operation> standing) {
        orders = List.copyOf(standing);
    }

    /** The server crashed while it handled a message; answers how often it has by now. */
    synchronized int crashed(InternalId message) {
        orders = List.copyOf(Operation.CountCrashes.after(orders, message));
        return orders.stream()
                .filter(order -> order instanceof Operation.CountCrashes counted
                        && counted.message().equals(message))
                .mapToInt(order -> ((Operation.CountCrashes) order).crashes())
                .sum();
    }

    /** Brings what stands to the disk. */
    synchronized void save() throws IOException {
        if (orders.equals(saved)) {
            return;
        }
        file.replace(orders.stream().map(StandingOrders::line).toList());
        saved = orders;
    }

    private static String line(Operation order) {
        if (order instanceof Operation.SuspendQueue its) {
            return SUSPEND_QUEUE + "\t" + its.queue();
        } else if (order instanceof Operation.SuspendMessage its) {
            return SUSPEND_MESSAGE + "\t" + its.message() + "\t" + its.queue();
        } else if (order instanceof Operation.RemoveMessage its) {
            return REMOVE_MESSAGE + "\t" + its.message() + "\t" + its.queue() + "\t"
                    + (its.report() ? REPORT : "silent");
        }
        if (order instanceof Operation.CountCrashes its) {
            return CRASHES + "\t" + its.message() + "\t" + its.crashes();
        }
        throw new IllegalArgumentException("does not stand: " + order);
    }

    private static Optional<Operation> parse(String line) {
        String[] parts = line.split("\t");
        try {
            if (parts[0].equals(SUSPEND_QUEUE) && parts.length == 2) {
                return Optional.of(new Operation.SuspendQueue(parts[1]));
            } else if (parts[0].equals(SUSPEND_MESSAGE) && parts.length == 3) {
                return Optional.of(new Operation.SuspendMessage(new InternalId(Long.parseLong(parts[1])), parts[2]));
            } else if (parts[0].equals(REMOVE_MESSAGE) && parts.length == 4) {
                return Optional.of(new Operation.RemoveMessage(
                        new InternalId(Long.parseLong(parts[1])), parts[2], parts[3].equals(REPORT)));
            } else if (parts[0].equals(CRASHES) && parts.length == 3) {
                return Optional.of(new Operation.CountCrashes(
                        new InternalId(Long.parseLong(parts[1])), Integer.parseInt(parts[2])));
            }
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
