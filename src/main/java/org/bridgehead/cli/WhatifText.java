package org.bridgehead.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.bridgehead.core.topology.Names;
import org.bridgehead.whatif.ClusterState;
import org.bridgehead.whatif.Comparison;
import org.bridgehead.whatif.Comparison.Changed;
import org.bridgehead.whatif.ConnectorChange;

/** A {@link Comparison} for somebody who was woken up: the verdict, then what waits where and for which cause. */
final class WhatifText {
    private static final int NAMES = 4;
    private static final int LINES = 6;

    private final Comparison answer;
    private final PrintWriter out;
    private final Colors colors;
    private final boolean all;

    WhatifText(Comparison answer, Output output, boolean all) {
        this.answer = answer;
        this.out = output.text();
        this.colors = output.colors();
        this.all = all;
    }

    void print() {
        out.println(verdict());
        sites("Gone", answer.sitesGone());
        sites("New", answer.sitesNew());
        groups(Changed::cause).forEach(this::printCause);
        stops("keep their way but skip a stop", answer.passedOver());
        stops("keep their way but make a new stop", answer.newStops());
        stops("keep their way but must stop, and wait while no hub there answers", answer.mustStop());
        stops("keep their way but need not stop any more where no hub answers", answer.mayPass());
        answer.connectors().forEach(this::printConnector);
        answer.clusters().forEach(this::printCluster);
        if (!all && answer.changed().size() > LINES) {
            out.println();
            out.println(colors.faint("-v lists every pair, -o csv and -o json are for programs"));
        }
        out.flush();
    }

    private String verdict() {
        long held = answer.held() - answer.returned();
        long moved = answer.changed().size() - answer.held();
        List<String> parts = new ArrayList<>();
        count(parts, answer.returned(), "comes back", "come back");
        if (held > 0) {
            int apart = answer.unreachable().size();
            parts.add(held
                    + (held == 1 ? " waits" : " wait")
                    + (apart == 0 ? "" : apart == held ? " (no other way)" : " (" + apart + " without another way)"));
        }
        if (moved > 0) {
            parts.add(moved + (moved == 1 ? " goes another way" : " go another way"));
        }
        List<String> more = new ArrayList<>();
        long dark = answer.connectors().stream()
                .filter(ConnectorChange::stopsMail)
                .filter(connector -> connector.status() != ConnectorChange.Status.CUT_OFF)
                .count();
        long cut =
                answer.connectors().stream().filter(ConnectorChange::stopsMail).count() - dark;
        count(more, dark, "connector carries no mail", "connectors carry no mail");
        count(more, cut, "connector is cut off from some sites", "connectors are cut off from some sites");
        long lost = answer.clusters().stream().filter(ClusterState::lost).count();
        count(more, lost, "mailbox server goes offline", "mailbox servers go offline");
        String pairs = answer.pairs() + (answer.pairs() == 1 ? " pair of sites" : " pairs of sites");
        String text =
                (parts.isEmpty() ? "No route changes among " + pairs : "Of " + pairs + ", " + String.join(", ", parts))
                        + (more.isEmpty() ? "" : "; " + String.join("; ", more)) + ".";
        return answer.isBad() ? colors.bad(text) : colors.good(text);
    }

    private static void count(List<String> parts, long number, String one, String several) {
        if (number > 0) {
            parts.add(number + " " + (number == 1 ? one : several));
        }
    }

    private void sites(String what, List<String> names) {
        if (!names.isEmpty()) {
            out.println();
            out.println(what + (names.size() == 1 ? " site: " : " sites: ") + some(names));
        }
    }

    private Map<String, List<Changed>> groups(Function<Changed, String> key) {
        return groups(answer.changed(), key);
    }

    /** In order of size, the largest first. */
    private static Map<String, List<Changed>> groups(List<Changed> pairs, Function<Changed, String> key) {
        Map<String, List<Changed>> groups = new LinkedHashMap<>();
        pairs.forEach(pair ->
                groups.computeIfAbsent(key.apply(pair), k -> new ArrayList<>()).add(pair));
        Map<String, List<Changed>> sorted = new LinkedHashMap<>();
        groups.entrySet().stream()
                .sorted((one, other) ->
                        Integer.compare(other.getValue().size(), one.getValue().size()))
                .forEach(group -> sorted.put(group.getKey(), group.getValue()));
        return sorted;
    }

