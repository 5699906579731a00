package org.bridgehead.bpa.rules;

import java.util.List;
import org.bridgehead.bpa.Finding;
import org.bridgehead.bpa.Severity;
import org.bridgehead.bpa.Subject;

/** Rule 3: one server down, and the whole site sends and gets nothing (BEHAVIOUR 1.7). */
final class MailboxSiteWithOneHub extends RuleHead {
    MailboxSiteWithOneHub() {
        super(3, "mailbox-site-with-one-hub", Severity.WARNING, "site with mailboxes and one hub only");
    }

    @Override
    public List<Finding> check(Subject subject) {
        return subject.mailboxSites().stream()
                .filter(site -> subject.routes().hubsOf(site).size() == 1)
                .map(site -> finding(
                        "site:" + site,
                        site + " has mailboxes and one hub, "
                                + subject.routes().hubsOf(site).get(0) + ": while it is down " + site
                                + " sends and gets no mail",
                        "add a second hub to " + site + "; see `bridgehead whatif TOPOLOGY --down server:"
                                + subject.routes().hubsOf(site).get(0) + "`"))
                .toList();
    }
}
