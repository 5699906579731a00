package org.bridgehead.core.hub;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.bridgehead.core.categorizer.Categorization;
import org.bridgehead.core.categorizer.CategorizerRequest;
import org.bridgehead.core.categorizer.Destination;
import org.bridgehead.core.categorizer.Finding;
import org.bridgehead.core.categorizer.Member;
import org.bridgehead.core.categorizer.Step;
import org.bridgehead.core.directory.Page;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.mail.EnhancedStatus;
import org.bridgehead.core.mail.Recipient;
import org.bridgehead.core.queue.QueuedCopy;
import org.bridgehead.core.routing.HopLimit;
import org.bridgehead.core.routing.NextHop;
import org.bridgehead.core.topology.AcceptedDomain;
import org.bridgehead.core.topology.Role;
import org.bridgehead.core.topology.RoutingPolicy.Relay;

/**
 * The categorizer at work: takes each copy through resolution, expansion and routing (BEHAVIOUR 2.1) and hands what
 * comes out to the queues, one queued copy per next hop. Owned by the hub's thread.
 */
final class Intake {
    private record Asked(MailCopy copy, Categorization work) {}

    private final Desk desk;
    private final Ledger ledger;
    private final Reporter reporter;
    private final Agents agents;
    private final Consumer<QueuedCopy> queues;
    private final TreeMap<Long, Asked> lookUps = new TreeMap<>();
    private final ArrayDeque<Asked> steps = new ArrayDeque<>();
    private boolean stepping;

    Intake(Desk desk, Ledger ledger, Reporter reporter, Agents agents, Consumer<QueuedCopy> queues) {
        this.desk = desk;
        this.ledger = ledger;
        this.reporter = reporter;
        this.agents = agents;
        this.queues = queues;
    }

    /** A message is new, or was read back: all that is open of it is categorized. */
    void categorize(MailItem item) {
        List<MailCopy> due = new ArrayList<>();
        item.copies().forEach(due::add);
        // No copy may complete the message while another one has not been started.
        due.forEach(MailCopy::beginWork);
        due.forEach(copy -> categorize(copy, copy.open()));
        due.forEach(MailCopy::endWork);
        ledger.releaseIfComplete(item);
    }

    /** These recipients of a copy are to be resolved and routed. */
    void categorize(MailCopy copy, List<Integer> indices) {
        if (indices.isEmpty()) {
            return;
        }
        SpoolRecord.Accepted message = copy.item().accepted();
        int lines = message.facts().header().receivedLines() + 1;
        if (new HopLimit(desk.snapshot().settings().limits().maxHops()).exceededBy(lines)) {
            refuse(copy, indices, HopLimit.STATUS, "hop count exceeded: " + lines + " Received lines");
            return;
        }
        agents.consult(Stage.SUBMITTED, copy, verdict -> {
            if (goesOn(copy, indices, verdict)) {
                start(copy, indices);
            }
        });
    }

    /** A directory page came. */
    void answered(long id, Page page) {
        Asked asked = lookUps.remove(id);
        if (asked == null) {
            throw new IllegalStateException("no look-up " + id + " is under way");
        }
        asked.work().answered(page);
        advance(asked.copy(), asked.work());
    }

    private void start(MailCopy copy, List<Integer> indices) {
        if (desk.snapshot().isEdge()) {
            routeAtEdge(copy, indices);
            return;
        }
        MailItem item = copy.item();
        List<String> before = new ArrayList<>(item.state().expanded());
        before.addAll(copy.expanded());
        copy.beginWork();
        advance(
                copy,
                new Categorization(new CategorizerRequest(
                        copy.recipients(),
                        indices,
                        copy.isResolved(),
                        copy.id().number() == 0 ? item.madeFor() : List.of(),
                        before,
                        item.state().auth().isPresent(),
                        item.state().size(),
                        desk.self(),
                        desk.snapshot().settings(),
                        desk.snapshot().settings().limits().expansionChunk())));
    }

    /** Steps follow each other in a loop: a long list of small chunks must not nest. */
    private void advance(MailCopy copy, Categorization work) {
        steps.addLast(new Asked(copy, work));
        if (stepping) {
            return;
        }
        stepping = true;
        while (!steps.isEmpty()) {
            Asked next = steps.removeFirst();
            step(next.copy(), next.work());
        }
        stepping = false;
    }

    private void step(MailCopy copy, Categorization work) {
        Step step = work.next();
        if (step instanceof Step.Ask ask) {
            long id = desk.number();
            lookUps.put(id, new Asked(copy, work));
            desk.emit(new HubEffect.LookUp(id, ask.questions(), ask.cursor()));
        } else if (step instanceof Step.Direct direct) {
            found(copy, direct.findings(), () -> {
                if (!direct.dropped().isEmpty()) {
                    ledger.settle(copy, direct.dropped());
                }
                advance(copy, work);
            });
        } else if (step instanceof Step.Chunk chunk) {
            make(copy, chunk, () -> advance(copy, work));
        } else if (step instanceof Step.Unavailable unavailable) {
            wait(copy, work, unavailable.why());
        } else {
            finish(copy, ((Step.Done) step).expandedIndices());
        }
    }