    private void printCause(String cause, List<Changed> pairs) {
        out.println();
        out.println(colors.strong(cause));
        List<Changed> held =
                pairs.stream().filter(pair -> pair.after().isEmpty()).toList();
        groups(held, pair -> pair.heldAt().orElse("")).forEach((site, waiting) -> {
            String fate = site.isEmpty()
                    ? count(waiting.size(), "comes back to its sender", "come back to their senders") + " (5.4.6)"
                    : count(waiting.size(), "waits", "wait") + " at " + site;
            out.println("  " + colors.bad(fate) + ": " + ends(waiting));
            if (all) {
                waiting.forEach(pair -> out.println("    " + way(pair.before()) + apart(pair)));
            }
        });
        List<Changed> moved =
                pairs.stream().filter(pair -> pair.after().isPresent()).toList();
        if (!moved.isEmpty()) {
            out.println("  " + colors.warning(count(moved.size(), "goes", "go") + " another way") + ": " + ends(moved));
            int shown = all ? moved.size() : Math.min(LINES, moved.size());
            moved.subList(0, shown).forEach(this::printMove);
            if (shown < moved.size()) {
                out.println(colors.faint("    and " + (moved.size() - shown) + " more"));
            }
        }
    }

    private String apart(Changed pair) {
        return answer.unreachable().contains(new Comparison.Pair(pair.from(), pair.to()))
                ? colors.faint("   no other way")
                : "";
    }

    private void printMove(Changed pair) {
        String now = way(pair.after().orElseThrow());
        out.println("    " + (pair.before().isEmpty() ? "nothing" : way(pair.before())) + "   becomes   " + now);
        String reason = pair.why().startsWith(pair.cause() + "; ")
                ? pair.why().substring(pair.cause().length() + 2)
                : pair.why().startsWith(pair.cause() + ", so mail goes round it: ")
                        ? pair.why().substring(pair.cause().length() + 25)
                        : pair.why();
        out.println(colors.faint("      " + reason));
    }

    private static String way(List<String> sites) {
        return String.join(" > ", sites);
    }

    private static String count(int number, String one, String several) {
        return number == 1 ? "1 pair " + one : number + " pairs " + several;
    }

    /** {@code Berlin, Munich and 3 more to Rome}. */
    private static String ends(List<Changed> pairs) {
        return "from " + some(distinct(pairs.stream().map(Changed::from))) + " to "
                + some(distinct(pairs.stream().map(Changed::to)));
    }

    private static List<String> distinct(Stream<String> names) {
        NavigableSet<String> set = Names.set();
        names.forEach(set::add);
        return List.copyOf(set);
    }

    private static String some(List<String> names) {
        if (names.size() <= NAMES + 1) {
            return names.size() == 1
                    ? names.get(0)
                    : String.join(", ", names.subList(0, names.size() - 1)) + " and " + names.get(names.size() - 1);
        }
        return String.join(", ", names.subList(0, NAMES)) + " and " + (names.size() - NAMES) + " more";
    }

    private void stops(String what, List<Comparison.OtherStops> pairs) {
        if (pairs.isEmpty()) {
            return;
        }
        Map<String, Integer> counts = Names.map();
        pairs.forEach(pair -> pair.sites().forEach(site -> counts.merge(site, 1, Integer::sum)));
        out.println();
        out.println(count(pairs.size(), singular(what), what) + ":");
        counts.forEach((site, number) -> out.println("  " + colors.name(site) + "  " + number));
        if (all) {
            pairs.forEach(pair -> out.println("    " + pair.from() + " > " + pair.to() + "   " + some(pair.sites())));
        }
    }

    private static String singular(String what) {
        return what.replace("keep ", "keeps ")
                .replace("their", "its")
                .replace("skip ", "skips ")
                .replace("make ", "makes ")
                .replace("wait ", "waits ")
                .replace("need not", "needs not");
    }

    private void printConnector(ConnectorChange connector) {
        out.println();
        String status = "connector " + connector.name() + ": " + words(connector.status());
        out.println((connector.stopsMail() ? colors.bad(status) : colors.warning(status)) + ", " + connector.why());
        Map<String, List<String>> waiting = Names.map();
        connector
                .waiting()
                .forEach(mail -> waiting.computeIfAbsent(mail.heldAt(), site -> new ArrayList<>())
                        .add(mail.from()));
        waiting.forEach((site, from) ->
                out.println("  mail of " + (all ? String.join(", ", from) : some(from)) + " waits at " + site));
        connector
                .moved()
                .forEach(mail -> out.println("  " + mail.addressSpace() + " from "
                        + (all ? String.join(", ", mail.sites()) : some(mail.sites()))
                        + mail.to()
                                .map(name -> " goes out by " + name)
                                .orElse(" has no way out any more: it waits in the Unreachable queue")
                        + Optional.of(mail)
                                .filter(one -> one.from().isEmpty())
                                .map(one -> ", where none carried it")
                                .orElse("")));
    }

    private static String words(ConnectorChange.Status status) {
        return status == ConnectorChange.Status.CUT_OFF ? "cut off" : status.keyword();
    }

    private void printCluster(ClusterState cluster) {
        out.println();
        String status = "mailbox server " + cluster.server() + " in " + cluster.site() + ": "
                + (cluster.online() ? "online" : "offline");
        out.println((cluster.online()
                        ? cluster.noMarginLeft() ? colors.warning(status) : colors.good(status)
                        : colors.bad(status))
                + ", " + cluster.why());
    }
}
