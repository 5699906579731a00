package org.bridgehead.whatif;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bridgehead.core.directory.Answer;
import org.bridgehead.core.directory.Cursor;
import org.bridgehead.core.directory.Directory;
import org.bridgehead.core.directory.DirectoryEntry;
import org.bridgehead.core.directory.Page;
import org.bridgehead.core.directory.Question;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.topology.Names;

/**
 * A directory whose groups change, and tell their members a few at a time, so that both may happen between two pages. Who
 * goes on reading a group that has changed begins again: places in the old list say nothing in the new one. What it is
 * made of must not change. One thread.
 */
final class LivingGroups implements Directory {
    /** As many members in a page as the written directory gives. */
    static final int AS_WRITTEN = Integer.MAX_VALUE;

    private record Version(Instant since, List<Answer> members) {}

    /** Who is and was in a group, who was all the time, and who ever was. */
    private static final class Group {
        private final List<Version> versions = new ArrayList<>(1);
        private final List<Answer> always;
        private final List<Answer> ever;

        Group(List<Answer> written) {
            versions.add(new Version(Instant.MIN, written));
            always = new ArrayList<>(written);
            ever = new ArrayList<>(written);
        }

        void change(Answer member, boolean joins, Instant now) {
            List<Answer> members =
                    new ArrayList<>(versions.get(versions.size() - 1).members());
            if (members.contains(member) == joins) {
                return;
            }
            always.remove(member);
            if (joins) {
                members.add(member);
            } else {
                members.remove(member);
            }
            if (!ever.contains(member)) {
                ever.add(member);
            }
            versions.add(new Version(now, members));
        }

        /** The number of the version that held at a time. */
        int at(Instant time) {
            int version = versions.size() - 1;
            while (versions.get(version).since().isAfter(time)) {
                version--;
            }
            return version;
        }
    }

    private final Directory written;
    private final int size;
    private final Names.Index<Group> groups = new Names.Index<>();

    /** Of the groups of {@code written}, that many members in a page. */
    LivingGroups(Directory written, int size) {
        this.written = written;
        this.size = size;
    }

    /**
     * Somebody joins or leaves.
     *
     * @throws IllegalArgumentException when {@code group} is no group
     */
    void change(EmailAddress group, EmailAddress member, boolean joins, Instant now) {
        Answer found = whoIs(group);
        boolean person = !(found instanceof Answer.Found one)
                || one.entry() instanceof DirectoryEntry.Mailbox
                || one.entry() instanceof DirectoryEntry.Contact;
        if (person) {
            throw new IllegalArgumentException("no group has " + group);
        }
        group(((Answer.Found) found).entry().name()).change(asMember(member), joins, now);
    }

    private Answer asMember(EmailAddress address) {
        Answer known = whoIs(address);
        return known instanceof Answer.Found
                ? known
                : new Answer.Found(new DirectoryEntry.Contact(address.toString(), List.of(address), address));
    }

    private Answer whoIs(EmailAddress address) {
        return written.ask(List.of(new Question.ByAddress(address)), Optional.empty())
                .answers()
                .get(0);
    }

    private Group group(String name) {
        return groups.computeIfAbsent(name, all -> new Group(read(new Question.MembersOf(all))));
    }

    private List<Answer> read(Question members) {
        List<Answer> all = new ArrayList<>();
        Optional<Cursor> cursor = Optional.empty();
        do {
            Page page = written.ask(List.of(members), cursor);
            all.addAll(page.answers());
            cursor = page.next();
        } while (cursor.isPresent());
        return all;
    }

    @Override
    public Page ask(List<Question> questions, Optional<Cursor> from) {
        return ask(questions, from, Instant.MAX);
    }

    /** The answer of somebody who knows what was changed up to a time. */
    Page ask(List<Question> questions, Optional<Cursor> from, Instant knows) {
        if (!(questions.get(0) instanceof Question.MembersOf of)
                || (size == AS_WRITTEN && groups.get(of.group()) == null)) {
            return written.ask(questions, from);
        }
        Group group = group(of.group());
        int version = group.at(knows);
        List<Answer> members = group.versions.get(version).members();
        int first = from.map(cursor -> position(cursor, version)).orElse(0);
        int last = size < members.size() - first ? first + size : members.size();
        return new Page(
                members.subList(first, last),
                last < members.size() ? Optional.of(new Cursor(version + ":" + last)) : Optional.empty());
    }

    private static int position(Cursor cursor, int version) {
        String mark = version + ":";
        return cursor.token().startsWith(mark) ? Integer.parseInt(cursor.token().substring(mark.length())) : 0;
    }

    /** The members that groups had all the time. */
    Directory always() {
        return (questions, from) -> whole(questions, from, true);
    }

    /** The members that groups ever had. */
    Directory ever() {
        return (questions, from) -> whole(questions, from, false);
    }

    private Page whole(List<Question> questions, Optional<Cursor> from, boolean always) {
        if (!(questions.get(0) instanceof Question.MembersOf of)) {
            return written.ask(questions, from);
        }
        Group group = group(of.group());
        return new Page(always ? group.always : group.ever, Optional.empty());
    }
}
