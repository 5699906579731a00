package org.bridgehead.bpa.rules;

import java.util.ArrayList;
import java.util.List;
import org.bridgehead.bpa.Finding;
import org.bridgehead.bpa.Severity;
import org.bridgehead.bpa.Subject;
import org.bridgehead.core.directory.RecipientDefinition;

/**
 * Rule 37: reports on a group's members to its sender and to its manager at once, which is forbidden (BEHAVIOUR 2.4).
 * Told by the directory attributes of the two flags, as exports of Active Directory have them.
 */
final class ReportToBoth extends ServiceRule {
    private static final String SENDER = "reportToOriginator";
    private static final String MANAGER = "reportToOwner";

    ReportToBoth() {
        super(37, "report-to-both", Severity.ERROR, "group that reports to its sender and to its manager");
    }

    @Override
    public List<Finding> check(Subject subject) {
        List<Finding> findings = new ArrayList<>();
        for (RecipientDefinition recipient : subject.directory().recipients()) {
            if (People.isGroup(recipient.entry()) && isTrue(recipient, SENDER) && isTrue(recipient, MANAGER)) {
                findings.add(finding(
                        "recipient:" + recipient.entry().name(),
                        "both " + SENDER + " and " + MANAGER + " are set, which is forbidden",
                        "leave one of them"));
            }
        }
        return findings;
    }

    private static boolean isTrue(RecipientDefinition recipient, String attribute) {
        return recipient.attributes().getOrDefault(attribute, List.of()).stream()
                .anyMatch("TRUE"::equalsIgnoreCase);
    }
}
