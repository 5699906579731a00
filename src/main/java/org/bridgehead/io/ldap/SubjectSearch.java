package org.bridgehead.io.ldap;

import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchScope;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.bridgehead.core.directory.Answer;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.mail.Lists;

/**
 * Asks one domain controller for the owners of several addresses in one search (BEHAVIOUR 2.2), and for entries by name.
 * Immutable; safe for any thread.
 */
final class SubjectSearch {
    /** Each address has one owner, or an ambiguous few. */
    private static final int MOST_ENTRIES = 1_000;

    private static final String SMTP = "smtp:";

    private final String baseDn;
    private final LdapSearches searches;
    private final LdapRecipients recipients;

    SubjectSearch(String baseDn, LdapSearches searches, LdapRecipients recipients) {
        this.baseDn = baseDn;
        this.searches = searches;
        this.recipients = recipients;
    }

    /** One answer for each subject in that order, never {@link Answer.Unavailable}. */
    List<Answer> answers(LDAPConnection connection, List<Subject> subjects) throws LDAPException {
        List<EmailAddress> addresses = Lists.map(Lists.only(Subject.Address.class, subjects), Subject.Address::address);
        List<String> names = Lists.map(Lists.only(Subject.Name.class, subjects), Subject.Name::dn);
        Iterator<Answer> owners = (addresses.isEmpty() ? List.<Answer>of() : owners(connection, addresses)).iterator();
        Iterator<Answer> named = recipients.named(connection, names).iterator();
        return Lists.map(subjects, subject -> (subject instanceof Subject.Address ? owners : named).next());
    }

    private List<Answer> owners(LDAPConnection connection, List<EmailAddress> addresses) throws LDAPException {
        SearchRequest request = searches.request(baseDn, SearchScope.SUB, filter(addresses), LdapRecipients.ATTRIBUTES);
        request.setSizeLimit(MOST_ENTRIES);
        Map<String, Entry> entries = new LinkedHashMap<>();
        searches.whole(connection, request)
                .getSearchEntries()
                .forEach(entry -> entries.put(LdifRecipients.key(entry.getDN()), entry));
        List<Entry> found = List.copyOf(entries.values());
        List<Answer> what = recipients.answers(connection, found);
        List<Answer> answers = new ArrayList<>();
        for (EmailAddress address : addresses) {
            answers.add(answer(address, found, what));
        }
        return answers;
    }

    /** The library escapes what is special in a filter, so an address is never more than a value. */
    private static Filter filter(List<EmailAddress> addresses) {
        return Filter.createORFilter(addresses.stream()
                .flatMap(address -> Stream.of(
                        Filter.createEqualityFilter("proxyAddresses", SMTP + address),
                        Filter.createEqualityFilter("mail", address.toString())))
                .toList());
    }

    private static Answer answer(EmailAddress address, List<Entry> entries, List<Answer> what) {
        List<Answer> owners = new ArrayList<>();
        for (int i = 0; i < entries.size(); i++) {
            if (owns(entries.get(i), address)) {
                owners.add(what.get(i));
            }
        }
        return switch (owners.size()) {
            case 0 -> new Answer.NotFound(address.toString());
            case 1 -> owners.get(0);
            default -> new Answer.Ambiguous(address.toString());
        };
    }

    /** Servers differ in what they take for equal; here two addresses are one if they are one everywhere else. */
    private static boolean owns(Entry entry, EmailAddress address) {
        return Stream.concat(
                        LdifRecipients.values(entry, "proxyAddresses").stream()
                                .filter(proxy -> proxy.toLowerCase(Locale.ROOT).startsWith(SMTP))
                                .map(proxy -> proxy.substring(SMTP.length())),
                        LdifRecipients.values(entry, "mail").stream())
                .flatMap(text -> EmailAddress.tryParse(text).stream())
                .anyMatch(address::equals);
    }
}
