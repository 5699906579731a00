package org.bridgehead.engine;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.bridgehead.core.topology.Names;
import org.bridgehead.engine.Course.Station;

/** Which servers have which messages, as of one moment. */
final class Holders {
    /** How long a running server may be busy with something else before it counts as down. */
    private static final long PATIENCE_SECONDS = 10;

    private final Set<Station> held = new TreeSet<>();
    private final Set<String> down = Names.set();

    private Holders() {}

    /**
     * Asks all hubs and edges. Each answers after everything that was put before it: also one that has none of the
     * messages yet has then told of what is on its way to it.
     */
    static Holders ask(Plant plant, List<Station> stations) {
        Holders holders = new Holders();
        Map<String, CompletableFuture<List<Station>>> answers = new LinkedHashMap<>();
        for (TransportServer server : plant.transportServers()) {
            List<Station> its = stations.stream()
                    .filter(station -> Names.same(station.server(), server.name()))
                    .toList();
            server.node()
                    .ifPresentOrElse(
                            node -> answers.put(
                                    server.name(),
                                    node.ask(hub -> its.stream()
                                            .filter(station -> hub.has(station.number()))
                                            .toList())),
                            () -> holders.down.add(server.name()));
        }
        answers.forEach(holders::take);
        return holders;
    }

    private void take(String server, CompletableFuture<List<Station>> answer) {
        try {
            held.addAll(answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
        } catch (ExecutionException | TimeoutException e) {
            down.add(server); // it died while it was asked
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            down.add(server);
        }
    }

    boolean mayHave(Course course) {
        return course.stations().stream().anyMatch(station -> held.contains(station) || down.contains(station.server()))
                || course.silent().stream().anyMatch(down::contains);
    }
}
