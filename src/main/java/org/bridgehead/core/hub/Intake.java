package org.bridgehead.core.hub;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bridgehead.core.categorizer.Categorization;
import org.bridgehead.core.categorizer.Finding;
import org.bridgehead.core.categorizer.Member;
import org.bridgehead.core.categorizer.Step;
import org.bridgehead.core.directory.Page;
import org.bridgehead.core.directory.Question;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.mail.EnhancedStatus;
import org.bridgehead.core.mail.InternalId;
import org.bridgehead.core.mail.Lists;
import org.bridgehead.core.mail.Numbered;
import org.bridgehead.core.mail.Recipient;
import org.bridgehead.core.mail.Rejection;
import org.bridgehead.core.queue.QueuedCopy;
import org.bridgehead.core.routing.HopLimit;
import org.bridgehead.core.topology.TransportRule;

/**
 * The categorizer at work: takes each copy through resolution and expansion to its {@link Bifurcation} (BEHAVIOUR 2.1),
 * and hands what comes out to the queues, one queued copy per next hop. Owned by the hub's thread.
 */
final class Intake {
    /** Who has a say in what becomes of a copy. */
    record Aides(Agents agents, Treatments treatments) {}

    private record Asked(MailCopy copy, Categorization work) {}

    /** Members that are asked for when enough of those before them have gone, or at a time. */
    private record Later(Asked who, Step.Ask ask, Instant latest) {}

    /**
     * How long members are not asked for at most. A page now and then costs nobody much, and without it those behind a slow
     * next hop would wait for all in front of them, and directories forget where an asker was.
     */
    private static final Duration LATEST = Duration.ofSeconds(5);

    /** Where copies go from here. */
    interface Onward {
        /** A copy is resolved and routed. */
        void offer(QueuedCopy copy);

        /** Whether so many copies of a message can go and have not that further ones would only wait. */
        boolean hasPlenty(InternalId message);
    }

    private final Desk desk;
    private final Ledger ledger;
    private final Reporter reporter;
    private final Agents agents;
    private final Treatments treatments;
    private final Onward onward;
    private final ResolverTracking tracking;
    private final ResolverRequests requests;
    private final Bifurcation bifurcation;
    private final Screening screening;
    private final Numbered<Asked> lookUps = new Numbered<>();
    private final ArrayDeque<Asked> steps = new ArrayDeque<>();
    private boolean stepping;
    /** Those who ask when some of their copies have gone, first come, first served. */
    private final List<Later> later = new ArrayList<>();

    Intake(Desk desk, Ledger ledger, Reporter reporter, Aides aides, Onward onward) {
        this.desk = desk;
        this.ledger = ledger;
        this.reporter = reporter;
        this.agents = aides.agents();
        this.treatments = aides.treatments();
        this.onward = onward;
        this.tracking = new ResolverTracking(desk);
        this.requests = new ResolverRequests(desk);
        this.bifurcation = new Bifurcation(desk, reporter, tracking);
        this.screening = new Screening(desk, ledger, reporter, agents);
    }

    /** A message is new, or was read back: all that is open of it is categorized, once its agent has been asked. */
    void categorize(MailItem item) {
        screening.screen(item, () -> begin(item));
    }

    private void begin(MailItem item) {
        desk.focus(item.id());
        List<MailCopy> due = List.copyOf(item.copies());
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
        desk.focus(copy.item().id());
        if (isTreated(copy)) {
            return;
        }
        SpoolRecord.Accepted message = copy.item().accepted();
        int lines = message.facts().header().receivedLines() + 1;
        if (new HopLimit(desk.snapshot().settings().limits().maxHops()).exceededBy(lines)) {
            refuse(copy, indices, HopLimit.STATUS, "hop count exceeded: " + lines + " Received lines");
            return;
        }
        start(copy, indices);
    }

    /** A directory page came. */
    void answered(long id, Page page) {
        Asked asked = takeAsked(id);
        asked.work().answered(page);
        advance(asked.copy(), asked.work());
    }

    /** A pause is over. */
    void resumed(long id) {
        Asked paused = takeAsked(id);
        paused.work().resumed();
        advance(paused.copy(), paused.work());
    }

    private Asked takeAsked(long id) {
        Asked asked = lookUps.remove(id);
        if (asked == null) {
            throw new IllegalStateException("no look-up or pause " + id + " is under way");
        }
        desk.focus(asked.copy().item().id());
        return asked;
    }

    /** Look-ups and pauses under way. */
    int waiting() {
        return lookUps.size();
    }

