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
            if (entry instanceof DynamicDistributionGroup group) {
                filters.put(group.name(), filter(group));
            }
        }
        entries = filters.isEmpty()
                ? List.of()
                : recipients.stream().map(LdapEntries::entry).toList();
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
        List<DirectoryEntry> owners = byAddress.getOrDefault(address.key(), List.of());
        return switch (owners.size()) {
            case 0 -> missing(address.toString());
            case 1 -> new Answer.Found(owners.get(0));
            default -> new Answer.Ambiguous(address.toString());
        };
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
        Optional<Integer> start = from.map(c -> position(c.token())).orElse(Optional.of(0));
        if (start.isEmpty()) {
            return only(new Answer.Unavailable(
                    "unknown cursor " + from.map(Cursor::token).orElse("")));
        }
        if (recipient == null) {
            return only(new Answer.NotFound(group));
        }
        Filter filter = filters.get(group);
        return filter == null ? written(recipient.members(), start.get()) : found(filter, recipient, start.get());
    }

    private static Page only(Answer answer) {
        return new Page(List.of(answer), Optional.empty());
    }

    private static Optional<Integer> position(String token) {
        return token.matches("\\d{1,9}") ? Optional.of(Integer.valueOf(token)) : Optional.empty();
    }

    private Page written(List<String> members, int start) {
        int end = Math.min(members.size(), start + PAGE);
        List<Answer> answers = members.subList(Math.min(start, end), end).stream()
                .map(this::member)
                .toList();
        return new Page(
                answers, end < members.size() ? Optional.of(new Cursor(String.valueOf(end))) : Optional.empty());
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
    private Page found(Filter filter, RecipientDefinition group, int start) {
        List<Answer> answers = new ArrayList<>();
        int at = start;
        for (; at < entries.size() && answers.size() < PAGE; at++) {
            RecipientDefinition candidate = recipients.get(at);
            if (candidate != group && matches(filter, entries.get(at))) {
                answers.add(new Answer.Found(candidate.entry()));
            }
        }
        return new Page(answers, at < entries.size() ? Optional.of(new Cursor(String.valueOf(at))) : Optional.empty());
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
