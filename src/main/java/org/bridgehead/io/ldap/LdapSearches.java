package org.bridgehead.io.ldap;

import com.unboundid.ldap.sdk.AsyncRequestID;
import com.unboundid.ldap.sdk.AsyncSearchResultListener;
import com.unboundid.ldap.sdk.Control;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPResult;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResult;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchResultReference;
import com.unboundid.ldap.sdk.SearchScope;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Searches whose answer is whole or an exception: a limit of the server, a reference to another one, a connection that
 * ended in the middle never look like "that is all there is". Immutable; safe for any thread.
 */
final class LdapSearches {
    /** Reads under way at a time on one connection. */
    private static final int WINDOW = 64;

    /**
     * Active Directory mentions its other partitions in every search from the top of a domain unless it is told that only
     * this domain is meant (LDAP_SERVER_DOMAIN_SCOPE); others pass over it.
     */
    private static final String DOMAIN_SCOPE = "1.2.840.113556.1.4.1339";

    /** There is no entry of that name; or it is no name that the server could have. */
    private static final List<ResultCode> NOBODY = List.of(ResultCode.NO_SUCH_OBJECT, ResultCode.INVALID_DN_SYNTAX);

    private final Duration timeLimit;

    LdapSearches(Duration timeLimit) {
        this.timeLimit = timeLimit;
    }

    /** A request for entries; the server is told the time limit too. */
    SearchRequest request(String base, SearchScope scope, Filter filter, List<String> attributes) {
        SearchRequest request = new SearchRequest(base, scope, filter, attributes.toArray(String[]::new));
        request.setTimeLimitSeconds((int) Math.max(1, Math.min(Integer.MAX_VALUE, timeLimit.toSeconds())));
        request.addControl(new Control(DOMAIN_SCOPE, false));
        return request;
    }

    /** All that the request asks for. */
    SearchResult whole(LDAPConnection connection, SearchRequest request) throws LDAPException {
        SearchResult result = connection.search(request);
        if (result.getReferenceCount() > 0) {
            throw elsewhere(result.getSearchReferences());
        }
        return result;
    }

    private static LDAPException elsewhere(List<SearchResultReference> references) {
        String where = references.isEmpty()
                ? ""
                : " at " + String.join(" ", references.get(0).getReferralURLs());
        return new LDAPException(ResultCode.REFERRAL, "a part of the answer is elsewhere" + where);
    }

    /** One entry by its name; empty when there is none. */
    Optional<Entry> read(LDAPConnection connection, String dn, List<String> attributes) throws LDAPException {
        return read(connection, List.of(dn), attributes).values().stream().findFirst();
    }

    /**
     * Entries by their names, many questions under way at a time: that works with every server, whatever it has an index
     * for, and costs one round trip for {@value #WINDOW} entries.
     *
     * @param dns distinct, each a distinguished name
     * @return those that exist, by the text they were asked for, in that order
     */
    Map<String, Entry> read(LDAPConnection connection, Collection<String> dns, List<String> attributes)
            throws LDAPException {
        ArrayDeque<UnderWay> underWay = new ArrayDeque<>();
        Map<String, Entry> found = new LinkedHashMap<>();
        for (String dn : dns) {
            if (underWay.size() >= WINDOW) {
                finish(underWay.removeFirst(), found);
            }
            Read read = new Read(dn);
            SearchRequest request = new SearchRequest(
                    read,
                    dn,
                    SearchScope.BASE,
                    Filter.createPresenceFilter("objectClass"),
                    attributes.toArray(String[]::new));
            underWay.addLast(new UnderWay(read, connection.asyncSearch(request)));
        }
        while (!underWay.isEmpty()) {
            finish(underWay.removeFirst(), found);
        }
        return found;
    }

    private void finish(UnderWay reading, Map<String, Entry> found) throws LDAPException {
        LDAPResult result = await(reading.id());
        Read read = reading.read();
        if (read.referred.isPresent()) {
            throw elsewhere(List.of(read.referred.get()));
        }
        if (NOBODY.contains(result.getResultCode())) {
            return;
        }
        if (result.getResultCode() != ResultCode.SUCCESS) {
            throw new LDAPException(result);
        }
        found.put(
                read.dn,
                read.entry.orElseThrow(() -> new LDAPException(
                        ResultCode.INSUFFICIENT_ACCESS_RIGHTS, "there is " + read.dn + ", but it may not be read")));
    }

    private LDAPResult await(AsyncRequestID id) throws LDAPException {
        try {
            return id.get(timeLimit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new LDAPException(ResultCode.TIMEOUT, "no answer within " + timeLimit, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LDAPException(ResultCode.LOCAL_ERROR, "interrupted", e);
        }
    }

    /** One read under way. The thread of the connection fills it, who waits for its end sees all of it. */
    private static final class Read implements AsyncSearchResultListener {
        private static final long serialVersionUID = 1L;

        private final String dn;
        private transient Optional<Entry> entry = Optional.empty();
        private transient Optional<SearchResultReference> referred = Optional.empty();

        Read(String dn) {
            this.dn = dn;
        }

        @Override
        public void searchEntryReturned(SearchResultEntry returned) {
            entry = Optional.of(returned);
        }

        @Override
        public void searchReferenceReturned(SearchResultReference reference) {
            referred = Optional.of(reference);
        }

        @Override
        public void searchResultReceived(AsyncRequestID id, SearchResult result) {
            // Whoever asked waits at the request itself.
        }
    }

    private record UnderWay(Read read, AsyncRequestID id) {}
}
