package org.bridgehead.whatif;

import java.util.Optional;
import org.bridgehead.core.directory.Organization;
import org.bridgehead.core.scenario.Scenario;
import org.bridgehead.io.ldap.FileDirectory;

/** Looks for the first seed that violates an invariant; mutants are loaded around it, so it names no test class. */
public final class Hunt {
    private Hunt() {}

    /** Answers {@code seed invariant: detail}, or an empty text when all seeds hold. */
    public static String first(long from, long to) {
        for (long seed = from; seed <= to; seed++) {
            String violation = violation(seed);
            if (!violation.isEmpty()) {
                return seed + " " + violation;
            }
        }
        return "";
    }

    private static String violation(long seed) {
        Organization organization = RandomOrganization.of(seed, 2, 6);
        Scenario scenario = RandomScenario.of(organization, seed, 2, 100, FaultLevel.HEAVY);
        try {
            Optional<Violation> found = Simulation.run(
                            organization.topology(), FileDirectory.of(organization.directory()), scenario)
                    .violation();
            return found.map(Violation::toString).orElse("");
        } catch (RuntimeException e) {
            return "exception: " + e;
        }
    }
}
