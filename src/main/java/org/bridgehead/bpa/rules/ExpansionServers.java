package org.bridgehead.bpa.rules;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import org.bridgehead.bpa.Finding;
import org.bridgehead.bpa.Severity;
import org.bridgehead.bpa.Subject;
import org.bridgehead.core.directory.DirectoryEntry;
import org.bridgehead.core.directory.DirectoryEntry.DistributionGroup;
import org.bridgehead.core.directory.DirectoryEntry.DynamicDistributionGroup;
import org.bridgehead.core.directory.DirectoryEntry.Mailbox;
import org.bridgehead.core.topology.Names;
import org.bridgehead.core.topology.Role;
import org.bridgehead.core.topology.Server;
import org.bridgehead.core.topology.Topology;

/** Rule 28: the only server that may expand a group (BEHAVIOUR 2.4): while it is away, the group's mail waits. */
final class ExpansionServers extends ServiceRule {
    ExpansionServers() {
        super(28, "expansion-server", Severity.ERROR, "expansion server missing, no hub, or far from all members");
    }

    @Override
    public List<Finding> check(Subject subject) {
        People people = People.of(subject.directory());
        List<Finding> findings = new ArrayList<>();
        for (DirectoryEntry entry : people.all()) {
            expansionServer(entry)
                    .flatMap(name -> check(subject.topology(), people, entry, name))
                    .ifPresent(findings::add);
        }
        return findings;
    }

    private static Optional<String> expansionServer(DirectoryEntry entry) {
        if (entry instanceof DistributionGroup group) {
            return group.expansionServer();
        }
        return entry instanceof DynamicDistributionGroup group ? group.expansionServer() : Optional.empty();
    }

    private Optional<Finding> check(Topology topology, People people, DirectoryEntry group, String name) {
        String where = "recipient:" + group.name();
        Optional<Server> server = topology.server(name);
        if (server.isEmpty()) {
            return Optional.of(finding(
                    where,
                    "its expansion server " + name + " does not exist: mail to it waits until it expires",
                    "name a hub, or remove expansionServer so that any hub expands it"));
        }
        if (!server.get().is(Role.HUB_TRANSPORT)) {
            return Optional.of(finding(
                    where,
                    "its expansion server " + name + " is no hub (any more): mail to it waits until it expires",
                    "name a hub, or remove expansionServer so that any hub expands it"));
        }
        String site = server.get().site().orElse("");
        NavigableSet<String> sites = memberSites(topology, people, group, site);
        if (sites.isEmpty() || sites.contains(site)) {
            return Optional.empty();
        }
        return Optional.of(finding(
                Severity.WARNING,
                where,
                "its expansion server " + name + " is in " + site + ", where none of its members is (they are in "
                        + Listed.names(List.copyOf(sites)) + "): mail goes there first, and waits while " + name
                        + " is away",
                "name a hub nearer to its members, or remove expansionServer"));
    }

    /** Sites with a mailbox of the group or of groups in it; the walk ends at the first one in {@code wanted}. */
    private static NavigableSet<String> memberSites(
            Topology topology, People people, DirectoryEntry group, String wanted) {
        NavigableSet<String> sites = Names.set();
        NavigableSet<String> seen = Names.set();
        ArrayDeque<DirectoryEntry> open = new ArrayDeque<>(List.of(group));
        seen.add(group.name());
        while (!open.isEmpty() && !sites.contains(wanted)) {
            for (DirectoryEntry member : people.members(open.removeFirst())) {
                if (member instanceof Mailbox mailbox) {
                    topology.server(mailbox.database().server())
                            .flatMap(Server::site)
                            .ifPresent(sites::add);
                } else if (seen.add(member.name())) {
                    open.add(member);
                }
            }
        }
        return sites;
    }
}
