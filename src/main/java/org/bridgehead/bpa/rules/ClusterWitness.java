package org.bridgehead.bpa.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bridgehead.bpa.Finding;
import org.bridgehead.bpa.Severity;
import org.bridgehead.bpa.Subject;
import org.bridgehead.core.topology.MailboxRole;
import org.bridgehead.core.topology.MailboxRole.Replication;
import org.bridgehead.core.topology.Names;
import org.bridgehead.core.topology.Role;
import org.bridgehead.core.topology.Server;

/** Rule 26: the file share witness of a CCR cluster (BEHAVIOUR 5, quorum). */
final class ClusterWitness extends ServiceRule {
    private static final String HINT = "name a hub of the server's own site, on neither of its nodes";

    ClusterWitness() {
        super(26, "ccr-witness", Severity.ERROR, "CCR without a file share witness, or one that is no help");
    }

    @Override
    public List<Finding> check(Subject subject) {
        List<Finding> findings = new ArrayList<>();
        for (Server server : mailboxServers(subject.topology(), Replication.CCR)) {
            server.mailbox().ifPresent(role -> check(subject, server, role, findings));
        }
        return findings;
    }

    private void check(Subject subject, Server server, MailboxRole role, List<Finding> findings) {
        String where = "server:" + server.name();
        if (role.witness().isEmpty()) {
            findings.add(finding(
                    where,
                    "no file share witness: two nodes have two votes, so losing either stops both",
                    HINT.replace("name", "write witness:")));
            return;
        }
        String name = role.witness().get();
        Optional<Server> witness = subject.topology().server(name);
        boolean onNode = Names.same(name, server.name())
                || role.nodes().stream().anyMatch(node -> Names.same(node.name(), name));
        if (onNode) {
            findings.add(finding(where, "the witness is on its own node: one failure takes two of three votes", HINT));
        } else if (witness.isEmpty()) {
            findings.add(finding(where, "its witness " + name + " does not exist", HINT));
        } else {
            if (!witness.get().is(Role.HUB_TRANSPORT)) {
                findings.add(finding(Severity.WARNING, where, "its witness " + name + " is no hub", HINT));
            }
            if (!sameSite(witness.get(), server)) {
                findings.add(finding(
                        Severity.WARNING,
                        where,
                        "its witness " + name + " is in "
                                + witness.get().site().orElse("no site") + ", not in "
                                + server.site().orElse("its own")
                                + ": a broken line between the sites takes a vote away",
                        HINT));
            }
        }
    }

    private static boolean sameSite(Server one, Server other) {
        return one.site()
                .flatMap(site -> other.site().filter(its -> Names.same(site, its)))
                .isPresent();
    }
}
