package org.bridgehead.bpa.rules;

import java.util.List;
import org.bridgehead.bpa.Finding;
import org.bridgehead.bpa.Severity;
import org.bridgehead.bpa.Subject;
import org.bridgehead.core.topology.Role;
import org.bridgehead.core.topology.Server;

/** Rule 1: nobody takes or brings the mail of such a site (BEHAVIOUR 1.7.5). */
final class MailboxSiteWithoutHub extends RuleHead {
    MailboxSiteWithoutHub() {
        super(1, "mailbox-site-without-hub", Severity.ERROR, "site with mailboxes but no hub");
    }

    @Override
    public List<Finding> check(Subject subject) {
        return subject.mailboxSites().stream()
                .filter(site -> subject.routes().hubsOf(site).isEmpty())
                .map(site -> finding(
                        "site:" + site,
                        site + " has mailboxes on " + Words.some(servers(subject, site))
                                + " but no hub: their mail stays in the outbox, and mail to them in Unreachable",
                        "put a hub into " + site + ", such as servers." + site.replaceAll("\\W", "-") + "-HT1: { site: "
                                + site + ", roles: [hubTransport] }"))
                .toList();
    }

    private static List<String> servers(Subject subject, String site) {
        return subject.topology().serversOf(site, Role.MAILBOX).stream()
                .map(Server::name)
                .toList();
    }
}
