package org.bridgehead.bpa.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import org.bridgehead.bpa.Finding;
import org.bridgehead.bpa.Severity;
import org.bridgehead.bpa.Subject;
import org.bridgehead.core.routing.SitePath;
import org.bridgehead.core.topology.AddressSpace;
import org.bridgehead.core.topology.Names;
import org.bridgehead.core.topology.Topology;

/** Rule 20: specificity beats cost, however far (BEHAVIOUR 1.8.1). */
final class FarSpecificConnector extends RuleHead {
    FarSpecificConnector() {
        super(
                20,
                "far-specific-connector",
                Severity.INFO,
                "mail that passes the local connector for * because a far one is more specific");
    }

    @Override
    public List<Finding> check(Subject subject) {
        Outbound outbound = Outbound.of(subject);
        List<Finding> findings = new ArrayList<>();
        SortedMap<String, Outbound.Choice> local = Names.map();
        for (Outbound.Choice choice : outbound.choices(Outbound.ANY_DOMAIN)) {
            choice.path().filter(path -> path.hops() == 0).ifPresent(path -> local.putIfAbsent(choice.site(), choice));
        }
        for (AddressSpace space : local.isEmpty() ? List.<AddressSpace>of() : outbound.spaces()) {
            if (Connectors.isSmtp(space) && !space.pattern().equals("*")) {
                List<Outbound.Choice> far = outbound.choices(space).stream()
                        .filter(choice -> local.containsKey(choice.site()))
                        .filter(choice ->
                                choice.path().filter(path -> path.hops() > 0).isPresent())
                        .toList();
                if (!far.isEmpty()) {
                    findings.add(finding(subject.topology(), space, far, local));
                }
            }
        }
        return findings;
    }

    private Finding finding(
            Topology topology,
            AddressSpace space,
            List<Outbound.Choice> far,
            SortedMap<String, Outbound.Choice> local) {
        Outbound.Choice first = far.get(0);
        SitePath path = first.path().orElseThrow();
        String name = first.connector().orElseThrow();
        String here =
                Objects.requireNonNull(local.get(first.site())).connector().orElseThrow();
        return finding(
                "connector:" + name,
                "mail for " + Outbound.text(space) + " from " + Outbound.places(far) + " goes to " + name + " in "
                        + path.destination() + " (" + Words.distance(topology, path.hops(), path.cost()) + " from "
                        + first.site() + "), past " + here + " that carries * right there",
                "add " + Outbound.text(space) + " to connectors." + here + ".addressSpaces if it may go out there too");
    }
}
