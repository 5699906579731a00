package org.bridgehead.core.hub;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bridgehead.core.categorizer.Destination;
import org.bridgehead.core.categorizer.Finding;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.mail.Recipient;
import org.bridgehead.core.queue.QueuedCopy;
import org.bridgehead.core.queue.QueuedCopy.Stop;
import org.bridgehead.core.routing.NextHop;
import org.bridgehead.core.topology.AcceptedDomain;
import org.bridgehead.core.topology.Role;
import org.bridgehead.core.topology.Server;

/**
 * Routes the resolved recipients of a copy and splits it, one queued copy per next hop (BEHAVIOUR 2.1, 2.5). Recipients
 * that cannot be routed are refused here. Keeps nothing; asked by the {@link Intake} on the hub's thread.
 */
final class Bifurcation {
    /** Begins the key of leaves that share a next hop. */
    private static final String LEAF = "leaf ";

    private final Desk desk;
    private final Reporter reporter;
    private final ResolverTracking tracking;

    Bifurcation(Desk desk, Reporter reporter, ResolverTracking tracking) {
        this.desk = desk;
        this.reporter = reporter;
        this.tracking = tracking;
    }

    /** The queued copies for resolved recipients; groups expanded elsewhere travel apart from leaves. */
    List<QueuedCopy> split(MailCopy copy, List<Finding.Leaf> leaves) {
        List<NextHop> hops = nextHops(copy, leaves);
        if (leaves.size() == 1 && !(hops.get(0) instanceof NextHop.Rejected)) {
            return List.of(queued(copy, List.of(stop(leaves.get(0), hops.get(0))), isResolved(leaves.get(0))));
        }
        Map<String, List<Stop>> byHop = new LinkedHashMap<>();
        List<Reporter.Failure> failures = new ArrayList<>();
        List<Stop> together = new ArrayList<>();
        for (int i = 0; i < leaves.size(); i++) {
            Finding.Leaf leaf = leaves.get(i);
            Stop stop = stop(leaf, hops.get(i));
            if (isRejected(stop, failures)) {
                continue;
            }
            // Runs of mailboxes share one and the same hop: its name need not be looked at for each of them.
            boolean likeTheOneBefore =
                    i > 0 && hops.get(i) == hops.get(i - 1) && isResolved(leaf) == isResolved(leaves.get(i - 1));
            if (!likeTheOneBefore) {
                String key = (isResolved(leaf) ? LEAF : "group ") + stop.hop().queueName();
                together = byHop.computeIfAbsent(key, its -> new ArrayList<>());
            }
            together.add(stop);
        }
        refuse(copy, failures);
        if (byHop.size() > 1) {
            tracking.transfer(copy, byHop.size() + " next hops");
        }
        List<QueuedCopy> copies = new ArrayList<>(byHop.size());
        byHop.forEach((key, stops) -> copies.add(queued(copy, stops, key.startsWith(LEAF))));
        return copies;
    }

    private static Stop stop(Finding.Leaf leaf, NextHop hop) {
        return new Stop(leaf.index(), leaf.recipient(), hop, storageGroup(leaf));
    }

    private static boolean isResolved(Finding.Leaf leaf) {
        return !(leaf.destination() instanceof Destination.ExpandedAt);
    }

    private QueuedCopy queued(MailCopy copy, List<Stop> stops, boolean resolved) {
        return new QueuedCopy(
                copy.id(),
                stops,
                resolved,
                copy.item().again(),
                desk.priority(copy.item().state()));
    }

