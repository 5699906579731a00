package org.bridgehead.io.ldap;

import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bridgehead.core.directory.Answer;
import org.bridgehead.core.directory.RecipientDefinition;
import org.bridgehead.core.topology.Topology;

/**
 * Entries of a domain controller as recipients, the way {@link LdifEntryReader} reads them from files. Names are
 * distinguished names in one spelling, so that those that entries give each other compare equal. What an entry is
 * forwarded to is read as well. Immutable; safe for any thread.
 */
final class LdapRecipients {
    /** What is asked for: never the members, which are many. */
    static final List<String> ATTRIBUTES = LdifEntryReader.ATTRIBUTES;

    private static final String FORWARD = "altRecipient";

    private final Topology topology;
    private final LdapSearches searches;

    LdapRecipients(Topology topology, LdapSearches searches) {
        this.topology = topology;
        this.searches = searches;
    }

    /**
     * What each entry is.
     *
     * @return in that order; an entry without a mail address is {@link Answer.NotFound}
     * @throws LDAPException when what they forward to cannot be read
     */
    List<Answer> answers(LDAPConnection connection, Collection<Entry> entries) throws LDAPException {
        List<Entry> spelled = entries.stream().map(LdapRecipients::spelled).toList();
        LdifEntryReader reader = new LdifEntryReader(topology, withForwards(connection, spelled));
        List<Answer> answers = new ArrayList<>();
        for (Entry entry : spelled) {
            answers.add(answer(reader, entry));
        }
        return answers;
    }

    /** What the entries of these names are, in that order; a name that leads nowhere is {@link Answer.NotFound}. */
    List<Answer> named(LDAPConnection connection, List<String> names) throws LDAPException {
        Map<String, Entry> entries = searches.read(connection, new LinkedHashSet<>(names), ATTRIBUTES);
        Map<String, Answer> found = new LinkedHashMap<>();
        List<Answer> what = answers(connection, entries.values());
        int next = 0;
        for (String name : entries.keySet()) {
            found.put(name, what.get(next++));
        }
        List<Answer> answers = new ArrayList<>();
        names.forEach(name -> answers.add(found.getOrDefault(name, new Answer.NotFound(name))));
        return answers;
    }

    private static Answer answer(LdifEntryReader reader, Entry entry) {
        try {
            return reader.recipient(entry)
                    .map(RecipientDefinition::entry)
                    .<Answer>map(Answer.Found::new)
                    .orElseGet(() -> new Answer.NotFound(entry.getDN() + ": it has no mail address"));
        } catch (LDAPException e) {
            return new Answer.Malformed(entry.getDN(), String.valueOf(e.getMessage()));
        }
    }

    private Map<String, Entry> withForwards(LDAPConnection connection, List<Entry> entries) throws LDAPException {
        Map<String, Entry> known = new LinkedHashMap<>();
        entries.forEach(entry -> known.put(LdifRecipients.key(entry.getDN()), entry));
        Map<String, String> unread = new LinkedHashMap<>();
        for (Entry entry : entries) {
            Optional.ofNullable(entry.getAttributeValue(FORWARD))
                    .filter(dn -> DN.isValidDN(dn) && !known.containsKey(LdifRecipients.key(dn)))
                    .ifPresent(dn -> unread.put(LdifRecipients.key(dn), dn));
        }
        searches.read(connection, unread.values(), ATTRIBUTES)
                .forEach((dn, entry) -> known.put(LdifRecipients.key(dn), spelled(entry)));
        return known;
    }

    /** The same entry, its name and the names in it without needless spaces and escapes. */
    private static Entry spelled(Entry entry) {
        List<Attribute> attributes = entry.getAttributes().stream()
                .map(attribute -> LdifEntryReader.REFERENCES.stream().anyMatch(attribute.getName()::equalsIgnoreCase)
                        ? new Attribute(
                                attribute.getName(),
                                Arrays.stream(attribute.getValues())
                                        .map(LdapRecipients::spelled)
                                        .toList())
                        : attribute)
                .toList();
        return new Entry(spelled(entry.getDN()), attributes);
    }

    /** A distinguished name in the spelling that names of entries have here; any other text as it is. */
    static String spelled(String dn) {
        try {
            return new DN(dn).toMinimallyEncodedString();
        } catch (LDAPException e) {
            return dn;
        }
    }
}
