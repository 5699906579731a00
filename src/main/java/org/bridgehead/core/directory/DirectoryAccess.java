package org.bridgehead.core.directory;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Function;
import org.bridgehead.core.topology.Names;
import org.bridgehead.core.topology.Topology;

/**
 * Decides which domain controllers a server asks, in which order and why (BEHAVIOUR 7): those of its own site in turns,
 * then those of directly linked sites, the cheapest first. A controller that failed is left alone for a while, longer each
 * time; then one asker tries it, and the others go to it last until it has answered. Deterministic, not thread-safe:
 * whoever owns it calls it with the time and the number of the turn.
 */
public final class DirectoryAccess {
    private final ControllerMap map;
    private final LdapAccess settings;
    private final SortedMap<String, List<NearController>> near = Names.map();
    private final SortedMap<String, Breaker> breakers = Names.map();

    /** What is known of a controller that failed. */
    private record Breaker(int failures, String why, Instant closedUntil, Optional<Instant> triedUntil) {
        boolean isOpen(Instant now) {
            return now.isBefore(closedUntil);
        }

        boolean isTried(Instant now) {
            return triedUntil.filter(now::isBefore).isPresent();
        }

        Breaker tried(Instant until) {
            return new Breaker(failures, why, closedUntil, Optional.of(until));
        }
    }

    private DirectoryAccess(ControllerMap map, LdapAccess settings) {
        this.map = map;
        this.settings = settings;
    }

    /** For the domain controllers of a topology that have an {@code ldap:} address; none of them has failed yet. */
    public static DirectoryAccess of(Topology topology, LdapAccess settings) {
        return new DirectoryAccess(new ControllerMap(topology), settings);
    }

    /** All controllers that {@code site} may ask, the nearest first, in the order of their names within a site. */
    public List<NearController> near(String site) {
        return Objects.requireNonNull(
                near.computeIfAbsent(site, key -> List.copyOf(map.from(site, settings.transitive()))));
    }

    /**
     * Whom to ask next.
     *
     * @param turn counts the questions of the site, so that controllers of one site take turns
     * @param obstacle what keeps the site from a controller, by its name; empty = nothing that is known beforehand
     */
    public ControllerChoice choose(String site, int turn, Instant now, Function<String, Optional<String>> obstacle) {
        List<NearController> usable = new ArrayList<>();
        List<NearController> last = new ArrayList<>();
        List<ControllerChoice.Passed> passed = new ArrayList<>();
        for (NearController controller : near(site)) {
            Optional<String> why = obstacle.apply(controller.name());
            Breaker breaker = breakers.get(controller.name());
            if (why.isPresent()) {
                passed.add(new ControllerChoice.Passed(controller, why.get()));
            } else if (breaker == null) {
                usable.add(controller);
            } else if (breaker.isOpen(now)) {
                passed.add(new ControllerChoice.Passed(
                        controller, "is not asked until " + breaker.closedUntil() + ": " + breaker.why()));
            } else {
                (breaker.isTried(now) ? last : usable).add(controller);
            }
        }
        List<NearController> order = inTurns(usable, turn);
        order.addAll(last);
        if (!order.isEmpty()) {
            tries(order.get(0).name(), now);
        }
        return new ControllerChoice(order, passed);
    }

    /** It failed before, and this asker finds out whether it is back: not everybody is to wait for that. */
    private void tries(String controller, Instant now) {
        breakers.computeIfPresent(controller, (name, breaker) -> breaker.tried(now.plus(settings.timeLimit())));
    }

    /** Each run of controllers of one site, begun at another one each turn. */
    private static List<NearController> inTurns(List<NearController> controllers, int turn) {
        List<NearController> order = new ArrayList<>(controllers.size());
        int from = 0;
        while (from < controllers.size()) {
            int to = from + 1;
            while (to < controllers.size()
                    && Names.same(
                            controllers.get(to).site(), controllers.get(from).site())) {
                to++;
            }
            for (int i = 0; i < to - from; i++) {
                order.add(controllers.get(from + Math.floorMod(turn + i, to - from)));
            }
            from = to;
        }
        return order;
    }

    /**
     * A controller could not be asked, or is too busy to answer. Askers that fail at the same time count once.
     *
     * @param why one phrase
     */
    public void failed(String controller, String why, Instant now) {
        Breaker before = breakers.get(controller);
        int failures = before == null ? 1 : before.failures() + (before.isOpen(now) ? 0 : 1);
        Instant until =
                before != null && before.isOpen(now) ? before.closedUntil() : now.plus(settings.pause(failures));
        breakers.put(controller, new Breaker(failures, why, until, Optional.empty()));
    }

    /** A controller answered: whatever was held against it is forgotten. */
    public void answered(String controller) {
        breakers.remove(controller);
    }

    /** How a controller stands. */
    public ControllerState state(String controller, Instant now) {
        Breaker breaker = breakers.get(controller);
        return breaker == null
                ? new ControllerState(controller, 0, Optional.empty(), Optional.empty())
                : new ControllerState(
                        controller,
                        breaker.failures(),
                        Optional.of(breaker.closedUntil()).filter(now::isBefore),
                        Optional.of(breaker.why()));
    }
}
