package org.bridgehead.cli.demo;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.bridgehead.core.hub.TrackingEvent;
import org.bridgehead.core.hub.TrackingEvent.Kind;
import org.bridgehead.core.scenario.Stage;

/** Says what an account comes to. The same topics in the same order for the same scene, whatever happened in it. */
final class Statements {
    /** The clock of a story. */
    static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Account account;
    private final boolean servers;
    private final boolean calm;

    /**
     * About an account.
     *
     * @param servers whether each server is foreseeable; else only its site is
     * @param calm whether letters travel one at a time, so that attempts can be foreseen, too
     */
    Statements(Account account, boolean servers, boolean calm) {
        this.account = account;
        this.servers = servers;
        this.calm = calm;
    }

    List<Statement> all() {
        List<Statement> all = new ArrayList<>();
        all.add(refused());
        all.add(ways());
        all.add(arrivals());
        if (calm) {
            all.add(overTheWan());
            all.add(forks());
            all.add(dropped());
            all.add(held());
        }
        all.add(failed());
        all.add(lostLogs());
        all.add(redelivered());
        return all;
    }

    private Statement refused() {
        List<Refusal> refused = account.refused();
        String labels =
                refused.stream().map(refusal -> refusal.letter().label()).collect(Collectors.joining(", "));
        return new Statement("refused", refused.isEmpty() ? "" : refused.size() + " letters: " + labels, labels);
    }

    private List<String> way(List<String> names) {
        return servers ? names : account.sites(names);
    }

    private Statement ways() {
        TreeMap<String, Integer> count = new TreeMap<>();
        StringBuilder exact = new StringBuilder();
        for (Account.Trip trip : account.trips()) {
            TreeSet<String> ways = new TreeSet<>();
            trip.ways().forEach(way -> ways.add(String.join(" > ", way(way))));
            exact.append(trip.letter().number())
                    .append(' ')
                    .append(trip.recipient().key())
                    .append(ways)
                    .append('\n');
            ways.forEach(way -> count.merge(way, 1, Integer::sum));
        }
        return new Statement("way", spoken(count), exact.toString());
    }

    private String spoken(TreeMap<String, Integer> count) {
        if (count.isEmpty()) {
            return "none arrives";
        }
        if (count.size() == 1) {
            return count.firstKey();
        }
        TreeMap<String, Integer> bySites = new TreeMap<>();
        account.trips()
                .forEach(trip -> trip.ways()
                        .forEach(way -> bySites.merge(String.join(" > ", account.sites(way)), 1, Integer::sum)));
        String longest = bySites.keySet().stream()
                .reduce((a, b) -> stops(b) > stops(a) ? b : a)
                .orElse("");
        return bySites.size() + " ways, the longest " + longest;
    }

    private static long stops(String way) {
        return way.chars().filter(c -> c == '>').count();
    }

    private Statement arrivals() {
        String exact = account.trips().stream()
                .map(trip -> trip.letter().number() + " " + trip.recipient().key() + " "
                        + trip.ways().size())
                .collect(Collectors.joining("\n"));
        int copies = account.copies();
        int boxes = account.mailboxes().size();
        String where = boxes == 1 ? account.mailboxes().get(0).toString() : boxes + " mailboxes";
        String text = copies == 0
                ? "nothing"
                : (copies == 1 ? "1 copy" : copies + " copies") + " in " + where
                        + (account.twice() == 0 ? ", none twice" : ", " + account.twice() + " of them twice");
        return new Statement("arrival", text, exact);
    }

    private Statement overTheWan() {
        int copies = account.copiesBetweenSites().values().stream()
                .mapToInt(Integer::intValue)
                .sum();
        boolean fanOut = account.trips().size() > 1;
        String text = copies + " copies over site links for " + account.trips().size() + " mailboxes";
        return new Statement(
                "WAN", fanOut ? text : "", account.copiesBetweenSites().toString());
    }

    private Statement forks() {
        List<String> forks = account.events(Kind.TRANSFER).stream()
                .map(event -> (servers ? event.server() : event.site().orElse(event.server())) + " into "
                        + event.reason().replace(" next hops", ""))
                .sorted()
                .toList();
        return new Statement("forks", String.join(", ", forks), forks.toString());
    }

    private Statement dropped() {
        List<TrackingEvent> dropped = account.events(Kind.DUPLICATEEXPAND);
        long loops = dropped.stream()
                .filter(event -> event.reason().startsWith("group"))
                .count();
        String exact = dropped.stream()
                .map(event -> event.recipients() + " " + event.reason())
                .sorted()
                .collect(Collectors.joining("\n"));
        String text = "while " + account.events(Kind.EXPAND).size() + " groups were expanded: "
                + (dropped.size() - loops) + " duplicates, " + loops + (loops == 1 ? " loop" : " loops");
        return new Statement("dropped", account.events(Kind.EXPAND).isEmpty() ? "" : text, exact);
    }

    private Statement held() {
        TreeMap<String, List<String>> times = new TreeMap<>();
        account.events(Kind.DEFER)
                .forEach(event -> times.computeIfAbsent(event.site().orElse(event.server()), site -> new ArrayList<>())
                        .add(CLOCK.format(event.time())));
        String text = times.entrySet().stream()
                .map(entry -> entry.getKey() + ", tried " + shortened(entry.getValue()))
                .collect(Collectors.joining("; "));
        String arrived = account.events(Kind.DELIVER).stream()
                .map(event -> CLOCK.format(event.time()))
                .distinct()
                .collect(Collectors.joining(", "));
        return new Statement("held at", times.isEmpty() ? "" : text + ", delivered " + arrived, times + " " + arrived);
    }

    private static String shortened(List<String> times) {
        int shown = 7;
        return times.size() <= shown
                ? String.join(" ", times)
                : String.join(" ", times.subList(0, shown - 1)) + " … " + times.get(times.size() - 1) + " ("
                        + times.size() + " times)";
    }

    private Statement lostLogs() {
        Stage.Losses losses = account.losses();
        String text = counted(losses.lost(), "copy was", "copies were") + " in a log that died with its node, "
                + losses.missing() + " of them lost for good";
        return new Statement(
                "log", losses.lost() == 0 ? "" : text, losses.lost() + " lost, " + losses.missing() + " for good");
    }

    /** Which hubs have what in their dumpsters follows from which of them delivered it. */
    private Statement redelivered() {
        SortedMap<String, Integer> hubs = account.redelivered();
        int all = hubs.values().stream().mapToInt(Integer::intValue).sum();
        long dropped = account.losses().dropped();
        String by = hubs.entrySet().stream()
                .map(hub -> hub.getKey() + " " + hub.getValue())
                .collect(Collectors.joining(", "));
        String text = counted(all, "letter", "letters") + " redelivered from dumpsters"
                + (servers ? " (" + by + ")" : "") + "; " + counted(dropped, "copy", "copies")
                + " dropped where the mailbox had it";
        String exact = all + " redelivered" + (servers ? by : "") + ", " + dropped + " dropped";
        // Without a failover a copy is dropped when a reply was lost, which nobody foresees.
        return new Statement("again", all == 0 ? "" : text, all == 0 ? "" : exact);
    }

    private static String counted(long count, String one, String many) {
        return count + " " + (count == 1 ? one : many);
    }

    private Statement failed() {
        String text = account.events(Kind.FAIL).stream()
                .map(event -> event.recipients() + " " + event.status())
                .sorted()
                .collect(Collectors.joining(", "));
        return new Statement("failed", text, text);
    }
}
