package org.bridgehead.core.hub;

import java.time.Instant;
import java.util.Optional;

/**
 * How the dumpster of one hub for one storage group stands. An immutable value.
 *
 * @param storageGroup for which mailboxes
 * @param items how many
 * @param octets of all their bodies
 * @param oldest when the oldest was delivered: how far back a loss is covered
 * @param newest when the newest was delivered
 * @param inserts taken in since the server started
 * @param deletes let go by the limits since then
 */
public record DumpsterView(
        StorageGroupId storageGroup,
        int items,
        long octets,
        Optional<Instant> oldest,
        Optional<Instant> newest,
        long inserts,
        long deletes) {}
