package org.bridgehead.core.categorizer;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bridgehead.core.directory.Answer;
import org.bridgehead.core.directory.Directory;
import org.bridgehead.core.directory.DirectoryEntry;
import org.bridgehead.core.directory.DirectoryEntry.Contact;
import org.bridgehead.core.directory.DirectoryEntry.Group;
import org.bridgehead.core.directory.DirectoryEntry.Mailbox;
import org.bridgehead.core.directory.Page;
import org.bridgehead.core.directory.Question;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.mail.EnhancedStatus;
import org.bridgehead.core.mail.Lists;
import org.bridgehead.core.mail.Recipient;
import org.jspecify.annotations.Nullable;

/**
 * Resolves the recipients of one copy and expands its groups (BEHAVIOUR 2.2, 2.4), one {@link Step} at a time. At most
 * one directory page is in flight; members come in chunks, so that a list of a million needs room for one chunk and
 * for the digests of what was seen. Every address gets the message once: direct recipients first, then members in the
 * order of expansion; harmless loops end there.
 *
 * <p>Not thread-safe. After a crash a new one is made with the addresses of the chunks already durable, and walks the
 * groups again from the root.
 */
public final class Categorization {
    private static final EnhancedStatus UNKNOWN = EnhancedStatus.of("5.1.1");
    private static final EnhancedStatus AMBIGUOUS = EnhancedStatus.of("5.1.4");

    private final CategorizerRequest request;
    private final ArrayDeque<Pending> pending;
    private final List<Pending> asked = new ArrayList<>();
    private final List<Pending> forwardRoots = new ArrayList<>(0);
    private final List<Finding> findings = new ArrayList<>();
    private final List<Integer> dropped = new ArrayList<>(0);
    private final List<Integer> expandedIndices = new ArrayList<>(0);
    private final Visited visited = new Visited();
    private final ResolverRules rules;
    /** Made when there is something to expand, which is seldom. */
    private @Nullable Expansion expansion;

    private Optional<String> trouble = Optional.empty();
    private boolean directDone;
    private boolean done;

    /** Starts on the recipients of {@code request}. */
    public Categorization(CategorizerRequest request) {
        this.request = request;
        this.pending = new ArrayDeque<>(request.recipients().size());
        this.rules = new ResolverRules(request);
        boolean[] open = new boolean[request.recipients().size()];
        for (int index : request.open()) {
            open[index] = true;
        }
        for (int i = 0; i < open.length; i++) {
            if (open[i] || !request.resolved()) {
                pending.add(new Pending(i, request.recipients().get(i), List.of(), open[i]));
            }
        }
    }

    /** What comes next; performing an {@link Step.Ask} and answering it is due before the next call. */
    public Step next() {
        if (trouble.isPresent()) {
            String why = trouble.get();
            trouble = Optional.empty();
            return new Step.Unavailable(why);
        }
        // Findings count too: a list full of duplicates must not fill the memory either.
        if (members() >= request.chunk() || directDone && findings.size() >= request.chunk()) {
            return chunk();
        }
        settleLocally();
        if (!pending.isEmpty()) {
            return askForPending();
        }
        if (!directDone) {
            return direct();
        }
        return expansion == null ? last() : expansion.ask().orElseGet(this::last);
    }

    private Expansion expansion() {
        if (expansion == null) {
            expansion = new Expansion(request, rules, visited, findings::add, pending::add);
        }
        return expansion;
    }

    /** Members found and not taken yet. */
    private int members() {
        return expansion == null ? 0 : expansion.size();
    }

    /** The groups are walked to their end. */
    private Step last() {
        if (members() > 0 || !findings.isEmpty()) {
            return chunk();
        }
        done = true;
        return new Step.Done(List.copyOf(expandedIndices));
    }

    /** The page that the last {@link Step.Ask} asked for. */
    public void answered(Page page) {
        trouble = unavailable(page);
        if (trouble.isPresent()) {
            for (int i = asked.size() - 1; i >= 0; i--) {
                pending.addFirst(asked.get(i));
            }
            asked.clear();
            return;
        }
        if (asked.isEmpty()) {
            expansion().answered(page);
        } else {
            addressesAnswered(page.answers());
        }
    }

    private static Optional<String> unavailable(Page page) {
        for (Answer answer : page.answers()) {
            if (answer instanceof Answer.Unavailable unavailable) {
                return Optional.of(unavailable.why());
            }
        }
        return Optional.empty();
    }

    /** Recipients, members and findings held now, beside the digests of what was seen. */
    public int inMemory() {
        return pending.size() + asked.size() + members() + findings.size();
    }

    /** Direct recipients that no step has ended yet: all of them before {@link Step.Direct}, then the groups. */
    public List<Integer> unfinished() {
        return directDone ? List.copyOf(expandedIndices) : request.open();
    }

    /** Whether {@link Step.Done} has been given out. */
    public boolean isDone() {
        return done;
    }

    private void addressesAnswered(List<Answer> answers) {
        if (answers.size() != asked.size()) {
            throw new IllegalStateException(answers.size() + " answers to " + asked.size() + " questions");
        }
        List<Pending> questions = List.copyOf(asked);
        asked.clear();
        for (int i = 0; i < questions.size(); i++) {
            resolve(questions.get(i), answers.get(i));
        }
    }

