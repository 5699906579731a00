package org.bridgehead.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bridgehead.core.routing.ConnectorDecision;
import org.bridgehead.core.routing.Decision;
import org.bridgehead.core.routing.Reasons;
import org.bridgehead.core.routing.SitePath;
import org.bridgehead.core.routing.Stop;
import org.bridgehead.core.topology.Names;
import org.bridgehead.core.topology.Role;
import org.bridgehead.core.topology.Server;
import org.bridgehead.core.topology.Topology;

/** A {@link RouteAnswer} for people: the way, what happens in each site, why this one, and who lost by what. */
final class RouteText {
    private static final int COST_WIDTH = 6;
    private final RouteAnswer answer;
    private final PrintWriter out;
    private final Colors colors;

    RouteText(RouteAnswer answer, Output output) {
        this.answer = answer;
        this.out = output.text();
        this.colors = output.colors();
    }

    void print() {
        answer.decision().ifPresent(this::printDecision);
        answer.connector().ifPresent(this::printConnector);
        if (answer.reachable()) {
            out.println(colors.good("Reachable: ") + answer.from().name() + " to "
                    + answer.to().name() + ".");
        } else {
            RouteAnswer.Trouble trouble = answer.trouble().orElseThrow();
            String held =
                    trouble.heldAt().map(site -> " Mail waits at " + site + ".").orElse("");
            out.println(colors.bad("Not reachable: ") + trouble.text() + "." + held);
        }
        out.flush();
    }

    private void printDecision(Decision decision) {
        SitePath path = decision.chosen();
        if (answer.isStraightOut()) {
            out.println(colors.strong(answer.from().name() + " > (outside)"));
            out.println();
            return;
        }
        out.println(colors.strong(String.join(" > ", ends(path))) + "   " + figures(path));
        out.println();
        printSites(path);
        out.println();
        out.println(Reasons.of(decision, answer.to().isOutside()));
        for (Decision.Rejected loser : decision.rejected()) {
            out.println("  lost by " + pad(loser.lostBy().keyword(), 6)
                    + String.join(" > ", loser.path().sites()) + "   " + colors.faint(figures(loser.path())));
        }
        out.println();
    }

    /** The sites, with the edge before and the outside behind them. */
    private List<String> ends(SitePath path) {
        List<String> all = new ArrayList<>(path.sites());
        if (edge().isPresent()) {
            all.add(0, answer.from().name());
        }
        if (answer.to().isOutside()) {
            all.add("(outside)");
        }
        return all;
    }

    private Optional<Server> edge() {
        return answer.from().server().filter(server -> server.is(Role.EDGE_TRANSPORT));
    }

    private static String figures(SitePath path) {
        return path.hops() + (path.hops() == 1 ? " hop" : " hops") + ", cost " + path.cost();
    }

    private void printSites(SitePath path) {
        int siteWidth = width(ends(path));
        int linkWidth = width(path.links());
        edge().ifPresent(edge -> out.println("  " + pad(edge.name(), siteWidth + 2 + linkWidth + 5 + COST_WIDTH)
                + "  edge, to any hub of " + path.source()));
        for (int at = 0; at < path.sites().size(); at++) {
            String site = path.sites().get(at);
            String link = at == 0 ? "" : path.links().get(at - 1);
            String cost = cost(link);
            out.println(("  " + pad(site, siteWidth + 2) + pad(at == 0 ? "" : "by " + link, linkWidth + 5)
                            + " ".repeat(Math.max(0, COST_WIDTH - cost.length())) + cost + "  " + role(site))
                    .stripTrailing());
        }
        if (path.links().stream().anyMatch(link -> cost(link).startsWith("*"))) {
            out.println(colors.faint("  * ExchangeCost"));
        }
    }

    /** The cost of a link for mail, marked when it is an ExchangeCost; nothing for the first site, which no link led to. */
    private String cost(String link) {
        return Optional.ofNullable(answer.routes().topology().links().get(link))
                .map(its -> (its.exchangeCost().isPresent() ? "*" : "") + its.mailCost())
                .orElse("");
    }

    private static int width(List<String> texts) {
        return texts.stream().mapToInt(Colors::width).max().orElse(0);
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(Math.max(0, width - Colors.width(text)));
    }

    /** What happens in a site. */
    private String role(String site) {
        Optional<Stop> stop = answer.itinerary().orElseThrow().stops().stream()
                .filter(candidate -> Names.same(candidate.site(), site))
                .findFirst();
        if (stop.isEmpty()) {
            return colors.faint("not reached");
        }
        Optional<String> skipped = stop.get().skippedBecause();
        if (skipped.isPresent()) {
            boolean end = answer.isLast(site)
                    || answer.itinerary().get().path().source().equals(site);
            return colors.warning((end ? "" : "passed over: ") + skipped.get());
        }
        boolean hubSite = answer.routes().topology().site(site).orElseThrow().hubSite();
        return colors.name(String.join(", ", answer.routes().hubsOf(site)))
                + (hubSite ? " (hub site: must stop)" : "")
                + delivery(site);
    }

    private String delivery(String site) {
        return answer.to()
                .server()
                .filter(server -> server.is(Role.MAILBOX) && answer.isLast(site))
                .map(server -> ", then " + colors.name(server.name()))
                .or(() -> answer.connector()
                        .filter(chosen -> answer.isLast(site))
                        .map(chosen -> ", out by " + colors.name(String.join(", ", sources(chosen, site)))))
                .orElse("");
    }

    /** The connector's source servers in the site. */
    private List<String> sources(ConnectorDecision decision, String site) {
        Topology topology = answer.routes().topology();
        return Optional.ofNullable(topology.sendConnectors().get(decision.chosen())).stream()
                .flatMap(connector -> connector.sourceServers().stream())
                .filter(name -> topology.server(name)
                        .flatMap(server -> server.site().or(server::subscribedSite))
                        .filter(its -> Names.same(its, site))
                        .isPresent())
                .toList();
    }

    private void printConnector(ConnectorDecision decision) {
        out.println(Reasons.of(decision, colors.strong(decision.chosen())));
        int names = width(decision.alternatives().stream()
                .map(ConnectorDecision.Rejected::name)
                .toList());
        for (ConnectorDecision.Rejected loser : decision.alternatives()) {
            out.println("  lost by " + pad(loser.lostBy().keyword(), 12) + pad(loser.name(), names + 3)
                    + colors.faint(loser.because()));
        }
        if (!decision.figures().farther().isEmpty()) {
            out.println(colors.faint("  its source servers in "
                    + String.join(", ", decision.figures().farther()) + " are not closest, and not used from here"));
        }
        out.println();
    }
}
