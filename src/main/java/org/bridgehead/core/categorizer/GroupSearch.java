package org.bridgehead.core.categorizer;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.bridgehead.core.directory.Answer;
import org.bridgehead.core.directory.Cursor;
import org.bridgehead.core.directory.Directory;
import org.bridgehead.core.directory.DirectoryEntry;
import org.bridgehead.core.directory.DirectoryEntry.Group;
import org.bridgehead.core.directory.Page;
import org.bridgehead.core.directory.Question;
import org.bridgehead.core.mail.Lists;
import org.bridgehead.core.topology.Names;

/**
 * Walks the named entries and the members of those that are groups, however deep, until it meets the one it looks for.
 * The second pass of accept and reject lists (BEHAVIOUR 2.4) looks for the sender. Remembers no more than a page and the
 * names of the groups.
 */
final class GroupSearch implements Asker {
    private record Walk(String group, Optional<Cursor> cursor) {}

    private final Predicate<DirectoryEntry> isWanted;
    private final List<String> names;
    private final ArrayDeque<Walk> walks = new ArrayDeque<>();
    private final TreeSet<String> groupsSeen = Names.set();
    private boolean found;

    GroupSearch(List<String> names, Predicate<DirectoryEntry> isWanted) {
        this.names = new ArrayList<>(names);
        this.isWanted = isWanted;
    }

    @Override
    public Optional<Step.Ask> ask() {
        if (!names.isEmpty()) {
            return Optional.of(new Step.Ask(Lists.map(batch(), Question.ByName::new), Optional.empty()));
        }
        return Optional.ofNullable(walks.peekFirst())
                .map(walk -> new Step.Ask(List.of(new Question.MembersOf(walk.group())), walk.cursor()));
    }

    private List<String> batch() {
        return names.subList(0, Math.min(names.size(), Directory.BATCH));
    }

    @Override
    public void answered(Page page) {
        if (names.isEmpty()) {
            Walk walk = walks.removeFirst();
            page.next().ifPresent(next -> walks.addFirst(new Walk(walk.group(), Optional.of(next))));
        } else {
            batch().clear();
        }
        for (Answer answer : page.answers()) {
            if (answer instanceof Answer.Found one) {
                meet(one.entry());
            }
        }
    }

    private void meet(DirectoryEntry entry) {
        found |= isWanted.test(entry);
        if (entry instanceof Group && groupsSeen.add(entry.name())) {
            walks.addLast(new Walk(entry.name(), Optional.empty()));
        }
    }

    boolean isOver() {
        return found || names.isEmpty() && walks.isEmpty();
    }

    boolean hasFound() {
        return found;
    }
}