    private void start(MailCopy copy, List<Integer> indices) {
        if (desk.snapshot().isEdge()) {
            bifurcation.splitAtEdge(copy, indices).forEach(onward::offer);
            return;
        }
        copy.beginWork();
        advance(copy, new Categorization(requests.of(copy, indices)));
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
            Asked who = new Asked(copy, work);
            boolean members = ask.questions().get(0) instanceof Question.MembersOf;
            if (members && onward.hasPlenty(copy.item().id())) {
                Instant latest = desk.now().plus(LATEST);
                later.add(new Later(who, ask, latest));
                desk.timers().at(latest, this::goOn);
            } else {
                ask(who, ask);
            }
        } else if (step instanceof Step.Pause) {
            long id = desk.number();
            lookUps.put(id, new Asked(copy, work));
            desk.emit(new HubEffect.Pause(id));
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

    private void ask(Asked who, Step.Ask ask) {
        long id = desk.number();
        lookUps.put(id, who);
        desk.emit(new HubEffect.LookUp(id, ask.questions(), ask.cursor()));
    }

    /**
     * At the end of a call: whoever waited for copies to go may go on. Expansion does not run away from delivery: that would
     * take processor and memory from other mail, and gain nothing (ADR 19).
     */
    void goOn() {
        if (later.isEmpty()) {
            return;
        }
        List<Later> due = Lists.filter(
                later,
                asking -> !asking.latest().isAfter(desk.now())
                        || !onward.hasPlenty(asking.who().copy().item().id()));
        later.removeAll(due);
        due.forEach(asking -> ask(asking.who(), asking.ask()));
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
        tracking.defer(copy, waiting, "directory unavailable: " + why);
        desk.timers().at(again, () -> advance(copy, work));
    }

    /** Direct recipients are known: refused ones are reported, the others routed. */
    private void found(MailCopy copy, List<Finding> findings, Runnable then) {
        note(copy, findings);
        List<Finding.Refused> refused = Lists.only(Finding.Refused.class, findings);
        if (!refused.isEmpty()) {
            reporter.fail(copy, TrackingEvent.Source.RESOLVER, Lists.map(refused, Intake::failure));
        }
        route(copy, Lists.only(Finding.Leaf.class, findings), then);
    }

    private void note(MailCopy copy, List<Finding> findings) {
        tracking.findings(copy, findings);
        if (!copy.item().rules(desk.snapshot().settings().rules()).isEmpty()) {
            Lists.only(Finding.Ruled.class, findings).stream()
                    .filter(found -> found.rule().action() instanceof TransportRule.AddRecipient)
                    .forEach(found -> copy.item().markRule(found.rule().name()));
        }
    }

    private static Reporter.Failure failure(Finding.Refused no) {
        return new Reporter.Failure(no.index(), no.recipient(), no.status(), no.reason(), Optional.empty());
    }

    /** A chunk of members becomes a durable copy of its own. */
    private void make(MailCopy parent, Step.Chunk chunk, Runnable then) {
        note(parent, chunk.findings());
        if (chunk.members().isEmpty()) {
            then.run();
            return;
        }
        List<Recipient> recipients = Lists.map(chunk.members(), Member::recipient);
        MailItem item = parent.item();
        SpoolRecord.CopyMade made = new SpoolRecord.CopyMade(
                item.nextCopyId(), parent.id(), recipients, chunk.expanded(), chunk.sender(), chunk.treatment());
        MailCopy copy = item.add(made);
        desk.record(made);
        if (isTreated(copy)) {
            then.run();
            return;
        }
        List<Finding.Leaf> leaves = new ArrayList<>();
        for (int i = 0; i < chunk.members().size(); i++) {
            leaves.add(new Finding.Leaf(
                    i, recipients.get(i), chunk.members().get(i).destination()));
        }
        route(copy, leaves, then);
    }

    /** What was decided about a copy when it was made stands, now and after a crash. */
    private boolean isTreated(MailCopy copy) {
        Optional<Rejection> refusal = copy.treatment().refusal();
        refusal.ifPresent(why -> refuse(copy, copy.open(), why.status(), why.reason()));
        Optional<TreatmentOrder> order = treatments.order(copy);
        order.ifPresent(what -> treatments.begin(copy, what));
        return refusal.isPresent() || order.isPresent();
    }

    private void route(MailCopy copy, List<Finding.Leaf> leaves, Runnable then) {
        if (leaves.isEmpty()) {
            then.run();
            return;
        }
        List<Integer> indices = Lists.map(leaves, Finding.Leaf::index);
        agents.consult(Stage.RESOLVED, copy, resolved -> {
            desk.focus(copy.item().id());
            if (screening.passes(copy, indices, resolved)) {
                List<QueuedCopy> copies = bifurcation.split(copy, leaves);
                agents.consult(
                        Stage.ROUTED,
                        copy,
                        routed -> agents.consult(Stage.CATEGORIZED, copy, categorized -> {
                            if (screening.passes(copy, indices, routed)
                                    && screening.passes(copy, indices, categorized)) {
                                copies.forEach(onward::offer);
                            }
                        }));
            }
            then.run();
        });
    }

    private void refuse(MailCopy copy, List<Integer> indices, EnhancedStatus status, String reason) {
        reporter.fail(
                copy,
                TrackingEvent.Source.ROUTING,
                Lists.map(
                        indices,
                        i -> new Reporter.Failure(i, copy.recipients().get(i), status, reason, Optional.empty())));
    }
}
