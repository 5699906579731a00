package org.bridgehead.engine;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.bridgehead.core.hub.TrackingEvent;
import org.bridgehead.core.hub.TrackingEvent.Kind;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.routing.Router;
import org.bridgehead.core.routing.RoutingTable;
import org.bridgehead.core.scenario.Advance;
import org.bridgehead.core.scenario.Change;
import org.bridgehead.core.scenario.Fault;
import org.bridgehead.core.scenario.Lag;
import org.bridgehead.core.scenario.Operate;
import org.bridgehead.core.scenario.Perform;
import org.bridgehead.core.scenario.Poisoned;
import org.bridgehead.core.scenario.Press;
import org.bridgehead.core.scenario.Step;
import org.bridgehead.core.scenario.Trouble;
import org.bridgehead.core.topology.Topology;

/** What scenarios have shown: events, rules that decided, faults, and how many of these changed something. */
final class ParityCoverage {
    private final Map<String, Integer> counts = new TreeMap<>();
    private int scenarios;
    private int harmed;
    private int changed;

    void add(ParityScenario scenario, ParityRun calm, ParityRun run) {
        scenarios++;
        run.events().forEach(event -> count("event " + event.event()));
        run.states().forEach((state, times) -> counts.merge("queue " + state, times, Integer::sum));
        Step before = new Advance(Duration.ZERO);
        for (Step step : scenario.steps()) {
            fault(step).ifPresent(this::count);
            if (before instanceof Perform && fault(step).isPresent()) {
                count("fault in the midst of things");
            }
            before = step;
        }
        rules(scenario, run);
        if (scenario.hasFaults()) {
            harmed++;
            changed += isOther(calm, run) ? 1 : 0;
        }
    }

    private void count(String what) {
        counts.merge(what, 1, Integer::sum);
    }

    private static Optional<String> fault(Step step) {
        if (step instanceof Fault fault) {
            return Optional.of("fault " + fault.action() + " " + fault.item().kind());
        } else if (step instanceof Trouble trouble) {
            return Optional.of("fault " + trouble.mishap().getClass().getSimpleName());
        } else if (step instanceof Operate operate) {
            return Optional.of("fault " + operate.operation().getClass().getSimpleName());
        }
        if (step instanceof Lag lag) {
            return Optional.of(lag.delay().isZero() ? "fault as fast as before" : "fault answers late");
        }
        if (step instanceof Poisoned poison) {
            return Optional.of("fault poison " + poison.times());
        }
        if (step instanceof Press press) {
            return Optional.of("fault pressure " + press.level());
        }
        return step instanceof Change ? Optional.of("fault Change") : Optional.empty();
    }

    /** Put off, routed afresh, or another server than in the fault-free course. */
    private static boolean isOther(ParityRun calm, ParityRun run) {
        return number(run, Kind.DEFER) != number(calm, Kind.DEFER)
                || number(run, Kind.RESUBMIT) != number(calm, Kind.RESUBMIT)
                || !servers(calm).equals(servers(run));
    }

    private static long number(ParityRun run, Kind kind) {
        return run.events().stream().filter(event -> event.event() == kind).count();
    }

    private static Map<String, Integer> servers(ParityRun run) {
        Map<String, Integer> handled = new TreeMap<>();
        run.events().stream()
                .filter(event -> event.event() == Kind.RECEIVE)
                .forEach(event -> handled.merge(event.server(), 1, Integer::sum));
        return handled;
    }

    /** The rule behind each delivery and each way out, as the server saw it that took the message in. */
    private void rules(ParityScenario scenario, ParityRun run) {
        Topology topology = scenario.organization().topology();
        RoutingTable routes = RoutingTable.of(topology);
        Map<String, TrackingEvent> first = new TreeMap<>();
        for (TrackingEvent event : run.events()) {
            String message = event.messageId().text();
            if (event.event() == Kind.RECEIVE || event.event() == Kind.DSN) {
                first.putIfAbsent(message, event);
            }
            TrackingEvent origin = first.get(message);
            if (origin == null) {
                continue;
            }
            if (event.event() == Kind.DELIVER) {
                origin.site()
                        .flatMap(from ->
                                event.site().filter(to -> !to.equals(from)).flatMap(to -> routes.decidedBy(from, to)))
                        .ifPresent(rule -> count("route " + rule.name().toLowerCase(Locale.ROOT)));
            }
            boolean out = event.event() == Kind.SEND
                    && event.nextHop().flatMap(topology::server).isEmpty();
            if (out) {
                for (EmailAddress recipient : event.recipients()) {
                    Router.of(routes, origin.server())
                            .decideConnector(recipient, event.bytes(), List.of())
                            .ifPresent(decision ->
                                    count("connector " + decision.decidedBy().keyword()));
                }
            }
        }
    }

    int count(String group, String rule) {
        return counts.getOrDefault(group + " " + rule, 0);
    }

    int harmed() {
        return harmed;
    }

    int changed() {
        return changed;
    }

    @Override
    public String toString() {
        String table = counts.entrySet().stream()
                .map(entry -> String.format(Locale.ROOT, "  %-32s %6d", entry.getKey(), entry.getValue()))
                .collect(Collectors.joining("\n"));
        return String.format(
                Locale.ROOT,
                "%d scenarios, %d with faults, %d of these took another course%n%s",
                scenarios,
                harmed,
                changed,
                table);
    }
}
