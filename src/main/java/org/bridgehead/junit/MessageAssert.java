package org.bridgehead.junit;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.assertj.core.api.AbstractAssert;
import org.bridgehead.core.hub.TrackingEvent;
import org.bridgehead.core.hub.TrackingEvent.Kind;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.topology.Names;
import org.bridgehead.core.topology.Server;
import org.bridgehead.engine.MailOrganization;
import org.bridgehead.engine.MessageHandle;
import org.bridgehead.engine.ReceivedMail;

/**
 * Assertions about one message by its identity, wherever its copies are: {@code assertThat(org.message(sent)).received(2)}.
 * Each one first waits until the mail under way has come to rest; virtual time stands still meanwhile. A failure tells the
 * message's story.
 */
public final class MessageAssert extends AbstractAssert<MessageAssert, MessageHandle> {
    MessageAssert(MessageHandle message) {
        super(message, MessageAssert.class);
    }

    /** So many recipients have got it, in mailboxes here or outside; a group counts by its members. */
    public MessageAssert received(int recipients) {
        return holds(() -> got().size() == recipients, () -> "to have reached " + count(recipients, "recipient")
                + ", but it reached " + (got().isEmpty() ? "nobody" : got()));
    }

    /** Whoever got a copy for good: a mailbox, or a server that is none of ours. */
    private Set<EmailAddress> got() {
        return events().stream()
                .filter(event -> event.event() == Kind.DELIVER || event.event() == Kind.SEND && !toServer(event))
                .flatMap(event -> event.recipients().stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private boolean toServer(TrackingEvent event) {
        return event.nextHop()
                .filter(hop -> organization().topology().server(hop).isPresent())
                .isPresent();
    }

    /** So many copies of it lie in the mailboxes of the organisation. */
    public MessageAssert copies(int count) {
        return holds(() -> message().stored().size() == count, () -> "to lie in mailboxes " + count(count, "time")
                + ", but it does " + count(message().stored().size(), "time") + ": "
                + message().stored().stream()
                        .map(ReceivedMail::mailbox)
                        .map(EmailAddress::toString)
                        .collect(Collectors.joining(", ")));
    }

    /** Servers have handed it to other servers so many times: one copy for each fork of its way, however many recipients. */
    public MessageAssert transfers(int count) {
        return holds(() -> transfers() == count, () -> "to have gone from server to server " + count(count, "time")
                + ", but it did " + count((int) transfers(), "time"));
    }

    private long transfers() {
        return events().stream()
                .filter(event -> event.event() == Kind.SEND && toServer(event))
                .count();
    }

    /** Each copy that lies in a mailbox came by these hubs and edges, in this order, and there is one. */
    public MessageAssert path(String... servers) {
        List<String> wanted = List.of(servers);
        return holds(() -> !paths().isEmpty() && paths().stream().allMatch(path -> same(path, wanted)), () ->
                "to have come by " + String.join(" > ", wanted) + ", but it came "
                        + (paths().isEmpty()
                                ? "to no mailbox"
                                : paths().stream()
                                        .map(path -> "by " + String.join(" > ", path))
                                        .collect(Collectors.joining(" and "))));
    }

    private Set<List<String>> paths() {
        return message().stored().stream().map(ReceivedMail::servers).collect(Collectors.toSet());
    }

    private static boolean same(List<String> path, List<String> wanted) {
        boolean same = path.size() == wanted.size();
        for (int i = 0; same && i < path.size(); i++) {
            same = Names.same(path.get(i), wanted.get(i));
        }
        return same;
    }

    /**
     * No server of a site has seen it.
     *
     * @throws IllegalArgumentException when the organisation has no such site
     */
    public MessageAssert neverTouched(String site) {
        if (organization().topology().site(site).isEmpty()) {
            throw new IllegalArgumentException("no site " + site + "; there are "
                    + String.join(", ", organization().topology().sites().keySet()));
        }
        Settling.settle(organization(), () -> false, Duration.ZERO);
        if (events().stream().anyMatch(event -> isIn(event, site))) {
            throw failed("never to have been in " + site + ", but it was");
        }
        return this;
    }

    private static boolean isIn(TrackingEvent event, String site) {
        return event.site().filter(its -> Names.same(its, site)).isPresent();
    }

    /** Delivery to some recipient failed for good with this enhanced status, such as {@code 5.1.1}. */
    public MessageAssert bounced(String status) {
        return holds(() -> statuses().contains(status), () -> "to have failed with status " + status + ", but "
                + (statuses().isEmpty() ? "it has not failed" : "it failed with " + statuses()));
    }

    private List<String> statuses() {
        return events().stream()
                .filter(event -> event.event() == Kind.FAIL)
                .map(event -> event.status().split("[ :;,]", 2)[0])
                .distinct()
                .toList();
    }

    /**
     * A copy of it waits in a queue of this server, or of a server in this site.
     *
     * @throws IllegalArgumentException when the organisation has neither
     */
    public MessageAssert queuedAt(String place) {
        boolean site = organization().topology().site(place).isPresent();
        if (!site && organization().topology().server(place).isEmpty()) {
            throw new IllegalArgumentException("no site and no server " + place + "; there are the sites "
                    + String.join(", ", organization().topology().sites().keySet()));
        }
        return holds(() -> waiting().stream().anyMatch(server -> isAt(server, place)), () -> "to wait in a queue at "
                + place + ", but it waits " + (waiting().isEmpty() ? "nowhere" : "at " + waiting()));
    }

    private List<String> waiting() {
        return message().queued().stream()
                .map(view -> view.identity().substring(0, view.identity().indexOf('\\')))
                .distinct()
                .toList();
    }

    private boolean isAt(String server, String place) {
        return Names.same(server, place)
                || organization()
                        .topology()
                        .server(server)
                        .flatMap(Server::site)
                        .filter(site -> Names.same(site, place))
                        .isPresent();
    }

    /** It was put off so many times, all its copies together: so often it was, or will be, tried again. */
    public MessageAssert retried(int times) {
        return holds(() -> retries() == times, () -> "to have been put off " + count(times, "time") + ", but it was "
                + count((int) retries(), "time"));
    }

    private long retries() {
        return events().stream().filter(event -> event.event() == Kind.DEFER).count();
    }

    /** These kinds of event occur in this order; others may stand between them. */
    public MessageAssert events(Kind... kinds) {
        return holds(() -> inOrder(kinds), () -> "to show " + Arrays.toString(kinds) + " in this order");
    }

    private boolean inOrder(Kind... kinds) {
        int found = 0;
        for (TrackingEvent event : events()) {
            if (found < kinds.length && event.event() == kinds[found]) {
                found++;
            }
        }
        return found == kinds.length;
    }

    private MessageAssert holds(BooleanSupplier condition, Supplier<String> expectation) {
        Settling.settle(organization(), condition, Settling.PATIENCE);
        if (!condition.getAsBoolean()) {
            throw failed(expectation.get());
        }
        return this;
    }

    private List<TrackingEvent> events() {
        return message().events();
    }

    private MailOrganization organization() {
        return message().organization();
    }

    private MessageHandle message() {
        isNotNull();
        return actual;
    }

    private AssertionError failed(String expectation) {
        return failure("%s", "Expected the message " + expectation + ".\n" + Story.of(message()));
    }

    private static String count(int number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }
}
