package org.bridgehead.io.ldap;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResult;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.ldap.sdk.controls.SimplePagedResultsControl;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bridgehead.core.directory.Answer;

/**
 * Reads the members of a group from one domain controller, a page at a time. Written lists are read range by range, then
 * the entries of their members; filters are searched in pages. A page that is not whole is an exception. Immutable; safe
 * for any thread.
 */
final class GroupPages {
    /** What a page holds, and what is left behind it. */
    record Part(List<Answer> answers, Optional<HeldWalks.Walk> rest) {
        Part {
            answers = List.copyOf(answers);
        }
    }

    private static final int PAGE = FileDirectory.PAGE;
    private static final String FILTER = "msExchDynamicDLFilter";
    private static final String FILTER_BASE = "msExchDynamicDLBaseDN";
    private static final List<String> GROUP = Stream.concat(
                    MemberRange.ATTRIBUTES.stream(), Stream.of(FILTER, FILTER_BASE))
            .toList();

    /** Who has no address is no recipient: a filter may well fit everybody. */
    private static final Filter RECIPIENTS =
            Filter.createORFilter(Filter.createPresenceFilter("proxyAddresses"), Filter.createPresenceFilter("mail"));

    private final String baseDn;
    private final LdapSearches searches;
    private final LdapRecipients recipients;

    GroupPages(String baseDn, LdapSearches searches, LdapRecipients recipients) {
        this.baseDn = baseDn;
        this.searches = searches;
        this.recipients = recipients;
    }

    /** The first page of a group. */
    Part first(String controller, ControllerPool pool, String group) throws LDAPException {
        Optional<Entry> entry = pool.use(connection -> searches.read(connection, group, GROUP));
        if (entry.isEmpty()) {
            return new Part(List.of(new Answer.NotFound(group)), Optional.empty());
        }
        if (entry.get().hasAttribute(FILTER)) {
            return searched(controller, pool, entry.get());
        }
        MemberRange range = MemberRange.of(entry.get(), 0);
        return range.more() ? part(controller, pool, range, 0) : named(pool, range.names());
    }

    /** Some members of a list of names. */
    Part named(ControllerPool pool, List<String> names) throws LDAPException {
        int end = Math.min(PAGE, names.size());
        List<Answer> answers = pool.use(connection -> recipients.named(connection, names.subList(0, end)));
        return new Part(
                answers,
                end < names.size()
                        ? Optional.of(new HeldWalks.Names(names.subList(end, names.size())))
                        : Optional.empty());
    }

    /**
     * The next members of a long list. The last one seen is asked for again: if another one stands there now, the list
     * has changed, and whoever moved up would be missed.
     */
    Part ranged(String group, ControllerPool pool, HeldWalks.Range walk) throws LDAPException {
        int again = walk.position() - 1;
        Entry entry = pool.use(connection -> searches.read(connection, group, List.of(MemberRange.from(again))))
                .orElseThrow(() -> changed(group));
        MemberRange range = MemberRange.of(entry, again);
        if (range.names().isEmpty() || !range.names().get(0).equals(walk.last())) {
            throw changed(group);
        }
        List<String> fresh = range.names().subList(1, range.names().size());
        return part(walk.controller(), pool, new MemberRange(fresh, range.more()), walk.position());
    }

    private static LDAPException changed(String group) {
        return new LDAPException(ResultCode.NO_RESULTS_RETURNED, "the members of " + group + " changed meanwhile");
    }

    private Part part(String controller, ControllerPool pool, MemberRange range, int position) throws LDAPException {
        List<String> names = range.names();
        if (range.more() && names.isEmpty()) {
            throw new LDAPException(ResultCode.NO_RESULTS_RETURNED, "the list of members does not go on");
        }
        List<Answer> answers = pool.use(connection -> recipients.named(connection, names));
        return new Part(
                answers,
                range.more()
                        ? Optional.of(
                                new HeldWalks.Range(controller, position + names.size(), names.get(names.size() - 1)))
                        : Optional.empty());
    }

    private Part searched(String controller, ControllerPool pool, Entry group) throws LDAPException {
        Filter filter;
        try {
            filter = Filter.createANDFilter(Filter.create(group.getAttributeValue(FILTER)), RECIPIENTS);
        } catch (LDAPException e) {
            return new Part(
                    List.of(new Answer.Malformed(group.getDN(), "its filter is none: " + e.getMessage())),
                    Optional.empty());
        }
        String base = Optional.ofNullable(group.getAttributeValue(FILTER_BASE)).orElse(baseDn);
        SearchRequest request = searches.request(base, SearchScope.SUB, filter, LdapRecipients.ATTRIBUTES);
        return searched(
                pool,
                new HeldWalks.Search(
                        controller, pool.takeOwn(), request, LdifRecipients.key(group.getDN()), new ASN1OctetString()));
    }

    /** The next page of a search; its connection is closed or free again when there is nothing left of it. */
    Part searched(ControllerPool pool, HeldWalks.Search walk) throws LDAPException {
        boolean going = false;
        try {
            Part part = pool.useOwn(walk.connection(), connection -> page(connection, walk));
            going = true;
            if (part.rest().isEmpty()) {
                pool.giveBack(walk.connection());
            }
            return part;
        } finally {
            if (!going) {
                walk.connection().closeWithoutUnbind();
            }
        }
    }

    private Part page(LDAPConnection connection, HeldWalks.Search walk) throws LDAPException {
        SearchRequest request = walk.request().duplicate();
        request.addControl(new SimplePagedResultsControl(PAGE, walk.cookie(), true));
        SearchResult result = searches.whole(connection, request);
        SimplePagedResultsControl paging = SimplePagedResultsControl.get(result);
        if (paging == null) {
            throw new LDAPException(ResultCode.CONTROL_NOT_FOUND, "the server does not say whether there is more");
        }
        List<Entry> entries = List.copyOf(result.getSearchEntries());
        if (paging.moreResultsToReturn()
                && entries.isEmpty()
                && paging.getCookie().equals(walk.cookie())) {
            throw new LDAPException(ResultCode.NO_RESULTS_RETURNED, "the search does not go on");
        }
        // A filter may fit the group itself, which is no member of it.
        List<Answer> answers = recipients.answers(connection, others(entries, walk.group()));
        return new Part(
                answers,
                paging.moreResultsToReturn()
                        ? Optional.of(new HeldWalks.Search(
                                walk.controller(), walk.connection(), walk.request(), walk.group(), paging.getCookie()))
                        : Optional.empty());
    }

    private static List<Entry> others(List<Entry> entries, String group) {
        return entries.stream()
                .filter(entry -> !LdifRecipients.key(entry.getDN()).equals(group))
                .toList();
    }
}
