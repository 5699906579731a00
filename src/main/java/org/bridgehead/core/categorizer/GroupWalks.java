package org.bridgehead.core.categorizer;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import org.bridgehead.core.directory.Answer;
import org.bridgehead.core.directory.Cursor;
import org.bridgehead.core.directory.DirectoryEntry.Group;
import org.bridgehead.core.directory.Page;
import org.bridgehead.core.directory.Question;
import org.bridgehead.core.directory.ReportTo;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.topology.Names;

/**
 * Walks groups, one directory page at a time (BEHAVIOUR 2.4). A group is entered once; where its reports go to a manager,
 * that one is asked for first. Not thread-safe; owned by an {@link Expansion}.
 */
final class GroupWalks implements Asker {
    /** A group being walked; its members are asked for once its manager is known, where reports go to one. */
    private record Walk(Group group, Heritage heritage, boolean managerDue, Optional<Cursor> cursor) {
        Walk at(Cursor next) {
            return new Walk(group, heritage, managerDue, Optional.of(next));
        }

        Walk inheriting(Heritage other) {
            return new Walk(group, other, false, Optional.empty());
        }
    }

    private final ResolverRules rules;
    private final Expansion.Outlets outlets;
    private final ArrayDeque<Walk> walks = new ArrayDeque<>(1);
    private final List<String> entered = new ArrayList<>();
    private final TreeSet<String> seen = Names.set();

    GroupWalks(Commons commons, Expansion.Outlets outlets) {
        this.rules = commons.rules();
        this.outlets = outlets;
        commons.request().expandedBefore().forEach(seen::add);
    }

    /** Puts a group behind those that are walked, unless it was entered before. */
    void enter(Group group, Heritage heritage) {
        EmailAddress address = group.primaryAddress();
        boolean managed =
                group.reportTo() == ReportTo.MANAGER && group.manager().isPresent();
        if (!seen.add(group.name())) {
            outlets.found(new Finding.Duplicate(address, false, "group already expanded"));
        } else if (rules.isReport() && !managed) {
            outlets.found(new Finding.Dropped(address, "reports to a group are deleted"));
        } else {
            entered.add(group.name());
            if (!rules.isReport()) {
                outlets.found(new Finding.Expanding(address, group.name()));
            }
            boolean silent = group.reportTo() != ReportTo.ORIGINATOR && !managed;
            walks.addLast(new Walk(group, silent ? silent(group, heritage) : heritage, managed, Optional.empty()));
        }
    }

    private Heritage silent(Group group, Heritage heritage) {
        outlets.found(new Finding.Reports(group.primaryAddress(), Optional.empty()));
        return heritage.silent();
    }

    @Override
    public Optional<Step.Ask> ask() {
        Walk walk = walks.peekFirst();
        if (walk == null) {
            return Optional.empty();
        }
        Question question = walk.managerDue()
                ? new Question.ByName(walk.group().manager().orElseThrow())
                : new Question.MembersOf(walk.group().name());
        return Optional.of(new Step.Ask(List.of(question), walk.cursor()));
    }

    @Override
    public void answered(Page page) {
        Walk walk = walks.removeFirst();
        if (walk.managerDue()) {
            managed(walk, page.answers().get(0));
        } else if (isGone(walk, page)) {
            outlets.refuse(
                    Pending.member(walk.heritage().with(walk.group().primaryAddress()), List.of()),
                    Refusal.NOT_EXPANDED);
        } else {
            members(walk, page);
            page.next().ifPresent(next -> walks.addFirst(walk.at(next)));
        }
    }

    /** A report goes to the manager itself; of other mail, the manager hears what becomes of the members. */
    private void managed(Walk walk, Answer answer) {
        EmailAddress group = walk.group().primaryAddress();
        Optional<EmailAddress> manager = manager(walk.group(), answer);
        if (!rules.isReport()) {
            outlets.found(new Finding.Reports(group, manager));
            walks.addFirst(walk.inheriting(manager.map(walk.heritage()::toldTo).orElseGet(walk.heritage()::silent)));
        } else if (manager.isPresent()) {
            outlets.found(new Finding.Redirected(group, manager.get()));
            outlets.lookUp(Pending.member(
                    walk.heritage().with(manager.get()), List.of(walk.group().name())));
        } else {
            outlets.found(new Finding.Dropped(group, "reports to a group are deleted, and its manager is unknown"));
        }
    }

    /** The manager's address; one that is nobody's entry may be that of somebody outside. */
    private Optional<EmailAddress> manager(Group group, Answer answer) {
        return answer instanceof Answer.Found found
                ? Optional.of(found.entry().primaryAddress())
                : group.manager().flatMap(EmailAddress::tryParse).filter(address -> !rules.isAskedFor(address));
    }

    /** Whether the group was deleted while its mail was under way. */
    private static boolean isGone(Walk walk, Page page) {
        return walk.cursor().isEmpty()
                && page.answers().size() == 1
                && page.answers().get(0) instanceof Answer.NotFound missing
                && Objects.equals(missing.what(), walk.group().name());
    }

    private void members(Walk walk, Page page) {
        EmailAddress group = walk.group().primaryAddress();
        if (page.answers().isEmpty() && walk.cursor().isEmpty() && page.next().isEmpty()) {
            outlets.found(new Finding.Empty(group));
        }
        for (Answer answer : page.answers()) {
            if (answer instanceof Answer.Found found) {
                outlets.meet(Pending.member(walk.heritage(), List.of()), found.entry());
            } else {
                outlets.found(new Finding.Lost(group, lost(answer)));
            }
        }
    }

    private static String lost(Answer answer) {
        if (answer instanceof Answer.Malformed malformed) {
            return malformed.what() + ": " + malformed.why();
        }
        return answer instanceof Answer.NotFound missing ? missing.what() : ((Answer.Ambiguous) answer).what();
    }

    /** Names of the groups entered, in this order. */
    List<String> entered() {
        return List.copyOf(entered);
    }
}
