package org.bridgehead.core.categorizer;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bridgehead.core.directory.Answer;
import org.bridgehead.core.directory.Cursor;
import org.bridgehead.core.directory.DirectoryEntry;
import org.bridgehead.core.directory.Page;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.mail.Treatment;
import org.jspecify.annotations.Nullable;

/**
 * Resolves the recipients of one copy and expands its groups (BEHAVIOUR 2.2-2.4), one {@link Step} at a time. At most
 * one directory page is in flight; members come in chunks, so that a list of a million needs room for one chunk and
 * for the digests of what was seen. Every address gets the message once: direct recipients first, then members in the
 * order of expansion; harmless loops end there. Addresses in the X.400 and IMCEA forms are no part of it: mail has SMTP
 * addresses here.
 *
 * <p>Not thread-safe. After a crash a new one is made with the addresses of the chunks already durable, and walks the
 * groups again from the root.
 */
public final class Categorization {
    /** Members that are met in one step: a whole page of them would keep all other mail of a hub waiting. */
    static final int PART = 100;

    /** Stands for the part of a page that is here already. */
    private static final Cursor HERE = new Cursor("");

    private final CategorizerRequest request;
    private final List<Finding> findings = new ArrayList<>();
    private final Commons commons;
    private final Doorkeeper door;
    private final GroupSets groups = new GroupSets();
    private final Resolution resolution;
    /** Who may have a question about direct recipients, in the order in which they are asked for it. */
    private final List<Asker> askers;
    /** Made when there is something to expand, which is seldom. */
    private @Nullable Expansion expansion;
    /** Who the page in flight is for. */
    private @Nullable Asker asker;

    /** Of a page of members what has not been met yet. */
    private Optional<Page> rest = Optional.empty();

    private Optional<String> trouble = Optional.empty();
    private boolean directDone;
    private boolean done;

    /** Starts on the recipients of {@code request}. */
    public Categorization(CategorizerRequest request) {
        this.request = request;
        ResolverRules rules = new ResolverRules(request);
        this.door = new Doorkeeper(request, rules, new Verdicts());
        TransportRules policy = new TransportRules(request, door, groups);
        this.commons = new Commons(request, rules, policy, new Journals(request, rules, groups), new Visited());
        this.resolution = new Resolution(commons, door, this::expansion, findings);
        this.askers = List.of(policy, groups, door, resolution);
    }

    /** What comes next; performing an {@link Step.Ask} and answering it is due before the next call. */
    public Step next() {
        if (trouble.isPresent()) {
            String why = trouble.get();
            trouble = Optional.empty();
            return new Step.Unavailable(why);
        }
        // Findings count too: a list full of duplicates must not fill the memory either. Those about direct recipients
        // are for the step that ends them, and for no chunk.
        if (directDone && (members() >= request.chunk() || findings.size() >= request.chunk())) {
            return chunk();
        }
        for (Asker who : askers) {
            Optional<Step> ask = asked(who);
            if (ask.isPresent()) {
                return ask.get();
            }
        }
        if (!directDone) {
            directDone = true;
            return resolution.direct();
        }
        if (rest.isPresent()) {
            return new Step.Pause();
        }
        return expansion == null ? last() : asked(expansion.groups()).orElseGet(this::last);
    }

    private Optional<Step> asked(Asker who) {
        Optional<Step.Ask> ask = who.ask();
        if (ask.isPresent()) {
            asker = who;
        }
        return ask.map(step -> step);
    }

    private Expansion expansion() {
        if (expansion == null) {
            expansion = new Expansion(commons, new Outlets());
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
        return new Step.Done(resolution.expandedIndices());
    }

    /** The page that the last {@link Step.Ask} asked for. */
    public void answered(Page page) {
        trouble = unavailable(page);
        if (trouble.isEmpty() && asker != null) {
            if (expansion != null && asker == expansion.groups()) {
                meet(page);
            } else {
                asker.answered(page);
            }
        }
    }

    /** Others have had their turn; the next step follows. */
    public void resumed() {
        Page next = rest.orElseThrow(() -> new IllegalStateException("nothing is left of a page"));
        rest = Optional.empty();
        meet(next);
    }

    /** Meets the members of a page, as many as are due at once. */
    private void meet(Page page) {
        int there = page.answers().size();
        if (there <= PART) {
            expansion().groups().answered(page);
            return;
        }
        rest = Optional.of(new Page(page.answers().subList(PART, there), page.next()));
        expansion().groups().answered(new Page(page.answers().subList(0, PART), Optional.of(HERE)));
    }

    private static Optional<String> unavailable(Page page) {
        for (Answer answer : page.answers()) {
            if (answer instanceof Answer.Unavailable unavailable) {
                return Optional.of(unavailable.why());
            }
        }
        return Optional.empty();
    }

    /** Recipients, members and findings held now, and what is left of a page, beside the digests of what was seen. */
    public int inMemory() {
        int left = rest.map(page -> page.answers().size()).orElse(0);
        return resolution.size() + door.size() + members() + findings.size() + left;
    }

    /** Direct recipients that no step has ended yet: all of them before {@link Step.Direct}, then the groups. */
    public List<Integer> unfinished() {
        return directDone ? resolution.expandedIndices() : request.open();
    }

    /** Whether {@link Step.Done} has been given out. */
    public boolean isDone() {
        return done;
    }

    private Step chunk() {
        List<Member> part = expansion().take(request.chunk());
        Optional<EmailAddress> sender =
                part.isEmpty() ? Optional.empty() : part.get(0).sender();
        Treatment treatment = part.isEmpty() ? Treatment.NONE : part.get(0).treatment();
        // Only a server that expands a group needs to know what was expanded before.
        boolean goesOn = part.stream().anyMatch(member -> member.destination() instanceof Destination.ExpandedAt);
        List<String> expanded = goesOn ? expansion().groups().entered() : List.of();
        Step chunk = new Step.Chunk(part, sender, treatment, List.copyOf(findings), expanded);
        findings.clear();
        return chunk;
    }

    private final class Verdicts implements Doorkeeper.Verdicts {
        @Override
        public void admitted(Pending asking, DirectoryEntry entry) {
            if (asking.isMember()) {
                expansion().admitted(asking, entry);
            } else {
                resolution.admitted(asking, entry);
            }
        }

        @Override
        public void refused(Pending asking, DirectoryEntry entry, Refusal why) {
            resolution.refuse(asking, entry, why);
        }
    }

    private final class Outlets implements Expansion.Outlets {
        @Override
        public void found(Finding finding) {
            findings.add(finding);
        }

        @Override
        public void meet(Pending asking, DirectoryEntry entry) {
            door.decide(asking, entry);
        }

        @Override
        public void lookUp(Pending asking) {
            resolution.add(asking);
        }

        @Override
        public void refuse(Pending asking, Refusal why) {
            resolution.refuse(asking, why);
        }
    }
}