    private void finish(MailCopy copy, List<Integer> expanded) {
        copy.endWork();
        if (expanded.isEmpty()) {
            ledger.releaseIfComplete(copy.item());
        } else {
            ledger.expanded(copy, expanded);
        }
    }

    private void wait(MailCopy copy, Categorization work, String why) {
        Instant again = desk.now().plus(desk.snapshot().retry().resolverInterval());
        Instant end =
                copy.item().state().submitted().plus(desk.snapshot().retry().expiration());
        if (!end.isAfter(desk.now())) {
            copy.endWork();
            refuse(copy, copy.openAmong(work.unfinished()), Deadlines.EXPIRED, Deadlines.EXPIRED_WORDS);
            return;
        }
        List<EmailAddress> waiting = work.unfinished().stream()
                .map(index -> copy.recipients().get(index).address())
                .toList();
        track(copy, TrackingEvent.Kind.DEFER, waiting, "4.3.2", "directory unavailable: " + why);
        desk.timers().at(again, () -> advance(copy, work));
    }

    /** Direct recipients are known: refused ones are reported, the others routed. */
    private void found(MailCopy copy, List<Finding> findings, Runnable then) {
        trackFindings(copy, findings);
        List<Reporter.Failure> failures = findings.stream()
                .filter(Finding.Refused.class::isInstance)
                .map(Finding.Refused.class::cast)
                .map(f -> new Reporter.Failure(f.index(), f.recipient(), f.status(), f.reason(), Optional.empty()))
                .toList();
        if (!failures.isEmpty()) {
            reporter.fail(copy, TrackingEvent.Source.RESOLVER, failures);
        }
        List<Finding.Leaf> leaves = findings.stream()
                .filter(Finding.Leaf.class::isInstance)
                .map(Finding.Leaf.class::cast)
                .toList();
        route(copy, leaves, then);
    }

    /** A chunk of members becomes a durable copy of its own. */
    private void make(MailCopy parent, Step.Chunk chunk, Runnable then) {
        trackFindings(parent, chunk.findings());
        if (chunk.members().isEmpty()) {
            then.run();
            return;
        }
        List<Recipient> recipients =
                chunk.members().stream().map(Member::recipient).toList();
        MailItem item = parent.item();
        MailCopy copy = item.add(item.nextCopyId(), recipients, chunk.expanded());
        desk.record(new SpoolRecord.CopyMade(copy.id(), parent.id(), recipients, chunk.expanded()));
        List<Finding.Leaf> leaves = new ArrayList<>();
        for (int i = 0; i < chunk.members().size(); i++) {
            leaves.add(new Finding.Leaf(
                    i, recipients.get(i), chunk.members().get(i).destination()));
        }
        route(copy, leaves, then);
    }

    private void route(MailCopy copy, List<Finding.Leaf> leaves, Runnable then) {
        if (leaves.isEmpty()) {
            then.run();
            return;
        }
        List<Integer> indices = leaves.stream().map(Finding.Leaf::index).toList();
        agents.consult(Stage.RESOLVED, copy, resolved -> {
            if (goesOn(copy, indices, resolved)) {
                List<QueuedCopy> copies = split(copy, leaves);
                agents.consult(
                        Stage.ROUTED,
                        copy,
                        routed -> agents.consult(Stage.CATEGORIZED, copy, categorized -> {
                            if (goesOn(copy, indices, routed) && goesOn(copy, indices, categorized)) {
                                copies.forEach(queues);
                            }
                        }));
            }
            then.run();
        });
    }

    /** One queued copy per next hop; recipients that cannot be routed are refused. */
    private List<QueuedCopy> split(MailCopy copy, List<Finding.Leaf> leaves) {
        Map<String, List<QueuedCopy.Stop>> byHop = new LinkedHashMap<>();
        List<Reporter.Failure> failures = new ArrayList<>();
        List<NextHop> hops = nextHops(copy, leaves);
        for (int i = 0; i < leaves.size(); i++) {
            Finding.Leaf leaf = leaves.get(i);
            NextHop hop = hops.get(i);
            if (hop instanceof NextHop.Rejected no) {
                failures.add(new Reporter.Failure(
                        leaf.index(), leaf.recipient(), no.status(), no.reason(), Optional.empty()));
                continue;
            }
            boolean unexpanded = leaf.destination() instanceof Destination.ExpandedAt;
            byHop.computeIfAbsent((unexpanded ? "group " : "leaf ") + hop.queueName(), key -> new ArrayList<>())
                    .add(new QueuedCopy.Stop(leaf.index(), leaf.recipient(), hop));
        }
        if (!failures.isEmpty()) {
            reporter.fail(copy, TrackingEvent.Source.ROUTING, failures);
        }
        if (byHop.size() > 1) {
            track(copy, TrackingEvent.Kind.TRANSFER, List.of(), "", byHop.size() + " next hops");
        }
        boolean again = copy.item().again();
        return byHop.entrySet().stream()
                .map(entry -> new QueuedCopy(
                        copy.id(), entry.getValue(), entry.getKey().startsWith("leaf "), again, 0, Optional.empty()))
                .toList();
    }

