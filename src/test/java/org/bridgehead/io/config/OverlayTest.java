package org.bridgehead.io.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.bridgehead.core.directory.Organization;
import org.bridgehead.core.topology.AcceptedDomain;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Parts of topology files laid over whole ones. */
class OverlayTest {
    private static final String BASE = """
            bridgehead: 1
            organization: { name: T, acceptedDomains: { a.test: authoritative, b.test: authoritative }, limits: { maxHops: 40 } }
            sites: { Berlin: { subnets: [10.1.0.0/16] }, Rome: {} }
            siteLinks: { L: { sites: [Berlin, Rome], cost: 5 } }
            servers: { HT1: { site: Berlin, roles: [hubTransport] } }
            """;

    @TempDir
    private Path folder;

    private Organization parsed(String text) throws Exception {
        return TopologyFile.parse("t.yaml", text, folder).organization();
    }

    private Organization over(String overlay) throws Exception {
        Path file = Files.writeString(folder.resolve("overlay.yaml"), overlay);
        return Overlay.applied(parsed(BASE), file).organization();
    }

    private static List<String> domains(Organization organization) {
        return organization.topology().settings().acceptedDomains().stream()
                .map(AcceptedDomain::name)
                .toList();
    }

    @Test
    void mapsAreMergedOtherValuesReplacedAndNullRemoves() throws Exception {
        Organization made = over("""
                organization: { limits: { maxHops: null, maxRecipients: 7 } }
                sites: { berlin: { hubSite: true, subnets: [10.9.0.0/16] } }
                siteLinks: { L: { bandwidth: 1Mbit/s } }
                servers: { HT1: null, HT2: { site: Rome, roles: [hubTransport] } }
                """);
        assertThat(made).isEqualTo(parsed("""
                bridgehead: 1
                organization: { name: T, acceptedDomains: { a.test: authoritative, b.test: authoritative }, limits: { maxRecipients: 7 } }
                sites: { berlin: { hubSite: true, subnets: [10.9.0.0/16] }, Rome: {} }
                siteLinks: { L: { sites: [berlin, Rome], cost: 5, bandwidth: 1Mbit/s } }
                servers: { HT2: { site: Rome, roles: [hubTransport] } }
                """));
    }

    @Test
    void anOverlayThatNamesAllKeysDecidesTheirOrder() throws Exception {
        String domains = "organization: { acceptedDomains: { %s } }";
        assertThat(domains(over(domains.formatted("c.test: authoritative, a.test: internalRelay"))))
                .containsExactly("a.test", "b.test", "c.test");
        assertThat(domains(
                        over(domains.formatted("c.test: authoritative, b.test: authoritative, a.test: authoritative"))))
                .containsExactly("c.test", "b.test", "a.test");
    }

    @Test
    void theDifferenceBringsTheOtherOne() throws Exception {
        Organization wanted = parsed("""
                bridgehead: 1
                organization: { name: "null", acceptedDomains: { c.test: internalRelay, b.test: authoritative, a.test: authoritative } }
                sites: { Berlin: {}, Oslo: { position: [1, 2] } }
                internet: { x.test: {} }
                """);
        StringBuilder text = new StringBuilder();
        Overlay overlay = Overlay.between(parsed(BASE), wanted);
        overlay.write(List.of("why"), text);
        assertThat(over(text.toString())).isEqualTo(wanted);
        assertThat(overlay.summary())
                .containsExactly(
                        "organization: limits, name, acceptedDomains, routing",
                        "siteLinks",
                        "servers",
                        "sites: others, subnets, position",
                        "internet");
    }

    @Test
    void mistakesStandInTheOverlay() {
        assertThatThrownBy(() -> over("sites:\n  Berlin: { hubsite: true }\n"))
                .isInstanceOfSatisfying(
                        TopologyFileException.class,
                        e -> assertThat(e.problems()).singleElement().satisfies(problem -> {
                            assertThat(problem.file()).endsWith("overlay.yaml");
                            assertThat(problem.line()).isEqualTo(2);
                            assertThat(problem.hint()).isEqualTo("did you mean hubSite?");
                        }));
        assertThatThrownBy(() -> over("sites: { Rome: null }\n")).isInstanceOf(TopologyFileException.class);
        assertThatThrownBy(() -> over("sites: [\n")).isInstanceOf(TopologyFileException.class);
        assertThatThrownBy(() -> over("")).isInstanceOf(TopologyFileException.class);
    }
}
