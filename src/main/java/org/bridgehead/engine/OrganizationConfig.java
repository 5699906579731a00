package org.bridgehead.engine;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.bridgehead.core.directory.Organization;

/**
 * How an organisation is run.
 *
 * @param organization servers and people
 * @param folder that files named in the organisation are relative to
 * @param servers which of its servers run here; empty = all of them
 * @param data folder for spool, mailboxes and logs; empty = everything is kept in memory and dies with the process
 * @param peers folder in which processes tell each other where their servers listen
 * @param allowOutbound whether connections may leave this machine
 * @param virtualStart start of virtual time; empty = real time
 * @param loopbackIsUser whether programs on this machine may send through hubs without logging in (DECISIONS 3.1)
 */
public record OrganizationConfig(
        Organization organization,
        Path folder,
        List<String> servers,
        Optional<Path> data,
        Optional<Path> peers,
        boolean allowOutbound,
        Optional<Instant> virtualStart,
        boolean loopbackIsUser) {
    /** Copies the list. */
    public OrganizationConfig {
        servers = List.copyOf(servers);
    }

    /** All servers, in memory, in real time, nothing leaves loopback. */
    public static OrganizationConfig inMemory(Organization organization, Path folder) {
        return new OrganizationConfig(
                organization, folder, List.of(), Optional.empty(), Optional.empty(), false, Optional.empty(), true);
    }

    /** With virtual time from {@code start} on. */
    public OrganizationConfig virtualFrom(Instant start) {
        return new OrganizationConfig(
                organization, folder, servers, data, peers, allowOutbound, Optional.of(start), loopbackIsUser);
    }

    /** With spool, mailboxes and logs under {@code data}; programs have to log in to send through hubs. */
    public OrganizationConfig durable(Path where) {
        return new OrganizationConfig(
                organization, folder, servers, Optional.of(where), peers, allowOutbound, virtualStart, false);
    }

    /** With these servers only. */
    public OrganizationConfig only(List<String> names) {
        return new OrganizationConfig(
                organization, folder, names, data, peers, allowOutbound, virtualStart, loopbackIsUser);
    }

    /** With the other servers in other processes that meet in {@code where}. */
    public OrganizationConfig withPeers(Path where) {
        return new OrganizationConfig(
                organization, folder, servers, data, Optional.of(where), allowOutbound, virtualStart, loopbackIsUser);
    }

    /** With connections to anywhere allowed. */
    public OrganizationConfig outbound(boolean allowed) {
        return new OrganizationConfig(
                organization, folder, servers, data, peers, allowed, virtualStart, loopbackIsUser);
    }

    /** With or without loopback programs counting as users. */
    public OrganizationConfig loopbackIsUser(boolean user) {
        return new OrganizationConfig(organization, folder, servers, data, peers, allowOutbound, virtualStart, user);
    }
}
