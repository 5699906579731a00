package org.bridgehead.whatif;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import org.bridgehead.core.directory.Answer;
import org.bridgehead.core.directory.Cursor;
import org.bridgehead.core.directory.Directory;
import org.bridgehead.core.directory.DirectoryEntry;
import org.bridgehead.core.directory.DirectoryEntry.DistributionGroup;
import org.bridgehead.core.directory.DirectoryEntry.DynamicDistributionGroup;
import org.bridgehead.core.directory.Page;
import org.bridgehead.core.directory.Question;
import org.bridgehead.core.topology.Names;

/**
 * Groups that contain themselves, each found once with its path. The search keeps its own stack, so that nesting may
 * be as deep as it likes.
 */
final class GroupCycles {
    private final Directory directory;
    private final List<List<String>> cycles = new ArrayList<>();
    private final NavigableSet<String> finished = Names.set();
    private final TreeMap<String, String> primaries = Names.map();

    /** A group on the way down and those of its members that are still to be entered. */
    private record Level(String group, Iterator<DirectoryEntry> rest) {}

    private GroupCycles(Directory directory) {
        this.directory = directory;
    }

    /** The cycles reachable from a group: primary addresses, the last one equal to the first. */
    static List<List<String>> from(Directory directory, DirectoryEntry group) {
        GroupCycles search = new GroupCycles(directory);
        search.walk(group);
        return search.cycles;
    }

    private void walk(DirectoryEntry root) {
        List<Level> way = new ArrayList<>();
        way.add(enter(root));
        while (!way.isEmpty()) {
            Level level = way.get(way.size() - 1);
            if (!level.rest().hasNext()) {
                finished.add(level.group());
                way.remove(way.size() - 1);
                continue;
            }
            DirectoryEntry member = level.rest().next();
            if (position(way, member.name()).isPresent()) {
                report(way, member.name());
            } else if (!finished.contains(member.name())) {
                way.add(enter(member));
            }
        }
    }

    private static Optional<Integer> position(List<Level> way, String name) {
        for (int at = 0; at < way.size(); at++) {
            if (Names.same(way.get(at).group(), name)) {
                return Optional.of(at);
            }
        }
        return Optional.empty();
    }

    private void report(List<Level> way, String again) {
        List<String> cycle = new ArrayList<>();
        way.subList(position(way, again).orElseThrow(), way.size())
                .forEach(level -> cycle.add(primaries.getOrDefault(level.group(), level.group())));
        cycle.add(primaries.getOrDefault(again, again));
        cycles.add(List.copyOf(cycle));
    }

    private Level enter(DirectoryEntry group) {
        primaries.put(group.name(), group.primaryAddress().toString());
        List<DirectoryEntry> groups = new ArrayList<>();
        Optional<Cursor> cursor = Optional.empty();
        do {
            Page page = directory.ask(List.of(new Question.MembersOf(group.name())), cursor);
            for (Answer answer : page.answers()) {
                if (answer instanceof Answer.Found found && isGroup(found.entry())) {
                    groups.add(found.entry());
                }
            }
            cursor = page.next();
        } while (cursor.isPresent());
        return new Level(group.name(), groups.iterator());
    }

    static boolean isGroup(DirectoryEntry entry) {
        return entry instanceof DistributionGroup || entry instanceof DynamicDistributionGroup;
    }
}
