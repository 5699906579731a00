package org.bridgehead.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.bridgehead.core.directory.Directory;
import org.bridgehead.core.directory.Organization;
import org.bridgehead.core.topology.Role;
import org.bridgehead.core.topology.Server;
import org.bridgehead.core.topology.Topology;
import org.bridgehead.io.ldap.FileDirectory;
import org.bridgehead.io.ldap.LdapConditions;
import org.bridgehead.io.ldap.LdapDirectories;

/**
 * The people of a topology as its hubs find them: those of the file, and behind them whom the domain controllers have when
 * the file names a search base. One thread; to be closed.
 */
final class KnownPeople implements AutoCloseable {
    private final Topology topology;
    private final Directory file;
    private final Optional<LdapDirectories> controllers;

    private KnownPeople(Organization organization, Optional<LdapDirectories> controllers) {
        this.topology = organization.topology();
        this.file = FileDirectory.of(organization.directory());
        this.controllers = controllers;
    }

    /**
     * Of an organisation.
     *
     * @param folder what file names in the topology are relative to
     * @param outbound whether controllers on other machines may be asked
     * @throws Failure when what controllers need cannot be read
     */
    static KnownPeople of(Organization organization, Path folder, boolean outbound) {
        Topology topology = organization.topology();
        var settings = organization.directory().ldap();
        try {
            return new KnownPeople(
                    organization,
                    settings.isEmpty()
                            ? Optional.empty()
                            : Optional.of(LdapDirectories.of(
                                    topology,
                                    settings.get(),
                                    new LdapConditions(
                                            folder, Instant::now, (site, name) -> abroad(topology, name, outbound)))));
        } catch (IOException e) {
            throw Failure.environment("directory.ldap: " + e.getMessage(), e);
        }
    }

    private static Optional<String> abroad(Topology topology, String controller, boolean outbound) {
        return outbound
                        || topology.server(controller)
                                .flatMap(Server::ldap)
                                .filter(KnownPeople::isHere)
                                .isPresent()
                ? Optional.empty()
                : Optional.of("is not on this machine (--allow-outbound?)");
    }

    /** By its address alone, or by the one name that is never looked up elsewhere. */
    private static boolean isHere(String url) {
        String host = Optional.ofNullable(URI.create(url).getHost()).orElse("");
        try {
            return host.equalsIgnoreCase("localhost")
                    || host.matches("\\[.*\\]|[0-9.]+")
                            && InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    /** As a server of a site asks. */
    Directory from(String site) {
        return controllers.map(its -> its.behind(file, site)).orElse(file);
    }

    /** As the first hub asks. */
    Directory fromAnyHub() {
        return from(topology.servers().values().stream()
                .filter(server -> server.is(Role.HUB_TRANSPORT))
                .flatMap(server -> server.site().stream())
                .findFirst()
                .orElse(""));
    }

    @Override
    public void close() {
        controllers.ifPresent(LdapDirectories::close);
    }
}
