package org.bridgehead.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.bridgehead.core.directory.Organization;
import org.bridgehead.io.config.LoadedTopology;
import org.bridgehead.io.config.TopologyFile;
import org.bridgehead.io.config.TopologyFileException;
import org.bridgehead.io.ldap.LdifException;
import org.bridgehead.io.ldap.LdifRecipients;

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
 * @param lockstep whether servers do one thing at a time, in the order in which a simulation does them (DECISIONS 6.3);
 *     only in memory, in virtual time, and with all servers in this process
 */
public record OrganizationConfig(
        Organization organization,
        Path folder,
        List<String> servers,
        Optional<Path> data,
        Optional<Path> peers,
        boolean allowOutbound,
        Optional<Instant> virtualStart,
        boolean loopbackIsUser,
        boolean lockstep) {
    /** Copies the list and checks that they fit. */
    public OrganizationConfig {
        servers = List.copyOf(servers);
        boolean alone = virtualStart.isPresent() && data.isEmpty() && servers.isEmpty() && peers.isEmpty();
        if (lockstep && !alone) {
            throw new IllegalArgumentException("lockstep is for one process, in memory and in virtual time");
        }
    }

    /** When virtual time begins where nobody says otherwise: a Monday morning. */
    public static final Instant START = Instant.parse("2026-01-05T08:00:00Z");

    /**
     * The organisation of a topology file: all servers, in memory, in virtual time from {@link #START} on.
     *
     * @throws OrganizationStartException when the file cannot be read, or is no good
     */
    public static OrganizationConfig test(Path topology) {
        try {
            return inMemory(TopologyFile.load(topology)).virtualFrom(START);
        } catch (TopologyFileException e) {
            throw new OrganizationStartException(String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            throw new OrganizationStartException(
                    topology + " cannot be read (working directory "
                            + Path.of("").toAbsolutePath() + "): " + e,
                    e);
        }
    }

    /**
     * The organisation of a topology file that was read, its LDIF files included: all servers, in memory, in real time.
     *
     * @throws IOException when an LDIF file cannot be read, or is no good
     */
    public static OrganizationConfig inMemory(LoadedTopology loaded) throws IOException {
        try {
            return inMemory(LdifRecipients.complete(loaded.organization(), loaded.folder()), loaded.folder());
        } catch (LdifException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** All servers, in memory, in real time, nothing leaves loopback. */
    public static OrganizationConfig inMemory(Organization organization, Path folder) {
        return new OrganizationConfig(
                organization,
                folder,
                List.of(),
                Optional.empty(),
                Optional.empty(),
                false,
                Optional.empty(),
                true,
                false);
    }

    /** With virtual time from {@code start} on. */
    public OrganizationConfig virtualFrom(Instant start) {
        return new OrganizationConfig(
                organization,
                folder,
                servers,
                data,
                peers,
                allowOutbound,
                Optional.of(start),
                loopbackIsUser,
                lockstep);
    }

    /** In lockstep, with virtual time from {@code start} on. */
    public OrganizationConfig inLockstepFrom(Instant start) {
        return new OrganizationConfig(
                organization, folder, servers, data, peers, allowOutbound, Optional.of(start), loopbackIsUser, true);
    }

    /** With spool, mailboxes and logs under {@code data}; programs have to log in to send through hubs. */
    public OrganizationConfig durable(Path where) {
        return new OrganizationConfig(
                organization, folder, servers, Optional.of(where), peers, allowOutbound, virtualStart, false, lockstep);
    }

    /** With these servers only. */
    public OrganizationConfig only(List<String> names) {
        return new OrganizationConfig(
                organization, folder, names, data, peers, allowOutbound, virtualStart, loopbackIsUser, lockstep);
    }

    /** With the other servers in other processes that meet in {@code where}. */
    public OrganizationConfig withPeers(Path where) {
        return new OrganizationConfig(
                organization,
                folder,
                servers,
                data,
                Optional.of(where),
                allowOutbound,
                virtualStart,
                loopbackIsUser,
                lockstep);
    }

    /** With connections to anywhere allowed. */
    public OrganizationConfig outbound(boolean allowed) {
        return new OrganizationConfig(
                organization, folder, servers, data, peers, allowed, virtualStart, loopbackIsUser, lockstep);
    }

    /** With or without loopback programs counting as users. */
    public OrganizationConfig loopbackIsUser(boolean user) {
        return new OrganizationConfig(
                organization, folder, servers, data, peers, allowOutbound, virtualStart, user, lockstep);
    }
}
