package org.bridgehead.bpa.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.SortedMap;
import org.bridgehead.bpa.Finding;
import org.bridgehead.bpa.Severity;
import org.bridgehead.bpa.Subject;
import org.bridgehead.core.topology.Names;
import org.bridgehead.core.topology.Role;
import org.bridgehead.core.topology.Server;
import org.bridgehead.core.topology.SiteLink;
import org.bridgehead.core.topology.Topology;

/**
 * Rule 39: a domain controller within one site link. Servers look no further than the neighbours of their own site. A
 * file that names no domain controller at all is not about them, and nothing is found.
 */
final class DirectoryFallback extends ServiceRule {
    private static final String HINT = "put a domain controller into a neighbour, or link the site to one that has it";

    DirectoryFallback() {
        super(39, "directory-fallback", Severity.WARNING, "no domain controller in any neighbouring site");
    }

    @Override
    public List<Finding> check(Subject subject) {
        Topology topology = subject.topology();
        NavigableSet<String> equipped = Names.set();
        NavigableSet<String> asking = Names.set();
        for (Server server : topology.servers().values()) {
            if (server.is(Role.DOMAIN_CONTROLLER)) {
                server.site().ifPresent(equipped::add);
            }
            if (server.roles().stream().anyMatch(role -> role != Role.DOMAIN_CONTROLLER)) {
                server.site().ifPresent(asking::add);
            }
        }
        return equipped.isEmpty() ? List.of() : check(asking, equipped, neighbours(topology));
    }

    private static SortedMap<String, NavigableSet<String>> neighbours(Topology topology) {
        SortedMap<String, NavigableSet<String>> found = Names.map();
        for (SiteLink link : topology.links().values()) {
            for (String site : link.sites()) {
                found.computeIfAbsent(site, key -> Names.set()).addAll(link.sites());
            }
        }
        return found;
    }

    private List<Finding> check(
            NavigableSet<String> asking,
            NavigableSet<String> equipped,
            SortedMap<String, NavigableSet<String>> neighbours) {
        List<Finding> findings = new ArrayList<>();
        for (String site : asking) {
            boolean near = neighbours.getOrDefault(site, Names.set()).stream()
                    .anyMatch(other -> !Names.same(other, site) && equipped.contains(other));
            if (!near && equipped.contains(site)) {
                findings.add(finding(
                        "site:" + site,
                        "when its own domain controllers fail, no neighbouring site has one to ask: mail waits"
                                + " unresolved",
                        HINT));
            } else if (!near) {
                findings.add(finding(
                        Severity.ERROR,
                        "site:" + site,
                        "neither it nor a neighbouring site has a domain controller: no recipient can be resolved",
                        HINT));
            }
        }
        return findings;
    }
}