    /** The same on an edge, which resolves nobody: mail for the organisation goes to a hub of its site, the rest out. */
    List<QueuedCopy> splitAtEdge(MailCopy copy, List<Integer> indices) {
        Map<String, List<Stop>> byHop = new LinkedHashMap<>();
        List<Reporter.Failure> failures = new ArrayList<>();
        for (int index : indices) {
            Recipient recipient = copy.recipients().get(index);
            Stop stop = new Stop(index, recipient, edgeHop(copy, recipient.address()));
            if (!isRejected(stop, failures)) {
                byHop.computeIfAbsent(stop.hop().queueName(), its -> new ArrayList<>())
                        .add(stop);
            }
        }
        refuse(copy, failures);
        return byHop.values().stream()
                .map(stops -> queued(copy, stops, copy.isResolved()))
                .toList();
    }

    private static String storageGroup(Finding.Leaf leaf) {
        return leaf.destination() instanceof Destination.InMailbox mailbox
                ? mailbox.database().storageGroup()
                : "";
    }

    /** Whether a recipient has no way at all; it is among the failures then. */
    private static boolean isRejected(Stop stop, List<Reporter.Failure> failures) {
        if (stop.hop() instanceof NextHop.Rejected no) {
            failures.add(
                    new Reporter.Failure(stop.index(), stop.recipient(), no.status(), no.reason(), Optional.empty()));
            return true;
        }
        return false;
    }

    private void refuse(MailCopy copy, List<Reporter.Failure> failures) {
        if (!failures.isEmpty()) {
            reporter.fail(copy, TrackingEvent.Source.ROUTING, failures);
        }
    }

    private List<NextHop> nextHops(MailCopy copy, List<Finding.Leaf> leaves) {
        List<NextHop> hops = new ArrayList<>(leaves.size());
        String before = "";
        for (Finding.Leaf leaf : leaves) {
            // Members of a group come in runs that one server has the mailboxes of.
            String server = leaf.destination() instanceof Destination.InMailbox mailbox
                    ? mailbox.database().server()
                    : "";
            boolean same = !server.isEmpty() && server.equals(before);
            hops.add(same ? hops.get(hops.size() - 1) : nextHop(copy, leaf));
            before = server;
        }
        return desk.snapshot().router().fanOut(hops, copy.item().state().avoid());
    }

    private NextHop nextHop(MailCopy copy, Finding.Leaf leaf) {
        long size = copy.item().limitedSize();
        List<String> avoid = copy.item().state().avoid();
        Destination to = leaf.destination();
        if (to instanceof Destination.InMailbox mailbox) {
            String server = mailbox.database().server();
            return has(server, Role.MAILBOX)
                    ? desk.snapshot().router().toMailboxServer(server, size, avoid)
                    : new NextHop.Unreachable("no site has a mailbox server " + server);
        }
        if (to instanceof Destination.ExpandedAt elsewhere) {
            return has(elsewhere.server(), Role.HUB_TRANSPORT)
                    ? desk.snapshot().router().toHub(elsewhere.server(), size, avoid)
                    : new NextHop.Unreachable("no site has an expansion server " + elsewhere.server());
        }
        return to instanceof Destination.Nowhere no
                ? new NextHop.Rejected(no.status(), no.reason())
                : desk.snapshot().router().toExternal(leaf.recipient().address(), size, avoid);
    }

    /** The directory may name servers that the topology does not have (BEHAVIOUR 1.9, events 5005 and 5006). */
    private boolean has(String server, Role role) {
        Optional<Server> known = desk.snapshot().topology().server(server);
        return known.isPresent() && known.get().is(role) && known.get().site().isPresent();
    }

    private NextHop edgeHop(MailCopy copy, EmailAddress address) {
        boolean ours = desk.snapshot()
                .settings()
                .acceptedDomain(address.domain())
                .filter(domain -> domain.type() != AcceptedDomain.Type.EXTERNAL_RELAY)
                .isPresent();
        // What a hub resolved and sent here is on its way out, whatever its domain.
        return ours && !copy.isResolved()
                ? desk.snapshot().router().inboundFromEdge()
                : desk.snapshot()
                        .router()
                        .toExternal(
                                address,
                                copy.item().limitedSize(),
                                copy.item().state().avoid());
    }
}
