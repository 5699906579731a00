package org.bridgehead.core.categorizer;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.bridgehead.core.directory.Answer;
import org.bridgehead.core.directory.Cursor;
import org.bridgehead.core.directory.Directory;
import org.bridgehead.core.directory.DirectoryEntry;
import org.bridgehead.core.directory.DirectoryEntry.Contact;
import org.bridgehead.core.directory.DirectoryEntry.DistributionGroup;
import org.bridgehead.core.directory.DirectoryEntry.DynamicDistributionGroup;
import org.bridgehead.core.directory.DirectoryEntry.Mailbox;
import org.bridgehead.core.directory.Page;
import org.bridgehead.core.directory.Question;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.mail.EnhancedStatus;
import org.bridgehead.core.mail.Recipient;
import org.bridgehead.core.topology.AcceptedDomain;
import org.bridgehead.core.topology.Names;

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
    private static final EnhancedStatus TOO_BIG = EnhancedStatus.of("5.2.3");
    private static final EnhancedStatus LOOP = EnhancedStatus.of("5.4.6");
    private static final EnhancedStatus NOT_ALLOWED = EnhancedStatus.of("5.7.1");
    private static final String SIZE_WORDS = "RESOLVER.RST.RecipSizeLimit; message too large for this recipient";
    private static final String LOOP_WORDS = "RESOLVER.FWD.Loop; forwarding leads back to ";

    /** A recipient under resolution; index below zero = member of a group. */
    private record Pending(int index, Recipient recipient, List<String> chain, boolean open) {}

    /** A group being walked, with the recipient whose report requests its members inherit. */
    private record Walk(DirectoryEntry group, Recipient root, Optional<Cursor> cursor) {}

    private final CategorizerRequest request;
    private final ArrayDeque<Pending> pending = new ArrayDeque<>();
    private final ArrayDeque<Walk> walks = new ArrayDeque<>();
    private final List<Pending> asked = new ArrayList<>();
    private final List<Pending> forwardRoots = new ArrayList<>();
    private final List<Finding> findings = new ArrayList<>();
    private final List<Member> members = new ArrayList<>();
    private final List<Integer> dropped = new ArrayList<>();
    private final List<Integer> expandedIndices = new ArrayList<>();
    private final List<String> expandedNames = new ArrayList<>();
    private final Visited visited = new Visited();
    /** Members that are durable from before a crash: met again, but made no second time. */
    private final Visited durable = new Visited();

    private final TreeSet<String> groupsSeen = Names.set();
    private Optional<String> trouble = Optional.empty();
    private boolean directDone;
    private boolean done;

    /** Starts on the recipients of {@code request}. */
    public Categorization(CategorizerRequest request) {
        this.request = request;
        groupsSeen.addAll(request.expandedBefore());
        request.already().forEach(address -> durable.add(address.key()));
        for (int i = 0; i < request.recipients().size(); i++) {
            boolean open = request.open().contains(i);
            if (open || !request.resolved()) {
                pending.add(new Pending(i, request.recipients().get(i), List.of(), open));
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
        if (members.size() >= request.chunk() || directDone && findings.size() >= request.chunk()) {
            return chunk();
        }
        settleLocally();
        if (!pending.isEmpty()) {
            return askForPending();
        }
        if (!directDone) {
            return direct();
        }
        if (!walks.isEmpty()) {
            Walk walk = walks.getFirst();
            return new Step.Ask(List.of(new Question.MembersOf(walk.group().name())), walk.cursor());
        }
        if (!members.isEmpty() || !findings.isEmpty()) {
            return chunk();
        }
        done = true;
        return new Step.Done(List.copyOf(expandedIndices));
    }

    /** The page that the last {@link Step.Ask} asked for. */
    public void answered(Page page) {
        Optional<String> unavailable = page.answers().stream()
                .filter(Answer.Unavailable.class::isInstance)
                .map(answer -> ((Answer.Unavailable) answer).why())
                .findFirst();
        if (unavailable.isPresent()) {
            trouble = unavailable;
            for (int i = asked.size() - 1; i >= 0; i--) {
                pending.addFirst(asked.get(i));
            }
            asked.clear();
            return;
        }
        if (asked.isEmpty()) {
            membersAnswered(page);
        } else {
            addressesAnswered(page.answers());
        }
    }

    /** Recipients, members and findings held now, beside the digests of what was seen. */
    public int inMemory() {
        return pending.size() + asked.size() + members.size() + findings.size();
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

    private void membersAnswered(Page page) {
        Walk walk = walks.removeFirst();
        for (Answer answer : page.answers()) {
            if (answer instanceof Answer.Found found) {
                member(found.entry(), walk.root(), List.of());
            } else {
                String what =
                        answer instanceof Answer.NotFound missing ? missing.what() : ((Answer.Ambiguous) answer).what();
                findings.add(new Finding.Lost(walk.group().primaryAddress(), what));
            }
        }
        page.next().ifPresent(next -> walks.addFirst(new Walk(walk.group(), walk.root(), Optional.of(next))));
    }

    /** Addresses that no directory is asked about become leaves at once. */
    private void settleLocally() {
        int count = pending.size();
        for (int i = 0; i < count; i++) {
            Pending next = pending.removeFirst();
            if (isAskedFor(next.recipient().address())) {
                pending.addLast(next);
            } else {
                leaf(next, next.recipient(), new Destination.Outside());
            }
        }
    }

    private boolean isAskedFor(EmailAddress address) {
        return request.settings()
                .acceptedDomain(address.domain())
                .filter(domain -> domain.type() != AcceptedDomain.Type.EXTERNAL_RELAY)
                .isPresent();
    }

    private Step askForPending() {
        while (asked.size() < Directory.BATCH && !pending.isEmpty()) {
            asked.add(pending.removeFirst());
        }
        List<Question> questions = asked.stream()
                .map(p -> (Question) new Question.ByAddress(p.recipient().address()))
                .toList();
        return new Step.Ask(questions, Optional.empty());
    }

    private Step direct() {
        directDone = true;
        Step direct = new Step.Direct(List.copyOf(findings), List.copyOf(dropped));
        findings.clear();
        pending.addAll(forwardRoots);
        return direct;
    }

    private Step chunk() {
        int size = Math.min(members.size(), request.chunk());
        List<Member> part = List.copyOf(members.subList(0, size));
        members.subList(0, size).clear();
        // Only a server that expands a group needs to know what was expanded before.
        boolean goesOn = part.stream().anyMatch(member -> member.destination() instanceof Destination.ExpandedAt);
        Step chunk = new Step.Chunk(part, List.copyOf(findings), goesOn ? List.copyOf(expandedNames) : List.of());
        findings.clear();
        return chunk;
    }

    private void resolve(Pending asking, Answer answer) {
        if (answer instanceof Answer.Found found) {
            if (asking.index() < 0) {
                member(found.entry(), asking.recipient(), asking.chain());
            } else {
                found(asking, found.entry());
            }
        } else if (answer instanceof Answer.Ambiguous) {
            refuse(asking, AMBIGUOUS, "RESOLVER.ADR.Ambiguous; several recipients claim this address");
        } else if (isRelayed(asking.recipient().address())) {
            leaf(asking, asking.recipient(), new Destination.Outside());
        } else {
            refuse(asking, UNKNOWN, "RESOLVER.ADR.RecipNotFound; not found");
        }
    }

    private boolean isRelayed(EmailAddress address) {
        return request.settings()
                .acceptedDomain(address.domain())
                .filter(domain -> domain.type() == AcceptedDomain.Type.INTERNAL_RELAY)
                .isPresent();
    }

    private void found(Pending asking, DirectoryEntry entry) {
        EmailAddress asked = asking.recipient().address();
        if (asking.open() && !asked.equals(entry.primaryAddress())) {
            findings.add(new Finding.Resolved(asked, entry.primaryAddress()));
        }
        Recipient primary = asking.recipient().rewrittenTo(entry.primaryAddress());
        Optional<String> barred = barred(entry);
        if (barred.isPresent()) {
            refuse(asking, NOT_ALLOWED, barred.get());
        } else if (entry instanceof Mailbox mailbox) {
            directMailbox(asking, mailbox, primary);
        } else if (entry instanceof Contact contact) {
            follow(asking, primary, contact.name(), contact.target());
        } else {
            directGroup(asking, entry, primary);
        }
    }

    private void directMailbox(Pending asking, Mailbox mailbox, Recipient primary) {
        if (isTooBigFor(mailbox)) {
            refuse(asking, TOO_BIG, SIZE_WORDS);
        } else if (mailbox.forwardTo().isEmpty() || request.resolved()) {
            leaf(asking, primary, new Destination.InMailbox(mailbox.database()));
        } else if (mailbox.deliverAndForward()) {
            if (asking.open()) {
                expandedIndices.add(asking.index());
                forwardRoots.add(new Pending(-1, primary, List.of(), true));
            }
        } else {
            follow(asking, primary, mailbox.name(), mailbox.forwardTo().get());
        }
    }

    private boolean isTooBigFor(Mailbox mailbox) {
        return request.size() > mailbox.maxReceiveSize().orElse(Long.MAX_VALUE);
    }

    private void follow(Pending asking, Recipient from, String name, EmailAddress target) {
        if (asking.chain().stream().anyMatch(seen -> Names.same(seen, name))) {
            refuse(asking, LOOP, LOOP_WORDS + name);
            return;
        }
        if (asking.open()) {
            findings.add(new Finding.Redirected(from.address(), target));
        }
        List<String> chain = new ArrayList<>(asking.chain());
        chain.add(name);
        pending.add(new Pending(asking.index(), from.rewrittenTo(target), List.copyOf(chain), asking.open()));
    }

    private void directGroup(Pending asking, DirectoryEntry group, Recipient primary) {
        if (!asking.open()) {
            return;
        }
        Optional<String> elsewhere = expansionServer(group);
        if (elsewhere.isPresent()) {
            leaf(asking, primary, new Destination.ExpandedAt(elsewhere.get()));
            return;
        }
        expandedIndices.add(asking.index());
        walk(group, primary);
    }

    private Optional<String> expansionServer(DirectoryEntry group) {
        Optional<String> server = group instanceof DistributionGroup fixed
                ? fixed.expansionServer()
                : ((DynamicDistributionGroup) group).expansionServer();
        return server.filter(name -> !Names.same(name, request.self()));
    }

    private void walk(DirectoryEntry group, Recipient root) {
        if (!groupsSeen.add(group.name())) {
            findings.add(new Finding.Duplicate(group.primaryAddress(), "group already expanded"));
            return;
        }
        expandedNames.add(group.name());
        findings.add(new Finding.Expanding(group.primaryAddress(), group.name()));
        walks.addLast(new Walk(group, root, Optional.empty()));
    }

    /** A member of a group, or the mailbox that keeps a copy of what it forwards. */
    private void member(DirectoryEntry entry, Recipient root, List<String> chain) {
        Optional<String> barred = barred(entry);
        if (barred.isPresent()) {
            addMember(entry.primaryAddress(), root, new Destination.Nowhere(NOT_ALLOWED, barred.get()));
        } else if (entry instanceof Mailbox mailbox) {
            memberMailbox(mailbox, root, chain);
        } else if (entry instanceof Contact contact) {
            followMember(contact.name(), contact.primaryAddress(), contact.target(), root, chain);
        } else {
            Optional<String> elsewhere = expansionServer(entry);
            if (elsewhere.isPresent()) {
                addMember(entry.primaryAddress(), root, new Destination.ExpandedAt(elsewhere.get()));
            } else {
                walk(entry, root);
            }
        }
    }

    private void memberMailbox(Mailbox mailbox, Recipient root, List<String> chain) {
        if (isTooBigFor(mailbox)) {
            addMember(mailbox.primaryAddress(), root, new Destination.Nowhere(TOO_BIG, SIZE_WORDS));
            return;
        }
        if (mailbox.forwardTo().isEmpty()) {
            addMember(mailbox.primaryAddress(), root, new Destination.InMailbox(mailbox.database()));
            return;
        }
        boolean fresh = !mailbox.deliverAndForward()
                || addMember(mailbox.primaryAddress(), root, new Destination.InMailbox(mailbox.database()));
        if (fresh) {
            followMember(
                    mailbox.name(),
                    mailbox.primaryAddress(),
                    mailbox.forwardTo().get(),
                    root,
                    chain);
        }
    }

    private void followMember(String name, EmailAddress from, EmailAddress target, Recipient root, List<String> chain) {
        if (chain.stream().anyMatch(seen -> Names.same(seen, name))) {
            addMember(from, root, new Destination.Nowhere(LOOP, LOOP_WORDS + name));
            return;
        }
        findings.add(new Finding.Redirected(from, target));
        if (isAskedFor(target)) {
            List<String> longer = new ArrayList<>(chain);
            longer.add(name);
            pending.add(new Pending(-1, inherit(root, target), List.copyOf(longer), true));
        } else {
            addMember(target, root, new Destination.Outside());
        }
    }

    /** False when somebody of that address was met before in this walk. */
    private boolean addMember(EmailAddress address, Recipient root, Destination destination) {
        if (!visited.add(address.key())) {
            findings.add(new Finding.Duplicate(address, "already a recipient"));
            return false;
        }
        if (!durable.has(address.key())) {
            members.add(new Member(inherit(root, address), destination));
        }
        return true;
    }

    private static Recipient inherit(Recipient root, EmailAddress address) {
        return address.equals(root.address()) ? root : new Recipient(address, Optional.empty(), root.conditions());
    }

    private void leaf(Pending asking, Recipient recipient, Destination destination) {
        if (asking.index() < 0) {
            addMember(recipient.address(), recipient, destination);
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
        if (asking.index() < 0) {
            addMember(asking.recipient().address(), asking.recipient(), new Destination.Nowhere(status, reason));
        } else if (asking.open()) {
            findings.add(new Finding.Refused(asking.index(), asking.recipient(), status, reason));
        }
    }

    private Optional<String> barred(DirectoryEntry entry) {
        boolean authenticatedOnly = entry instanceof Mailbox mailbox
                ? mailbox.authenticatedOnly()
                : entry instanceof DistributionGroup group
                        ? group.authenticatedOnly()
                        : entry instanceof DynamicDistributionGroup dynamic && dynamic.authenticatedOnly();
        return authenticatedOnly && !request.authenticated()
                ? Optional.of("RESOLVER.RST.AuthRequired; authentication required")
                : Optional.empty();
    }
}
