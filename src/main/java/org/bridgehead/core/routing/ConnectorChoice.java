package org.bridgehead.core.routing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.bridgehead.core.routing.ConnectorDecision.Figures;
import org.bridgehead.core.routing.ConnectorDecision.Rejected;
import org.bridgehead.core.routing.ConnectorDecision.Rule;
import org.bridgehead.core.topology.AddressSpace;
import org.bridgehead.core.topology.Names;

/**
 * Chooses the connector for an address in the order of BEHAVIOUR 1.8: size, scope, specificity, cost, proximity, name.
 * One of three outcomes: a winner; connectors that would carry the address but are all too small; none.
 */
final class ConnectorChoice {
    private static final Comparator<Candidate> ORDER = Comparator.comparingInt(Candidate::fit)
            .reversed()
            .thenComparingLong(Candidate::cost)
            .thenComparingInt(candidate -> candidate.exit.proximity())
            .thenComparing(Candidate::name, Names.ORDER);

    private final List<Rejected> rejected = new ArrayList<>();
    private final List<Candidate> left;
    private final boolean tooBig;
    private final boolean noPath;

    /** A connector with the address space of it that fits best. */
    private record Candidate(Exit exit, int fit, Figures figures) {
        String name() {
            return exit.connector().name();
        }

        long cost() {
            return figures.cost();
        }
    }

    /**
     * Goes through the criteria.
     *
     * @param exits connectors in name order
     * @param inScope step 1
     * @param size of the message in octets
     */
    ConnectorChoice(List<Exit> exits, Predicate<Exit> inScope, ForeignAddress address, long size) {
        List<Candidate> matching = exits.stream()
                .flatMap(exit -> candidate(exit, address).stream())
                .toList();
        Predicate<Candidate> takesSize =
                candidate -> candidate.exit.connector().maxMessageSize().orElse(size) >= size;
        Predicate<Candidate> seen = candidate -> inScope.test(candidate.exit);
        Predicate<Candidate> connected = candidate -> candidate.exit.path().isPresent();
        List<Candidate> fitting = keep(matching, takesSize, Rule.SIZE);
        List<Candidate> visible = keep(fitting, seen, Rule.SCOPE);
        left = keep(visible, connected, Rule.COST).stream().sorted(ORDER).toList();
        tooBig = visible.isEmpty() && matching.stream().anyMatch(seen);
        noPath = left.isEmpty() && !visible.isEmpty();
    }

    private static Optional<Candidate> candidate(Exit exit, ForeignAddress address) {
        return exit.connector().addressSpaces().stream()
                .filter(space -> address.fit(space) > 0)
                .min(Comparator.comparing(address::fit).reversed().thenComparing(AddressSpace::cost))
                .map(space -> new Candidate(
                        exit,
                        address.fit(space),
                        new Figures(space, exit.path(), exit.servers(), exit.proximity(), exit.farther())));
    }

    /** Losers go in front of those rejected before: whoever passed more criteria is stronger. */
    private List<Candidate> keep(List<Candidate> candidates, Predicate<Candidate> condition, Rule rule) {
        int at = 0;
        for (Candidate candidate : candidates) {
            if (!condition.test(candidate)) {
                rejected.add(
                        at++,
                        new Rejected(
                                candidate.name(),
                                rule,
                                candidate.figures,
                                ConnectorReasons.unfit(candidate.exit, rule)));
            }
        }
        return candidates.stream().filter(condition).toList();
    }

    /** The connector that won. */
    Optional<Exit> winner() {
        return left.stream().map(Candidate::exit).findFirst();
    }

    /** Whether only the message's size keeps it from going out. */
    boolean tooBig() {
        return tooBig;
    }

    /** Whether connectors carry the address, but no path leads to any. */
    boolean noPath() {
        return noPath;
    }

    /** The winner with its reasons. */
    Optional<ConnectorDecision> decision() {
        if (left.isEmpty()) {
            return Optional.empty();
        }
        Candidate winner = left.get(0);
        List<Rejected> others = new ArrayList<>();
        for (Candidate other : left.subList(1, left.size())) {
            Rule rule = separates(winner, other);
            String because = ConnectorReasons.behind(winner.name(), winner.figures, other.name(), other.figures, rule);
            others.add(new Rejected(other.name(), rule, other.figures, because));
        }
        others.addAll(rejected);
        Rule rule = others.isEmpty() ? Rule.SCOPE : others.get(0).lostBy();
        return Optional.of(new ConnectorDecision(winner.name(), rule, others, winner.figures));
    }

    private static Rule separates(Candidate winner, Candidate other) {
        if (winner.fit != other.fit) {
            return Rule.SPECIFICITY;
        }
        if (winner.cost() != other.cost()) {
            return Rule.COST;
        }
        return winner.exit.proximity() != other.exit.proximity() ? Rule.PROXIMITY : Rule.NAME;
    }
}
