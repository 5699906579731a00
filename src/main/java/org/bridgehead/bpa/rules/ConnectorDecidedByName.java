package org.bridgehead.bpa.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.bridgehead.bpa.Finding;
import org.bridgehead.bpa.Severity;
import org.bridgehead.bpa.Subject;
import org.bridgehead.core.topology.AddressSpace;
import org.bridgehead.core.topology.Names;

/** Rule 19: two equal connectors never share the load (BEHAVIOUR 1.8.3). */
final class ConnectorDecidedByName extends RuleHead {
    ConnectorDecidedByName() {
        super(
                19,
                "connector-decided-by-name",
                Severity.INFO,
                "connectors of equal rank, between which the name decides");
    }

    @Override
    public List<Finding> check(Subject subject) {
        Outbound outbound = Outbound.of(subject);
        List<Finding> findings = new ArrayList<>();
        for (AddressSpace space : outbound.spaces()) {
            SortedMap<String, List<Outbound.Choice>> byPair = Names.map();
            for (Outbound.Choice choice : outbound.choices(space)) {
                for (String other : choice.equals()) {
                    byPair.computeIfAbsent(choice.connector().orElseThrow() + "\n" + other, key -> new ArrayList<>())
                            .add(choice);
                }
            }
            byPair.forEach((pair, choices) -> findings.add(finding(space, pair.split("\n"), choices)));
        }
        return findings;
    }

    private Finding finding(AddressSpace space, String[] pair, List<Outbound.Choice> choices) {
        return finding(
                "connector:" + pair[1],
                pair[0] + " and " + pair[1] + " carry " + Outbound.text(space) + " at equal cost and distance from "
                        + Outbound.places(choices) + ": " + pair[0] + " takes all of it by its name, " + pair[1]
                        + " none",
                "make them one connector with the source servers or smart hosts of both, or give one another cost");
    }
}
