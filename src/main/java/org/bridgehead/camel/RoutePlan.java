package org.bridgehead.camel;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.bridgehead.core.directory.Answer;
import org.bridgehead.core.directory.DirectoryEntry;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.routing.Decision;
import org.bridgehead.core.routing.Itinerary;
import org.bridgehead.core.routing.NextHop;
import org.bridgehead.core.routing.Reachability;
import org.bridgehead.core.routing.Router;
import org.bridgehead.core.topology.AcceptedDomain;
import org.bridgehead.core.topology.Names;
import org.bridgehead.core.topology.Role;
import org.bridgehead.core.topology.Server;
import org.bridgehead.engine.MailOrganization;
import org.jspecify.annotations.Nullable;

/**
 * The way of a message as the first hub on it would decide.
 *
 * @param nextHop name of the queue it would wait in; empty = it would be refused, or its group expanded
 * @param path sites, the first and the last included
 * @param reason why, for people
 */
record RoutePlan(Optional<String> nextHop, List<String> path, String reason) {
    /** Copies the list. */
    RoutePlan {
        path = List.copyOf(path);
    }

    /** The hub or edge where the way from a site or server begins. */
    static Server start(MailOrganization organization, @Nullable String from) {
        if (from == null) {
            throw new IllegalArgumentException(
                    "bridgehead:route needs to know where the way begins: from=SITE or from=SERVER");
        }
        Optional<Server> server = organization.topology().server(from);
        if (server.isPresent()
                && (server.get().is(Role.HUB_TRANSPORT) || server.get().is(Role.EDGE_TRANSPORT))) {
            return server.get();
        }
        String site = server.flatMap(Server::site)
                .or(() -> organization.topology().site(from).map(found -> found.name()))
                .orElseThrow(() -> new IllegalArgumentException("no site or server " + from));
        return organization.topology().hubsOf(site).stream()
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(site + " has no hub transport server"));
    }

    /** The way to a recipient for a message of {@code size} octets, 0 = unknown. */
    static RoutePlan of(MailOrganization organization, @Nullable String from, EmailAddress to, long size) {
        Server start = start(organization, from);
        return new Planner(organization, start, size).to(to);
    }

    private static final class Planner {
        private final MailOrganization organization;
        private final Server start;
        private final String home;
        private final Router router;
        private final long size;

        Planner(MailOrganization organization, Server start, long size) {
            this.organization = organization;
            this.start = start;
            this.home = start.site().or(start::subscribedSite).orElseThrow();
            this.router = Router.of(organization.routes(), start.name());
            this.size = size;
        }

        RoutePlan to(EmailAddress recipient) {
            Answer answer = organization.lookUp(recipient);
            if (answer instanceof Answer.Found found) {
                return to(found.entry());
            }
            if (answer instanceof Answer.Ambiguous) {
                return refused("5.1.4 several recipients have the address " + recipient);
            }
            if (answer instanceof Answer.Unavailable trouble) {
                throw new IllegalStateException("the directory cannot be asked: " + trouble.why());
            }
            return isAuthoritative(recipient.domain())
                    ? refused("5.1.1 nobody has the address " + recipient)
                    : out(recipient);
        }

        private boolean isAuthoritative(String domain) {
            return organization
                    .topology()
                    .settings()
                    .acceptedDomain(domain)
                    .filter(accepted -> accepted.type() == AcceptedDomain.Type.AUTHORITATIVE)
                    .isPresent();
        }

        private RoutePlan to(DirectoryEntry entry) {
            if (entry instanceof DirectoryEntry.Mailbox mailbox) {
                String server = mailbox.database().server();
                return plan(router.toMailboxServer(server, size, List.of()), siteOf(server));
            }
            if (entry instanceof DirectoryEntry.Contact contact) {
                return out(contact.target());
            }
            Optional<String> expansion = entry instanceof DirectoryEntry.DistributionGroup group
                    ? group.expansionServer()
                    : ((DirectoryEntry.DynamicDistributionGroup) entry).expansionServer();
            return expansion
                    .filter(server -> !Names.same(server, start.name()))
                    .map(server -> plan(router.toHub(server, size, List.of()), siteOf(server)))
                    .orElseGet(() -> refused("a group: it is expanded here, then each member has a way of its own"));
        }

        private String siteOf(String server) {
            return organization.topology().server(server).flatMap(Server::site).orElse(home);
        }

        private RoutePlan out(EmailAddress address) {
            NextHop hop = router.toExternal(address, size, List.of());
            return plan(hop, hop instanceof NextHop.Sites sites ? sites.destination() : home);
        }

        private RoutePlan plan(NextHop hop, String site) {
            if (hop instanceof NextHop.Rejected rejected) {
                return refused(rejected.status() + " " + rejected.reason());
            }
            if (hop instanceof NextHop.Unreachable none) {
                return new RoutePlan(Optional.of(hop.queueName()), List.of(home), none.reason());
            }
            Optional<Decision> decision = organization.routes().decide(home, site);
            List<String> path = decision.map(chosen -> chosen.chosen().sites()).orElse(List.of(home));
            return new RoutePlan(Optional.of(hop.queueName()), path, held(site).orElseGet(() -> why(decision)));
        }

        /** Where and why the message would wait now. */
        private Optional<String> held(String site) {
            Reachability now = Reachability.of(organization.topology(), organization.down());
            return Itinerary.of(organization.routes(), now, home, site)
                    .flatMap(itinerary -> itinerary
                            .reason()
                            .map(reason -> "held at " + itinerary.heldAt().orElse(home) + ": " + reason));
        }

        private static String why(Optional<Decision> decision) {
            return decision.map(chosen -> "decided by " + chosen.rule().keyword()
                            + (chosen.rejected().isEmpty()
                                    ? ""
                                    : chosen.rejected().stream()
                                            .map(other -> String.join(
                                                            " > ", other.path().sites()) + " by "
                                                    + other.lostBy().keyword())
                                            .collect(Collectors.joining(", ", "; lost: ", ""))))
                    .orElse("within the site");
        }

        private RoutePlan refused(String reason) {
            return new RoutePlan(Optional.empty(), List.of(home), reason);
        }
    }
}
