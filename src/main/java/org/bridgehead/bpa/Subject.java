package org.bridgehead.bpa;

import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.bridgehead.core.directory.DirectoryDefinition;
import org.bridgehead.core.directory.Organization;
import org.bridgehead.core.routing.RoutingTable;
import org.bridgehead.core.topology.Names;
import org.bridgehead.core.topology.Role;
import org.bridgehead.core.topology.Server;
import org.bridgehead.core.topology.Site;
import org.bridgehead.core.topology.Topology;

/** What rules look at. Immutable but for what it has worked out once ({@link #derived}); safe for any thread. */
public final class Subject {
    private final Organization organization;
    private final RoutingTable routes;
    private final Map<Class<?>, Object> derived = new ConcurrentHashMap<>();

    /**
     * A subject whose paths are known.
     *
     * @param organization servers and people
     * @param routes the paths of its topology
     */
    public Subject(Organization organization, RoutingTable routes) {
        this.organization = organization;
        this.routes = routes;
    }

    /** The subject of an organisation. */
    public static Subject of(Organization organization) {
        return new Subject(organization, RoutingTable.of(organization.topology()));
    }

    /** Servers and people. */
    public Organization organization() {
        return organization;
    }

    /** The paths of its topology. */
    public RoutingTable routes() {
        return routes;
    }

    /** The servers' part. */
    public Topology topology() {
        return organization.topology();
    }

    /** The people's part. */
    public DirectoryDefinition directory() {
        return organization.directory();
    }

    /** The sites with a mailbox server, in name order. */
    public List<String> mailboxSites() {
        return List.copyOf(sitesWith(Role.MAILBOX));
    }

    /** The sites where a server with {@code role} stands, in name order. */
    public NavigableSet<String> sitesWith(Role role) {
        NavigableSet<String> sites = Names.set();
        for (Server server : topology().servers().values()) {
            if (server.is(role)) {
                server.site().flatMap(topology()::site).map(Site::name).ifPresent(sites::add);
            }
        }
        return sites;
    }

    /**
     * What several rules need, worked out when first asked for.
     *
     * @param kind its type, of which there is one
     * @param work depends on this subject alone, and asks for nothing derived itself
     */
    public <T> T derived(Class<T> kind, Function<Subject, T> work) {
        return kind.cast(derived.computeIfAbsent(kind, key -> work.apply(this)));
    }
}
