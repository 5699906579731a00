package org.bridgehead.io.ldap.forest;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResult;
import com.unboundid.ldap.sdk.SearchResultReference;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.ldap.sdk.controls.SimplePagedResultsControl;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Searches that are answered to the end or fail: in pages of {@value #PAGE}, with all parts of attributes that come in
 * parts. References to other servers are told, not followed. One thread.
 */
final class ServerSearch {
    /** Active Directory's own limit of entries in one answer. */
    static final int PAGE = 1_000;

    private static final int MOST_EMPTY_PAGES = 10;
    private static final Pattern RANGE = Pattern.compile("(?i)([^;]+);range=(\\d{1,9})-(\\d{1,9}|\\*)");
    /** Parts of its own that every domain refers to; they hold DNS records and what is read anyway. */
    private static final Pattern OWN_PARTS = Pattern.compile("(?i).*/(CN=Configuration|DC=\\w+DnsZones|CN=Schema),.*");

    private final LDAPConnection connection;
    private final AdLocation location;
    private final Forest forest;

    ServerSearch(LDAPConnection connection, AdLocation location, Forest forest) {
        this.connection = connection;
        this.location = location;
        this.forest = forest;
    }

    /** The entry of that name; empty when there is none, or it is hidden. */
    Optional<Entry> entry(String dn, String... attributes) throws AdServerException {
        try {
            return Optional.ofNullable(connection.getEntry(dn, attributes));
        } catch (LDAPException e) {
            throw trouble("", e);
        }
    }

    /** All entries below a base that match the filter, in the order of the server. */
    List<Entry> all(String base, String filter, Collection<String> attributes) throws AdServerException {
        List<Entry> found = new ArrayList<>();
        @Nullable ASN1OctetString cookie = null;
        int empty = 0;
        boolean more = true;
        while (more) {
            SearchResult page = page(base, filter, attributes, cookie);
            for (Entry entry : page.getSearchEntries()) {
                found.add(whole(entry));
            }
            page.getSearchReferences().forEach(this::refer);
            empty = page.getEntryCount() == 0 ? empty + 1 : 0;
            SimplePagedResultsControl answer = control(page, base);
            more = answer.moreResultsToReturn();
            cookie = answer.getCookie();
            if (empty > MOST_EMPTY_PAGES) {
                throw new AdServerException(location + ": it promises more of " + base + " and sends none");
            }
        }
        return found;
    }

    private SearchResult page(
            String base, String filter, Collection<String> attributes, @Nullable ASN1OctetString cookie)
            throws AdServerException {
        try {
            SearchRequest request = new SearchRequest(base, SearchScope.SUB, filter, attributes.toArray(String[]::new));
            request.addControl(new SimplePagedResultsControl(PAGE, cookie, true));
            return connection.search(request);
        } catch (LDAPException e) {
            throw trouble("below " + base + " ", e);
        }
    }

    private SimplePagedResultsControl control(SearchResult page, String base) throws AdServerException {
        try {
            SimplePagedResultsControl answer = SimplePagedResultsControl.get(page);
            if (answer != null) {
                return answer;
            }
        } catch (LDAPException e) {
            throw trouble("below " + base + " ", e);
        }
        throw new AdServerException(
                location + ": it lost its place in the pages below " + base + ", so nothing is imported; try again");
    }

    private AdServerException trouble(String where, LDAPException e) {
        return new AdServerException(location + ": " + where + ServerTrouble.words(e, location), e);
    }

    private void refer(SearchResultReference reference) {
        for (String url : reference.getReferralURLs()) {
            if (!OWN_PARTS.matcher(url).matches()) {
                forest.guesses()
                        .add(
                                "other domains are not read, import their recipients from their own servers",
                                location.toString(),
                                url);
            }
        }
    }

    /** The entry with all values of attributes of which the server sends a part at a time. */
    private Entry whole(Entry entry) throws AdServerException {
        Entry whole = new Entry(entry.getDN());
        for (Attribute attribute : entry.getAttributes()) {
            Matcher range = RANGE.matcher(attribute.getName());
            whole.addAttribute(range.matches() ? whole(entry, attribute, range) : attribute);
        }
        return whole;
    }

    private Attribute whole(Entry entry, Attribute first, Matcher range) throws AdServerException {
        String name = range.group(1);
        List<String> values = new ArrayList<>(List.of(first.getValues()));
        String end = range.group(3);
        while (!end.equals("*")) {
            long next = Long.parseLong(end) + 1;
            Attribute part = part(entry, name, next);
            values.addAll(List.of(part.getValues()));
            Matcher its = RANGE.matcher(part.getName());
            end = its.matches() && Long.parseLong(its.group(2)) == next ? its.group(3) : "";
            if (end.isEmpty() || (!end.equals("*") && Long.parseLong(end) < next)) {
                throw cut(entry, name);
            }
        }
        return new Attribute(name, values);
    }

    private Attribute part(Entry entry, String name, long next) throws AdServerException {
        String wanted = name + ";range=" + next + "-*";
        Entry answer = entry(entry.getDN(), wanted).orElseThrow(() -> cut(entry, name));
        return answer.getAttributes().stream()
                .filter(attribute -> attribute
                        .getName()
                        .toLowerCase(Locale.ROOT)
                        .startsWith(name.toLowerCase(Locale.ROOT) + ";range="))
                .findFirst()
                .orElseThrow(() -> cut(entry, name));
    }

    private AdServerException cut(Entry entry, String name) {
        return new AdServerException(
                location + ": it sends " + name + " of " + entry.getDN() + " only in part, so nothing is imported");
    }
}
