package org.bridgehead.whatif.trace;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.bridgehead.core.directory.Answer;
import org.bridgehead.core.directory.Directory;
import org.bridgehead.core.directory.DirectoryEntry;
import org.bridgehead.core.directory.Question;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.routing.ConnectorDecision;
import org.bridgehead.core.routing.Decision;
import org.bridgehead.core.routing.NextHop;
import org.bridgehead.core.routing.Router;
import org.bridgehead.core.routing.RoutingTable;
import org.bridgehead.core.topology.AcceptedDomain;
import org.bridgehead.core.topology.Names;
import org.bridgehead.core.topology.Role;
import org.bridgehead.core.topology.Server;

/** Puts to the routing core what a server put to it about a recipient. Remembers what it was told; one thread. */
final class Courses {
    private record Key(RoutingTable routes, String server) {}

    private final TracePlan plan;
    private final Circumstances circumstances;
    private final TreeMap<String, Optional<DirectoryEntry>> entries = new TreeMap<>();
    private Optional<Key> last = Optional.empty();
    private Optional<Router> router = Optional.empty();

    Courses(TracePlan plan, Circumstances circumstances) {
        this.plan = plan;
        this.circumstances = circumstances;
    }

    /** What {@code server} decides at a moment; empty when the topology of that moment has no such server. */
    Optional<Course> of(Instant at, String server, EmailAddress recipient) {
        RoutingTable routes = circumstances.routes(at);
        return routes.topology()
                .server(server)
                .flatMap(self ->
                        self.site().or(self::subscribedSite).map(home -> course(routes, self, home, recipient)));
    }

    private Course course(RoutingTable routes, Server self, String home, EmailAddress recipient) {
        Optional<DirectoryEntry> entry = entry(recipient);
        if (self.is(Role.EDGE_TRANSPORT) && !self.is(Role.HUB_TRANSPORT)) {
            return atEdge(routes, self, home, recipient);
        }
        Optional<String> target = entry.flatMap(found -> target(found, self));
        if (target.isEmpty()) {
            return outside(routes, self, home, recipient);
        }
        Optional<String> site = routes.topology().server(target.get()).flatMap(Server::site);
        boolean mailbox = entry.get() instanceof DirectoryEntry.Mailbox;
        if (site.isEmpty()) {
            return new Course(
                    target.get(),
                    home,
                    site,
                    new NextHop.Unreachable("no site has " + target.get()),
                    Optional.empty(),
                    Optional.empty());
        }
        NextHop hop = mailbox
                ? router(routes, self).toMailboxServer(target.get(), plan.mail().size(), List.of())
                : router(routes, self).toHub(target.get(), plan.mail().size(), List.of());
        String words = (mailbox ? "" : "expansion server ") + target.get() + " in " + site.get();
        return new Course(words, home, site, hop, path(routes, home, site.get()), Optional.empty());
    }

    private static Optional<String> target(DirectoryEntry entry, Server self) {
        if (entry instanceof DirectoryEntry.Mailbox mailbox) {
            return Optional.of(mailbox.database().server());
        }
        Optional<String> expansion = entry instanceof DirectoryEntry.DistributionGroup group
                ? group.expansionServer()
                : entry instanceof DirectoryEntry.DynamicDistributionGroup dynamic
                        ? dynamic.expansionServer()
                        : Optional.empty();
        return expansion.filter(server -> !Names.same(server, self.name()));
    }

    private Course atEdge(RoutingTable routes, Server self, String home, EmailAddress recipient) {
        boolean ours = routes.topology()
                .settings()
                .acceptedDomain(recipient.domain())
                .filter(domain -> domain.type() != AcceptedDomain.Type.EXTERNAL_RELAY)
                .isPresent();
        return ours
                ? new Course(
                        "the hubs of " + home,
                        home,
                        Optional.of(home),
                        router(routes, self).inboundFromEdge(),
                        Optional.empty(),
                        Optional.empty())
                : outside(routes, self, home, recipient);
    }

    private Course outside(RoutingTable routes, Server self, String home, EmailAddress recipient) {
        long size = plan.mail().size();
        Router asked = router(routes, self);
        NextHop hop = asked.toExternal(recipient, size, List.of());
        Optional<ConnectorDecision> connector = asked.decideConnector(recipient, size, List.of());
        Optional<String> site = connector.map(its -> hop instanceof NextHop.Sites sites ? sites.destination() : home);
        String words = "somebody outside";
        return new Course(words, home, site, hop, site.flatMap(there -> path(routes, home, there)), connector);
    }

    private static Optional<Decision> path(RoutingTable routes, String from, String to) {
        return Names.same(from, to) ? Optional.empty() : routes.decide(from, to);
    }

    private Router router(RoutingTable routes, Server self) {
        Key key = new Key(routes, self.name());
        if (!last.filter(key::equals).isPresent()) {
            last = Optional.of(key);
            router = Optional.of(Router.of(routes, self.name()));
        }
        return router.orElseThrow();
    }

    private Optional<DirectoryEntry> entry(EmailAddress address) {
        return entries.computeIfAbsent(address.key(), key -> ask(plan.directory(), address));
    }

    static Optional<DirectoryEntry> ask(Directory directory, EmailAddress address) {
        Answer answer = directory
                .ask(List.of(new Question.ByAddress(address)), Optional.empty())
                .answers()
                .get(0);
        return answer instanceof Answer.Found found ? Optional.of(found.entry()) : Optional.empty();
    }
}
