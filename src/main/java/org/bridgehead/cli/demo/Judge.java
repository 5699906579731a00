package org.bridgehead.cli.demo;

import java.util.List;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.bridgehead.core.hub.TrackingEvent.Kind;
import org.bridgehead.core.scenario.Expectation;
import org.bridgehead.core.topology.Names;

/** Holds what happened against what the scenario file expects. */
final class Judge {
    private final Account happened;
    private final int lost;

    /**
     * About an account.
     *
     * @param lost copies that should have arrived and did not
     */
    Judge(Account happened, int lost) {
        this.happened = happened;
        this.lost = lost;
    }

    /** What is expected and what there is instead, or the same twice. */
    Point point(Expectation expectation) {
        if (expectation instanceof Expectation.Delivered wanted) {
            List<Account.Trip> trips = trips(trip -> trip.recipient().equals(wanted.mailbox()));
            int copies = trips.stream().mapToInt(trip -> trip.ways().size()).sum();
            return point(
                    "delivered to " + wanted.mailbox(),
                    String.valueOf(wanted.count()),
                    trips.size() == copies ? String.valueOf(copies) : copies + " of " + trips.size() + " letters");
        }
        if (expectation instanceof Expectation.Path wanted) {
            String ways = trips(trip -> trip.recipient().equals(wanted.mailbox())).stream()
                    .flatMap(trip -> trip.ways().stream())
                    .map(way -> String.join(" > ", happened.sites(way)))
                    .distinct()
                    .collect(Collectors.joining(" and "));
            return point("path to " + wanted.mailbox(), String.join(" > ", wanted.sites()), ways);
        }
        if (expectation instanceof Expectation.HeldAt wanted) {
            TreeSet<String> sites = Names.set();
            happened.events(Kind.DEFER).forEach(event -> sites.add(event.site().orElse(event.server())));
            return point("held at", wanted.site(), String.join(", ", sites));
        }
        if (expectation instanceof Expectation.CopiesOverWan wanted) {
            int copies = happened.copiesBetweenSites().values().stream()
                    .mapToInt(Integer::intValue)
                    .sum();
            return point("copies over site links", String.valueOf(wanted.copies()), String.valueOf(copies));
        }
        if (expectation instanceof Expectation.Bounced wanted) {
            String statuses = happened.events(Kind.FAIL).stream()
                    .filter(event -> event.recipients().contains(wanted.recipient()))
                    .map(event -> event.status().split(" ")[0])
                    .distinct()
                    .collect(Collectors.joining(", "));
            return point("failed for " + wanted.recipient(), wanted.status().toString(), statuses);
        }
        return point("lost", "0", String.valueOf(lost));
    }

    private List<Account.Trip> trips(Predicate<Account.Trip> which) {
        return happened.trips().stream().filter(which).toList();
    }

    private static Point point(String about, String wanted, String found) {
        return new Point(new Statement(about, wanted, wanted), new Statement(about, found, found));
    }
}
