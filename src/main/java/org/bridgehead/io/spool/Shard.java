package org.bridgehead.io.spool;

import java.nio.charset.StandardCharsets;
import org.bridgehead.core.topology.Names;

/**
 * The part of a spool that one server owns. Several servers of one process share a store, each with its shard.
 *
 * @param server its name; shards are equal when the names differ in letter case only
 */
public record Shard(String server) {
    /** Checks the name. */
    public Shard {
        if (server.isEmpty()) {
            throw new IllegalArgumentException("a shard is named after its server");
        }
        if (folded(server).getBytes(StandardCharsets.UTF_8).length > 255) {
            throw new IllegalArgumentException("a server name of more than 255 octets: " + server);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Shard that && Names.same(server, that.server);
    }

    @Override
    public int hashCode() {
        return folded(server).hashCode();
    }

    /** What stands for it in the store: at most 255 octets. */
    byte[] key() {
        return folded(server).getBytes(StandardCharsets.UTF_8);
    }

    /** One spelling for all that {@link Names} takes for the same name. */
    static String folded(String name) {
        StringBuilder out = new StringBuilder(name.length());
        for (char c : name.toCharArray()) {
            out.append(Character.toLowerCase(Character.toUpperCase(c)));
        }
        return out.toString();
    }

    @Override
    public String toString() {
        return server;
    }
}
