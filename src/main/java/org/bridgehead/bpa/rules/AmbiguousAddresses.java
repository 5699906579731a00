package org.bridgehead.bpa.rules;

import java.util.ArrayList;
import java.util.List;
import org.bridgehead.bpa.Finding;
import org.bridgehead.bpa.Severity;
import org.bridgehead.bpa.Subject;
import org.bridgehead.core.directory.DirectoryEntry;

/** Rule 30: an address with several owners (BEHAVIOUR 2.2, ambiguous match). */
final class AmbiguousAddresses extends ServiceRule {
    AmbiguousAddresses() {
        super(30, "ambiguous-address", Severity.ERROR, "address that several recipients claim");
    }

    @Override
    public List<Finding> check(Subject subject) {
        List<Finding> findings = new ArrayList<>();
        People.of(subject.directory()).owners().forEach((address, owners) -> {
            if (owners.size() > 1) {
                List<String> names =
                        owners.stream().map(DirectoryEntry::name).sorted().toList();
                findings.add(finding(
                        "recipient:" + names.get(0),
                        address + " belongs to " + Listed.names(names) + ": mail to it comes back (5.1.4)",
                        "leave the address to one of them"));
            }
        });
        return findings;
    }
}
