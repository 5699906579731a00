package org.bridgehead.bpa.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import org.bridgehead.bpa.Finding;
import org.bridgehead.bpa.Severity;
import org.bridgehead.bpa.Subject;
import org.bridgehead.core.topology.MailboxRole.Replication;
import org.bridgehead.core.topology.Names;
import org.bridgehead.core.topology.Role;
import org.bridgehead.core.topology.Server;

/** Rule 27: hubs beside clustered mailbox servers, which can be no hub themselves (BEHAVIOUR 5). */
final class ClusterHubs extends ServiceRule {
    ClusterHubs() {
        super(
                27,
                "ccr-site-hubs",
                Severity.WARNING,
                "clustered mailbox server in a site with fewer than two other hubs");
    }

    @Override
    public List<Finding> check(Subject subject) {
        List<Server> clustered = mailboxServers(subject.topology(), Replication.CCR, Replication.SCC);
        List<Finding> findings = new ArrayList<>();
        NavigableSet<String> sites = Names.set();
        for (Server server : clustered) {
            server.site().ifPresent(sites::add);
            if (server.is(Role.HUB_TRANSPORT)) {
                findings.add(finding(
                        "server:" + server.name(),
                        "a clustered mailbox server that is a hub as well: the cluster excludes other roles",
                        "make the hub a server of its own"));
            }
        }
        for (String site : sites) {
            long hubs = subject.topology().hubsOf(site).stream()
                    .filter(hub -> !clustered.contains(hub))
                    .count();
            if (hubs < 2) {
                findings.add(finding(
                        "site:" + site,
                        (hubs == 0 ? "no hub" : "only one hub") + " beside the clustered mailbox server"
                                + (hubs == 0
                                        ? ": no mail gets in or out"
                                        : ": if it fails, mail stops although the mailboxes are up, and the dumpster"
                                                + " goes with it"),
                        "have two hubs in the site"));
            }
        }
        return findings;
    }
}
