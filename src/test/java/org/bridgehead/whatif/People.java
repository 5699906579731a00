package org.bridgehead.whatif;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import org.bridgehead.core.directory.Answer;
import org.bridgehead.core.directory.Cursor;
import org.bridgehead.core.directory.Directory;
import org.bridgehead.core.directory.DirectoryEntry;
import org.bridgehead.core.directory.Page;
import org.bridgehead.core.directory.Question;
import org.bridgehead.core.directory.ReportTo;
import org.bridgehead.core.directory.Restrictions;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.topology.DatabaseRef;
import org.bridgehead.core.topology.Names;

/** A small directory in a few words: recipients are named by the local part of their address at contoso.test. */
public final class People implements Directory {
    private final SortedMap<String, DirectoryEntry> byName = Names.map();
    private final SortedMap<String, List<DirectoryEntry>> byAddress = new TreeMap<>();
    private final SortedMap<String, List<String>> members = Names.map();
    private int page = 1000;
    private int unavailable;
    private int asked;

    /** The address {@code name@contoso.test}, or the one that the name is. */
    public static EmailAddress address(String name) {
        return EmailAddress.of(name.contains("@") ? name : name + "@contoso.test");
    }

    private People add(DirectoryEntry entry) {
        byName.put(entry.name(), entry);
        entry.addresses()
                .forEach(a -> byAddress
                        .computeIfAbsent(a.key(), key -> new ArrayList<>())
                        .add(entry));
        return this;
    }

    private static List<EmailAddress> addresses(String name, String... aliases) {
        List<EmailAddress> all = new ArrayList<>();
        all.add(address(name));
        Arrays.stream(aliases).map(People::address).forEach(all::add);
        return all;
    }

    /** A mailbox on a server, with further addresses. */
    public People mailbox(String name, String server, String... aliases) {
        return mailbox(name, server, Optional.empty(), false, OptionalLong.empty(), false, aliases);
    }

    /** A mailbox whose mail goes to somebody else, too or instead. */
    public People forwarding(String name, String server, String target, boolean keep) {
        return mailbox(name, server, Optional.of(address(target)), keep, OptionalLong.empty(), false);
    }

    /** A mailbox with all there is to set. */
    public People mailbox(
            String name,
            String server,
            Optional<EmailAddress> forwardTo,
            boolean keep,
            OptionalLong maxSize,
            boolean authenticatedOnly,
            String... aliases) {
        return add(new DirectoryEntry.Mailbox(
                name,
                addresses(name, aliases),
                new DatabaseRef(server, "SG1", "DB1"),
                forwardTo,
                keep,
                maxSize,
                OptionalLong.empty(),
                OptionalInt.empty(),
                authenticatedOnly ? Restrictions.AUTHENTICATED_ONLY : Restrictions.NONE));
    }

    /** A contact. */
    public People contact(String name, String target) {
        return add(new DirectoryEntry.Contact(name, addresses(name), address(target)));
    }

    /** A group of the named ones. */
    public People group(String name, String... names) {
        return group(name, Optional.empty(), List.of(names));
    }

    /** A group that one server expands. */
    public People group(String name, Optional<String> expansionServer, List<String> names) {
        members.put(name, names);
        return add(new DirectoryEntry.DistributionGroup(
                name, addresses(name), expansionServer, ReportTo.ORIGINATOR, Optional.empty(), Restrictions.NONE));
    }

    /** A group that strangers may not use. */
    public People closedGroup(String name, String... names) {
        members.put(name, List.of(names));
        return add(new DirectoryEntry.DistributionGroup(
                name,
                addresses(name),
                Optional.empty(),
                ReportTo.ORIGINATOR,
                Optional.empty(),
                Restrictions.AUTHENTICATED_ONLY));
    }

    /** Members in a page. */
    public People pages(int size) {
        page = size;
        return this;
    }

    /** The next so many questions find nobody. */
    public People unavailable(int times) {
        unavailable = times;
        return this;
    }

    /** Pages asked for so far. */
    public int asked() {
        return asked;
    }

    @Override
    public Page ask(List<Question> questions, Optional<Cursor> from) {
        asked++;
        if (questions.isEmpty() || questions.size() > BATCH) {
            throw new IllegalArgumentException(questions.size() + " questions");
        }
        if (unavailable > 0) {
            unavailable--;
            return new Page(List.of(new Answer.Unavailable("no domain controller")), Optional.empty());
        }
        if (questions.get(0) instanceof Question.MembersOf group) {
            return members(group.group(), from);
        }
        return new Page(questions.stream().map(this::answer).toList(), Optional.empty());
    }

    private Answer answer(Question question) {
        if (question instanceof Question.ByName byOne) {
            DirectoryEntry named = byName.get(byOne.name());
            return named == null ? answer(address(byOne.name())) : new Answer.Found(named);
        }
        return answer(((Question.ByAddress) question).address());
    }

    private Answer answer(EmailAddress address) {
        List<DirectoryEntry> owners = byAddress.getOrDefault(address.key(), List.of());
        if (owners.isEmpty()) {
            return new Answer.NotFound(address.toString());
        }
        return owners.size() > 1 ? new Answer.Ambiguous(address.toString()) : new Answer.Found(owners.get(0));
    }

    private Page members(String group, Optional<Cursor> from) {
        List<String> names = members.getOrDefault(group, List.of());
        int start = from.map(cursor -> Integer.parseInt(cursor.token())).orElse(0);
        int end = Math.min(names.size(), start + page);
        List<Answer> answers = names.subList(start, end).stream()
                .map(name -> byName.containsKey(name)
                        ? (Answer) new Answer.Found(byName.get(name))
                        : new Answer.NotFound(name))
                .toList();
        return new Page(answers, end < names.size() ? Optional.of(new Cursor(String.valueOf(end))) : Optional.empty());
    }
}
