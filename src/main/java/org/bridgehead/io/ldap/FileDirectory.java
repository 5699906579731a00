package org.bridgehead.io.ldap;

import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bridgehead.core.directory.Answer;
import org.bridgehead.core.directory.Cursor;
import org.bridgehead.core.directory.Directory;
import org.bridgehead.core.directory.DirectoryDefinition;
import org.bridgehead.core.directory.DirectoryEntry;
import org.bridgehead.core.directory.DirectoryEntry.Contact;
import org.bridgehead.core.directory.DirectoryEntry.DynamicDistributionGroup;
import org.bridgehead.core.directory.Page;
import org.bridgehead.core.directory.Question;
import org.bridgehead.core.directory.RecipientDefinition;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.mail.Lists;
import org.bridgehead.core.topology.Names;

/**
 * The recipients of a {@link DirectoryDefinition}, answered from memory: an address in constant time, members in pages
 * of {@value #PAGE}, members of dynamic groups by their filter at the time of asking. Immutable; safe for any thread.
 */
public final class FileDirectory implements Directory {
    /** Members in one page. */
    public static final int PAGE = 1_000;

    private final List<RecipientDefinition> recipients;
    private final Map<String, List<DirectoryEntry>> byAddress = new HashMap<>();
    private final Map<String, RecipientDefinition> byName = Names.map();
    private final Map<String, Filter> filters = Names.map();
    private final List<Entry> entries;
    /** Of the list of entries: a cursor of another list is told by it. */
    private final int mark;
    /** The same of the member lists that need more than a page. */
    private final Map<String, Integer> marks = Names.map();

    private final List<String> unread;

    private FileDirectory(DirectoryDefinition definition) {
        recipients = definition.recipients();
        unread = definition.ldif();
        for (RecipientDefinition recipient : recipients) {
            DirectoryEntry entry = recipient.entry();
            if (byName.putIfAbsent(entry.name(), recipient) != null) {
                throw new IllegalArgumentException("two recipients are named " + entry.name());
            }
            entry.addresses().forEach(address -> claim(address, entry));
            if (recipient.members().size() > PAGE) {
                marks.put(entry.name(), recipient.members().hashCode());
            }
            if (entry instanceof DynamicDistributionGroup group) {
                filters.put(group.name(), filter(group));
            }
        }
        entries = filters.isEmpty()
                ? List.of()
                : recipients.stream().map(LdapEntries::entry).toList();
        mark = entries.stream().map(Entry::getDN).toList().hashCode();
    }

    private void claim(EmailAddress address, DirectoryEntry entry) {
        List<DirectoryEntry> owners = byAddress.computeIfAbsent(address.key(), key -> new ArrayList<>(1));
        if (!owners.contains(entry)) {
            owners.add(entry);
        }
    }

    private static Filter filter(DynamicDistributionGroup group) {
        try {
            return Filter.create(group.filter());
        } catch (LDAPException e) {
            throw new IllegalArgumentException(
                    "the filter of " + group.name() + " is none (RFC 4515): " + group.filter(), e);
        }
    }

    /**
     * The directory of these recipients. LDIF files must have been read into them before
     * ({@link LdifRecipients#complete}); as long as the definition names one, an unknown address is
     * {@link Answer.Unavailable}.
     *
     * @throws IllegalArgumentException when a name is used twice or a filter is malformed
     */
    public static FileDirectory of(DirectoryDefinition definition) {
        return new FileDirectory(definition);
    }

    @Override
    public Page ask(List<Question> questions, Optional<Cursor> from) {
        if (questions.size() == 1 && questions.get(0) instanceof Question.MembersOf members) {
            return members(members.group(), from);
        }
        return new Page(Lists.map(questions, this::answer), Optional.empty());
    }

    private Answer answer(Question question) {
        if (question instanceof Question.ByAddress byOne) {
            return byAddress(byOne.address());
        }
        if (question instanceof Question.ByName byOne) {
            return byName(byOne.name());
        }
        throw new IllegalArgumentException("members are asked for alone");
    }

