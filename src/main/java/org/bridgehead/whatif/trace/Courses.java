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
    /** A server in a site, with a message of a size. */
    private record Asker(RoutingTable routes, Server self, String home, long size) {
        Optional<Decision> path(String to) {
            return Names.same(home, to) ? Optional.empty() : routes.decide(home, to);
        }

        boolean isSame(Asker other) {
            return routes == other.routes && Names.same(self.name(), other.self.name());
        }
    }

    private final TracePlan plan;
    private final Circumstances circumstances;
    private final TreeMap<String, Optional<DirectoryEntry>> entries = new TreeMap<>();
    private Optional<Asker> last = Optional.empty();
    private Optional<Router> router = Optional.empty();

    Courses(TracePlan plan, Circumstances circumstances) {
        this.plan = plan;
        this.circumstances = circumstances;
    }

    /**
     * What a server decides.
     *
     * @param at when
     * @param size octets of the message at first acceptance, by which routing goes (BEHAVIOUR 1.6.4)
     * @return empty when the topology of that moment has no such server
     */
    Optional<Course> of(Instant at, String server, EmailAddress recipient, long size) {
        RoutingTable routes = circumstances.routes(at);
        return routes.topology()
                .server(server)
                .flatMap(self -> self.site()
                        .or(self::subscribedSite)
                        .map(home -> course(new Asker(routes, self, home, size), recipient)));
    }

    private Course course(Asker asker, EmailAddress recipient) {
        Optional<DirectoryEntry> entry = entry(recipient);
        if (asker.self().is(Role.EDGE_TRANSPORT) && !asker.self().is(Role.HUB_TRANSPORT)) {
            return atEdge(asker, recipient);
        }
        Optional<String> target = entry.flatMap(found -> target(found, asker.self()));
        if (target.isEmpty()) {
            return outside(asker, recipient);
        }
        Optional<String> site = asker.routes().topology().server(target.get()).flatMap(Server::site);
        boolean mailbox = entry.get() instanceof DirectoryEntry.Mailbox;
        if (site.isEmpty()) {
            return new Course(
                    target.get(),
                    asker.home(),
                    site,
                    new NextHop.Unreachable("no site has " + target.get()),
                    Optional.empty(),
                    Optional.empty());
        }
        NextHop hop = mailbox
                ? router(asker).toMailboxServer(target.get(), asker.size(), List.of())
                : router(asker).toHub(target.get(), asker.size(), List.of());
        String words = (mailbox ? "" : "expansion server ") + target.get() + " in " + site.get();
        return new Course(words, asker.home(), site, hop, asker.path(site.get()), Optional.empty());
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

    private Course atEdge(Asker asker, EmailAddress recipient) {
        boolean ours = asker.routes()
                .topology()
                .settings()
                .acceptedDomain(recipient.domain())
                .filter(domain -> domain.type() != AcceptedDomain.Type.EXTERNAL_RELAY)
                .isPresent();
        return ours
                ? new Course(
                        "the hubs of " + asker.home(),
                        asker.home(),
                        Optional.of(asker.home()),
                        router(asker).inboundFromEdge(),
                        Optional.empty(),
                        Optional.empty())
                : outside(asker, recipient);
    }

    private Course outside(Asker asker, EmailAddress recipient) {
        Router asked = router(asker);
        NextHop hop = asked.toExternal(recipient, asker.size(), List.of());
        Optional<ConnectorDecision> connector = asked.decideConnector(recipient, asker.size(), List.of());
        Optional<String> site =
                connector.map(its -> hop instanceof NextHop.Sites sites ? sites.destination() : asker.home());
        String words = "somebody outside";
        return new Course(words, asker.home(), site, hop, site.flatMap(there -> asker.path(there)), connector);
    }

    private Router router(Asker asker) {
        if (last.filter(asker::isSame).isEmpty()) {
            last = Optional.of(asker);
            router = Optional.of(Router.of(asker.routes(), asker.self().name()));
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
