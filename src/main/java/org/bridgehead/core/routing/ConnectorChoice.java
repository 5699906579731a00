package org.bridgehead.core.routing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.bridgehead.core.routing.ConnectorDecision.Figures;
import org.bridgehead.core.routing.ConnectorDecision.Rejected;
import org.bridgehead.core.routing.ConnectorDecision.Rule;
import org.bridgehead.core.topology.AddressSpace;
import org.bridgehead.core.topology.Names;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the connector for an address in the order of BEHAVIOUR 1.8: size, scope, specificity, cost, proximity, name.
 * One of three outcomes: a winner; connectors that would carry the address but are all too small; none.
 */
final class ConnectorChoice {
    private static final Comparator<Candidate> ORDER = Comparator.comparingInt(Candidate::fit)
            .reversed()
            .thenComparingLong(Candidate::cost)
            .thenComparingInt(Candidate::proximity)
            .thenComparing(Candidate::name, Names.ORDER);

    /** Those that carry the address and fall behind by the rule, each list in name order. */
    private final List<Candidate> tooSmall = new ArrayList<>(0);

    private final List<Candidate> outOfScope = new ArrayList<>(0);
    private final List<Candidate> unconnected = new ArrayList<>(0);
    private final List<Candidate> left = new ArrayList<>(2);
    private boolean inScopeAtAll;

    /** A connector with the address space of it that fits best. */
    private record Candidate(Exit exit, int fit, AddressSpace space) {
        String name() {
            return exit.connector().name();
        }

        long cost() {
            return (exit.path().isPresent() ? exit.path().get().cost() : 0) + space.cost();
        }

        int proximity() {
            return exit.proximity();
        }

        Figures figures() {
            return new Figures(space, exit.path(), exit.servers(), exit.proximity(), exit.farther());
        }
    }

    /**
     * Goes through the criteria.
     *
     * @param exits connectors in name order
     * @param size of the message in octets
     */
    ConnectorChoice(List<Exit> exits, ForeignAddress address, long size) {
        for (Exit exit : exits) {
            Candidate candidate = candidate(exit, address);
            if (candidate != null) {
                inScopeAtAll |= exit.visible();
                place(candidate, size);
            }
        }
        left.sort(ORDER);
    }

    private void place(Candidate candidate, long size) {
        if (candidate.exit.connector().maxMessageSize().orElse(size) < size) {
            tooSmall.add(candidate);
        } else if (!candidate.exit.visible()) {
            outOfScope.add(candidate);
        } else if (candidate.exit.path().isEmpty()) {
            unconnected.add(candidate);
        } else {
            left.add(candidate);
        }
    }

    /** With the first of the spaces that fit best, the cheapest among them; null = none fits. */
    private static @Nullable Candidate candidate(Exit exit, ForeignAddress address) {
        Candidate best = null;
        for (AddressSpace space : exit.connector().addressSpaces()) {
            int fit = address.fit(space);
            if (fit > 0 && (best == null || fit > best.fit || fit == best.fit && space.cost() < best.space.cost())) {
                best = new Candidate(exit, fit, space);
            }
        }
        return best;
    }

    /** The connector that won. */
    Optional<Exit> winner() {
        return left.isEmpty() ? Optional.empty() : Optional.of(left.get(0).exit);
    }

    /** Whether only the message's size keeps it from going out. */
    boolean tooBig() {
        return left.isEmpty() && unconnected.isEmpty() && inScopeAtAll;
    }

    /** Whether connectors carry the address, but no path leads to any. */
    boolean noPath() {
        return left.isEmpty() && !unconnected.isEmpty();
    }

    /** The winner with its reasons. */
    Optional<ConnectorDecision> decision() {
        if (left.isEmpty()) {
            return Optional.empty();
        }
        Candidate winner = left.get(0);
        Figures figures = winner.figures();
        List<Rejected> others = new ArrayList<>();
        for (Candidate other : left.subList(1, left.size())) {
            Rule rule = separates(winner, other);
            String because = ConnectorReasons.behind(winner.name(), figures, other.name(), other.figures(), rule);
            others.add(new Rejected(other.name(), rule, other.figures(), because));
        }
        // Whoever passed more criteria is stronger.
        reject(unconnected, Rule.COST, others);
        reject(outOfScope, Rule.SCOPE, others);
        reject(tooSmall, Rule.SIZE, others);
        Rule rule = others.isEmpty() ? Rule.SCOPE : others.get(0).lostBy();
        return Optional.of(new ConnectorDecision(winner.name(), rule, others, figures));
    }

    private static void reject(List<Candidate> losers, Rule rule, List<Rejected> rejected) {
        for (Candidate loser : losers) {
            String because = ConnectorReasons.unfit(loser.exit, rule);
            rejected.add(new Rejected(loser.name(), rule, loser.figures(), because));
        }
    }

    private static Rule separates(Candidate winner, Candidate other) {
        if (winner.fit != other.fit) {
            return Rule.SPECIFICITY;
        }
        if (winner.cost() != other.cost()) {
            return Rule.COST;
        }
        return winner.proximity() != other.proximity() ? Rule.PROXIMITY : Rule.NAME;
    }
}