    private Answer byAddress(EmailAddress address) {
        List<DirectoryEntry> known = byAddress.getOrDefault(address.key(), List.of());
        List<DirectoryEntry> owners = known.isEmpty() ? byAddress.getOrDefault(everybody(address), List.of()) : known;
        return switch (owners.size()) {
            case 0 -> missing(address.toString());
            case 1 -> new Answer.Found(owners.get(0));
            default -> new Answer.Ambiguous(address.toString());
        };
    }

    /** Whoever has the address {@code *@domain} has all addresses of the domain that nobody else has. */
    private static String everybody(EmailAddress address) {
        return "*" + address.key().substring(address.key().lastIndexOf('@'));
    }

    /** Who is not here may be in a file that nobody read: then mail waits instead of bouncing. */
    private Answer missing(String what) {
        return unread.isEmpty()
                ? new Answer.NotFound(what)
                : new Answer.Unavailable("not read: " + String.join(", ", unread));
    }

    private Answer byName(String name) {
        RecipientDefinition named = byName.get(name);
        if (named != null) {
            return new Answer.Found(named.entry());
        }
        return EmailAddress.tryParse(name).map(this::byAddress).orElseGet(() -> missing(name));
    }

    private Page members(String group, Optional<Cursor> from) {
        RecipientDefinition recipient = byName.get(group);
        if (recipient == null) {
            return only(new Answer.NotFound(group));
        }
        Filter filter = filters.get(group);
        return filter == null ? written(group, recipient.members(), from) : found(filter, recipient, from);
    }

    private static Page only(Answer answer) {
        return new Page(List.of(answer), Optional.empty());
    }

    /**
     * Where to go on. A place in a list that has changed since says nothing in the present one: then from the beginning,
     * which whoever asks can bear, as members may be met twice, and nobody is left out.
     */
    private static int position(Optional<Cursor> from, int mark) {
        String start = mark + ":";
        return from.map(Cursor::token)
                .filter(token -> token.startsWith(start))
                .map(token -> Integer.parseInt(token.substring(start.length())))
                .orElse(0);
    }

    private static Optional<Cursor> cursor(int at, int end, int mark) {
        return at < end ? Optional.of(new Cursor(mark + ":" + at)) : Optional.empty();
    }

    private Page written(String group, List<String> members, Optional<Cursor> from) {
        int mark = marks.getOrDefault(group, 0);
        int start = position(from, mark);
        int end = Math.min(members.size(), start + PAGE);
        return new Page(
                members.subList(start, end).stream().map(this::member).toList(), cursor(end, members.size(), mark));
    }

    /** A member is a recipient by name or address, or somebody outside who is reached all the same. */
    private Answer member(String member) {
        RecipientDefinition named = byName.get(member);
        if (named != null) {
            return new Answer.Found(named.entry());
        }
        Optional<EmailAddress> address = EmailAddress.tryParse(member);
        if (address.isEmpty()) {
            return new Answer.NotFound(member);
        }
        Answer answer = byAddress(address.get());
        return answer instanceof Answer.NotFound
                ? new Answer.Found(new Contact(member, List.of(address.get()), address.get()))
                : answer;
    }

    /** The cursor is a position in the list of recipients, so that all pages together scan it once. */
    private Page found(Filter filter, RecipientDefinition group, Optional<Cursor> from) {
        List<Answer> answers = new ArrayList<>();
        int at = position(from, mark);
        for (; at < entries.size() && answers.size() < PAGE; at++) {
            RecipientDefinition candidate = recipients.get(at);
            if (candidate != group && matches(filter, entries.get(at))) {
                answers.add(new Answer.Found(candidate.entry()));
            }
        }
        return new Page(answers, cursor(at, entries.size(), mark));
    }

    private static boolean matches(Filter filter, Entry entry) {
        try {
            return filter.matchesEntry(entry);
        } catch (LDAPException e) {
            // An assertion the entry cannot be compared by is "undefined" in RFC 4511 4.5.1.7: it selects nothing.
            return false;
        }
    }
}
