package org.bridgehead.io.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.bridgehead.core.directory.Organization;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Large files load in seconds, good or bad. */
class LargeTopologyFileTest {
    private static final int SITES = 10_000;

    /** More than the 3 MB that the YAML library takes by itself. */
    private static String file(String target) {
        StringBuilder text = new StringBuilder(
                "bridgehead: 1\norganization:\n  acceptedDomains: { t.test: authoritative }\nsites:\n");
        for (int i = 0; i < SITES; i++) {
            text.append("  Site")
                    .append(i)
                    .append(": { subnets: [10.")
                    .append(i / 256)
                    .append('.')
                    .append(i % 256)
                    .append(".0/24] }\n");
        }
        text.append(("# " + "-".repeat(98) + "\n").repeat(SITES));
        text.append("siteLinks:\n");
        for (int i = 1; i < SITES; i++) {
            text.append("  L")
                    .append(i)
                    .append(": { sites: [Site")
                    .append(i / 2)
                    .append(", ")
                    .append(target)
                    .append(i)
                    .append("], cost: 10 }\n");
        }
        text.append("servers:\n");
        for (int i = 0; i < SITES; i++) {
            text.append("  S")
                    .append(i)
                    .append(": { site: Site")
                    .append(i)
                    .append(", roles: [hubTransport, mailbox] }\n");
        }
        text.append("directory:\n  recipients:\n");
        for (int i = 0; i < SITES; i++) {
            text.append("    u")
                    .append(i)
                    .append(": { type: mailbox, addresses: [u")
                    .append(i)
                    .append("@t.test], database: S")
                    .append(i)
                    .append("/SG1/DB1 }\n");
        }
        return text.toString();
    }

    @Test
    @Timeout(value = 30, unit = TimeUnit.SECONDS)
    void tenThousandSitesLoadInSeconds() throws Exception {
        long start = System.nanoTime();
        Organization organization =
                TopologyFile.parse("large.yaml", file("Site"), Path.of("")).organization();

        System.out.println(SITES + " sites read in " + (System.nanoTime() - start) / 1_000_000 + " ms");
        assertThat(organization.topology().sites()).hasSize(SITES);
        assertThat(organization.topology().links()).hasSize(SITES - 1);
        assertThat(organization.directory().recipients()).hasSize(SITES);
    }

    @Test
    @Timeout(value = 30, unit = TimeUnit.SECONDS)
    void asManyMistakesAreReportedInSeconds() {
        TopologyFileException refused = catchThrowableOfType(
                TopologyFileException.class, () -> TopologyFile.parse("large.yaml", file("Sitte"), Path.of("")));

        assertThat(refused.problems()).hasSize(SITES - 1);
        assertThat(refused.problems().get(0).hint()).startsWith("did you mean Site");
    }
}