    /** Addresses that no directory is asked about become leaves at once. */
    private void settleLocally() {
        int count = pending.size();
        for (int i = 0; i < count; i++) {
            Pending next = pending.removeFirst();
            if (rules.isAskedFor(next.address())) {
                pending.addLast(next);
            } else {
                leaf(next, next.recipient(), new Destination.Outside());
            }
        }
    }

    private Step askForPending() {
        while (asked.size() < Directory.BATCH && !pending.isEmpty()) {
            asked.add(pending.removeFirst());
        }
        return new Step.Ask(Lists.map(asked, one -> new Question.ByAddress(one.address())), Optional.empty());
    }

    private Step direct() {
        directDone = true;
        Step direct = new Step.Direct(List.copyOf(findings), List.copyOf(dropped));
        findings.clear();
        pending.addAll(forwardRoots);
        return direct;
    }

    private Step chunk() {
        List<Member> part = expansion().take(request.chunk());
        // Only a server that expands a group needs to know what was expanded before.
        boolean goesOn = part.stream().anyMatch(member -> member.destination() instanceof Destination.ExpandedAt);
        Step chunk =
                new Step.Chunk(part, List.copyOf(findings), goesOn ? expansion().entered() : List.of());
        findings.clear();
        return chunk;
    }

    private void resolve(Pending asking, Answer answer) {
        if (answer instanceof Answer.Found found) {
            if (asking.isMember()) {
                expansion().member(found.entry(), asking.recipient(), asking.chain());
            } else {
                found(asking, found.entry());
            }
        } else if (answer instanceof Answer.Ambiguous) {
            refuse(asking, AMBIGUOUS, "RESOLVER.ADR.Ambiguous; several recipients claim this address");
        } else if (rules.isRelayed(asking.address())) {
            leaf(asking, asking.recipient(), new Destination.Outside());
        } else {
            refuse(asking, UNKNOWN, "RESOLVER.ADR.RecipNotFound; not found");
        }
    }

    private void found(Pending asking, DirectoryEntry entry) {
        EmailAddress asked = asking.address();
        if (asking.open() && !asked.equals(entry.primaryAddress())) {
            findings.add(new Finding.Resolved(asked, entry.primaryAddress()));
        }
        Recipient primary = asking.recipient().rewrittenTo(entry.primaryAddress());
        Optional<String> barred = rules.barred(entry);
        if (barred.isPresent()) {
            refuse(asking, ResolverRules.NOT_ALLOWED, barred.get());
        } else if (entry instanceof Mailbox mailbox) {
            directMailbox(asking, mailbox, primary);
        } else if (entry instanceof Contact contact) {
            follow(asking, primary, contact.name(), contact.target());
        } else {
            directGroup(asking, (Group) entry, primary);
        }
    }

    private void directMailbox(Pending asking, Mailbox mailbox, Recipient primary) {
        if (rules.isTooBigFor(mailbox)) {
            refuse(asking, ResolverRules.TOO_BIG, ResolverRules.SIZE_WORDS);
        } else if (mailbox.forwardTo().isEmpty() || request.resolved()) {
            leaf(asking, primary, new Destination.InMailbox(mailbox.database()));
        } else if (mailbox.deliverAndForward()) {
            if (asking.open()) {
                expandedIndices.add(asking.index());
                forwardRoots.add(Pending.member(primary, List.of()));
            }
        } else {
            follow(asking, primary, mailbox.name(), mailbox.forwardTo().get());
        }
    }

    private void follow(Pending asking, Recipient from, String name, EmailAddress target) {
        if (Pending.isIn(asking.chain(), name)) {
            refuse(asking, ResolverRules.LOOP, ResolverRules.LOOP_WORDS + name);
            return;
        }
        if (asking.open()) {
            findings.add(new Finding.Redirected(from.address(), target));
        }
        List<String> chain = Pending.longer(asking.chain(), name);
        pending.add(new Pending(asking.index(), from.rewrittenTo(target), chain, asking.open()));
    }

    private void directGroup(Pending asking, Group group, Recipient primary) {
        if (!asking.open()) {
            return;
        }
        Optional<String> elsewhere = rules.expansionServer(group);
        if (elsewhere.isPresent()) {
            leaf(asking, primary, new Destination.ExpandedAt(elsewhere.get()));
            return;
        }
        expandedIndices.add(asking.index());
        expansion().enter(group, primary);
    }

    private void leaf(Pending asking, Recipient recipient, Destination destination) {
        if (asking.isMember()) {
            expansion().add(recipient.address(), recipient, destination);
            return;
        }
        boolean fresh = visited.add(recipient.address().key());
        if (!asking.open()) {
            return;
        }
        if (fresh) {
            findings.add(new Finding.Leaf(asking.index(), recipient, destination));
        } else {
            findings.add(new Finding.Duplicate(recipient.address(), "already a recipient"));
            dropped.add(asking.index());
        }
    }

    private void refuse(Pending asking, EnhancedStatus status, String reason) {
        if (asking.isMember()) {
            expansion().add(asking.address(), asking.recipient(), new Destination.Nowhere(status, reason));
        } else if (asking.open()) {
            findings.add(new Finding.Refused(asking.index(), asking.recipient(), status, reason));
        }
    }
}
