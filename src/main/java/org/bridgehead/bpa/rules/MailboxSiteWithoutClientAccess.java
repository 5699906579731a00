package org.bridgehead.bpa.rules;

import java.util.List;
import java.util.NavigableSet;
import org.bridgehead.bpa.Finding;
import org.bridgehead.bpa.Severity;
import org.bridgehead.bpa.Subject;
import org.bridgehead.core.topology.Role;

/** Rule 2. A file that has no client access server at all does not describe client access, and is not judged. */
final class MailboxSiteWithoutClientAccess extends RuleHead {
    MailboxSiteWithoutClientAccess() {
        super(
                2,
                "mailbox-site-without-client-access",
                Severity.ERROR,
                "site with mailboxes but no client access server, while other sites have one");
    }

    @Override
    public List<Finding> check(Subject subject) {
        NavigableSet<String> served = subject.sitesWith(Role.CLIENT_ACCESS);
        if (served.isEmpty()) {
            return List.of();
        }
        return subject.mailboxSites().stream()
                .filter(site -> !served.contains(site))
                .map(site -> finding(
                        "site:" + site,
                        site + " has mailboxes but no client access server, as " + Words.some(List.copyOf(served))
                                + (served.size() == 1 ? " has" : " have"),
                        "add the role clientAccess to a server in " + site))
                .toList();
    }
}