    private List<NextHop> nextHops(MailCopy copy, List<Finding.Leaf> leaves) {
        List<NextHop> hops = leaves.stream().map(leaf -> nextHop(copy, leaf)).toList();
        return desk.snapshot().settings().routing().relay() == Relay.DIRECT ? FanOut.delayed(hops) : hops;
    }

    private NextHop nextHop(MailCopy copy, Finding.Leaf leaf) {
        long size = copy.item().state().size();
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
        return desk.snapshot()
                .topology()
                .server(server)
                .filter(known -> known.is(role) && known.site().isPresent())
                .isPresent();
    }

    /** An edge resolves nobody: mail for the organisation goes to a hub of its site, the rest out. */
    private void routeAtEdge(MailCopy copy, List<Integer> indices) {
        Map<String, List<QueuedCopy.Stop>> byHop = new LinkedHashMap<>();
        List<Reporter.Failure> failures = new ArrayList<>();
        for (int index : indices) {
            Recipient recipient = copy.recipients().get(index);
            NextHop hop = edgeHop(copy, recipient.address());
            if (hop instanceof NextHop.Rejected no) {
                failures.add(new Reporter.Failure(index, recipient, no.status(), no.reason(), Optional.empty()));
            } else {
                byHop.computeIfAbsent(hop.queueName(), key -> new ArrayList<>())
                        .add(new QueuedCopy.Stop(index, recipient, hop));
            }
        }
        if (!failures.isEmpty()) {
            reporter.fail(copy, TrackingEvent.Source.ROUTING, failures);
        }
        boolean again = copy.item().again();
        byHop.values()
                .forEach(stops ->
                        queues.accept(new QueuedCopy(copy.id(), stops, copy.isResolved(), again, 0, Optional.empty())));
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
                                copy.item().state().size(),
                                copy.item().state().avoid());
    }

    private boolean goesOn(MailCopy copy, List<Integer> indices, AgentVerdict verdict) {
        if (verdict instanceof AgentVerdict.Reject reject) {
            refuse(copy, indices, reject.status(), reject.reason());
            return false;
        }
        if (verdict instanceof AgentVerdict.Drop) {
            track(copy, TrackingEvent.Kind.DROP, List.of(), "", "dropped by an agent");
            ledger.settle(copy, indices);
            return false;
        }
        return true;
    }

    private void refuse(MailCopy copy, List<Integer> indices, EnhancedStatus status, String reason) {
        reporter.fail(
                copy,
                TrackingEvent.Source.ROUTING,
                indices.stream()
                        .map(i -> new Reporter.Failure(i, copy.recipients().get(i), status, reason, Optional.empty()))
                        .toList());
    }

    private void trackFindings(MailCopy copy, List<Finding> findings) {
        for (Finding finding : findings) {
            if (finding instanceof Finding.Resolved f) {
                track(copy, TrackingEvent.Kind.RESOLVE, List.of(f.from()), "", "is " + f.to());
            } else if (finding instanceof Finding.Redirected f) {
                track(copy, TrackingEvent.Kind.REDIRECT, List.of(f.from()), "", "to " + f.to());
            } else if (finding instanceof Finding.Expanding f) {
                track(copy, TrackingEvent.Kind.EXPAND, List.of(f.group()), "", f.name());
            } else if (finding instanceof Finding.Duplicate f) {
                track(copy, TrackingEvent.Kind.DUPLICATEEXPAND, List.of(f.member()), "", f.why());
            } else if (finding instanceof Finding.Lost f) {
                track(
                        copy,
                        TrackingEvent.Kind.FAIL,
                        List.of(f.group()),
                        "5.2.4",
                        "member leads nowhere: " + f.member());
            }
        }
    }

    private void track(
            MailCopy copy, TrackingEvent.Kind kind, List<EmailAddress> recipients, String status, String reason) {
        desk.track(
                kind,
                TrackingEvent.Source.RESOLVER,
                copy.item().accepted(),
                recipients,
                Optional.empty(),
                status,
                reason);
    }
}
