package org.bridgehead.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.bridgehead.core.mailbox.ClusterMemory;
import org.bridgehead.core.topology.Names;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a mailbox server has to know after all its nodes were off: the memory of its cluster, who holds the newest copy of
 * each storage group, and which databases an operator dismounted. For one thread at a time.
 */
final class ClusterFile {
    private static final Logger LOG = LoggerFactory.getLogger(ClusterFile.class);

    /**
     * The contents.
     *
     * @param memory of the cluster
     * @param newest who holds the newest copy of a storage group, by group; the owner of the memory when it is missing
     * @param dismounted databases as {@code GROUP/DATABASE}
     */
    record State(ClusterMemory memory, SortedMap<String, String> newest, List<String> dismounted) {}

    private final LinesFile file;

    ClusterFile(Optional<Path> data, String server) {
        file = new LinesFile(data.map(all -> all.resolve("operators").resolve(server + ".cluster.txt")));
    }

    /** What was written last, or {@code fresh} without any of it. */
    State read(ClusterMemory fresh) throws IOException {
        SortedMap<String, Long> epochs = Names.map();
        epochs.putAll(fresh.epochs());
        long witness = fresh.witness();
        List<String> members = fresh.members();
        Optional<String> owner = fresh.owner();
        SortedMap<String, String> newest = Names.map();
        List<String> dismounted = new ArrayList<>();
        for (String line : file.read()) {
            String[] parts = line.split("\t");
            if (parts[0].equals("epoch") && parts.length == 3) {
                epochs.replace(parts[1], Long.parseLong(parts[2]));
            } else if (parts[0].equals("witness") && parts.length == 2) {
                witness = Long.parseLong(parts[1]);
            } else if (parts[0].equals("members") && parts.length > 1) {
                members = known(fresh, Arrays.asList(parts).subList(1, parts.length));
            } else if (parts[0].equals("owner") && parts.length == 2) {
                owner = known(fresh, List.of(parts[1])).stream().findFirst();
            } else if (parts[0].equals("newest") && parts.length == 3) {
                newest.put(parts[1], parts[2]);
            } else if (parts[0].equals("dismounted") && parts.length == 2) {
                dismounted.add(parts[1]);
            } else {
                LOG.warn("not understood, left out: {}", line);
            }
        }
        List<String> all = members.isEmpty() ? fresh.members() : members;
        return new State(new ClusterMemory(epochs, witness, all, owner), newest, dismounted);
    }

    /** Nodes that the topology does not have any more are forgotten. */
    private static List<String> known(ClusterMemory fresh, List<String> names) {
        return fresh.members().stream()
                .filter(node -> names.stream().anyMatch(name -> Names.same(name, node)))
                .toList();
    }

    /** Holds this, and would after a power cut, when it returns. */
    void write(State state) throws IOException {
        List<String> lines = new ArrayList<>();
        state.memory().epochs().forEach((node, epoch) -> lines.add("epoch\t" + node + "\t" + epoch));
        lines.add("witness\t" + state.memory().witness());
        lines.add("members\t" + String.join("\t", state.memory().members()));
        state.memory().owner().ifPresent(node -> lines.add("owner\t" + node));
        state.newest().forEach((group, holder) -> lines.add("newest\t" + group + "\t" + holder));
        state.dismounted().forEach(database -> lines.add("dismounted\t" + database));
        file.replace(lines);
    }
}
