package org.bridgehead.io.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.bridgehead.core.topology.RoutingPolicy.Metric;
import org.bridgehead.core.topology.Topology;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Changes made to a file while it is read: what they do, and every mistake in one. */
class EditTest {
    private static final String GOOD = """
        bridgehead: 1
        organization: { name: T, acceptedDomains: { t.test: authoritative } }
        sites: { Berlin: {}, Munich: &plain { subnets: [10.2.0.0/16] }, Rome: *plain }
        siteLinks: { Berlin-Munich: { sites: [Berlin, Munich], cost: 100 }, Munich-Rome: { sites: [Munich, Rome] } }
        servers:
          BER-HT1: { site: Berlin, roles: [hubTransport] }
          MUC-HT1: { site: Munich, roles: [hubTransport] }
        connectors:
          "a.b": { addressSpaces: ["SMTP:*;1"], sourceServers: [BER-HT1], dns: true }
        """;

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void write() throws Exception {
        // Rome shares Munich's settings by an alias, which two sites may not do with a subnet; so none is shared.
        file = Files.writeString(folder.resolve("t.yaml"), GOOD.replace("{ subnets: [10.2.0.0/16] }", "{}"));
    }

    private Topology load(String... edits) throws Exception {
        return TopologyFile.load(file, Arrays.stream(edits).map(Edit::new).toList())
                .organization()
                .topology();
    }

    @Test
    void setsAddsAndRemoves() throws Exception {
        Topology topology = load(
                "siteLinks.Berlin-Munich.exchangeCost=20",
                "sites.Rome.hubSite=true",
                "siteLinks.munich-rome=null",
                "SITELINKS.New={sites: [Berlin, Rome]}",
                "connectors.\"a.b\".enabled=false",
                "connectors.Extra={addressSpaces: [\"SMTP:x.test;1\"], sourceServers: [MUC-HT1], dns: true}",
                "organization.routing.metric=cost",
                "organization.acceptedDomains.'u.test'=internalRelay");
        assertThat(topology.links().get("Berlin-Munich").mailCost()).isEqualTo(20);
        assertThat(topology.links().keySet()).containsExactly("Berlin-Munich", "New");
        assertThat(topology.sites().get("Rome").hubSite()).isTrue();
        assertThat(topology.sites().get("Munich").hubSite())
                .as("an alias keeps its value")
                .isFalse();
        assertThat(topology.sendConnectors().get("a.b").enabled()).isFalse();
        assertThat(topology.sendConnectors()).containsKey("Extra");
        assertThat(topology.settings().routing().metric()).isEqualTo(Metric.COST);
        assertThat(topology.settings().acceptedDomain("u.test")).isPresent();
        assertThat(load().links().get("Berlin-Munich").exchangeCost()).isEmpty();
    }

    @Test
    void laterEditsSeeEarlierOnes() throws Exception {
        Topology topology = load(
                "servers.MUC-HT2={site: Munich, roles: [hubTransport]}",
                "servers.muc-ht2.site=Rome",
                "sites.Rome.hubSite=true",
                "sites.rome.HubSite=null");
        assertThat(topology.server("MUC-HT2").orElseThrow().site()).contains("Rome");
        assertThat(topology.sites().get("Rome").hubSite()).isFalse();
        assertThat(load("servers.MUC-HT1=null").server("MUC-HT1")).isEmpty();
        assertThat(load("sites.Berlin.hubSite=null").sites()).hasSize(3);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "foo | --set foo: there is no =; write PATH=VALUE, such as siteLinks.Berlin-Munich.exchangeCost=20",
                "=3 | --set =3: a key is empty",
                "sites..hubSite=3 | a key is empty",
                "sites.\"Rome=3 | the quote is never closed",
                "sites.Rome.hubSite= | nothing stands behind the =",
                "site.Rome.hubSite=true | --set site: unknown key; did you mean sites?",
                "links.X.cost=1 | --set links: unknown key; known here: bridgehead, organization, sites, siteLinks",
                "siteLinks.Berlin-Munch.cost=5 | --set siteLinks.Berlin-Munch: there is no \"Berlin-Munch\" in"
                        + " siteLinks; did you mean Berlin-Munich?",
                "siteLinks.Elsewhere=null | there is no \"Elsewhere\" in siteLinks; there are Berlin-Munich,"
                        + " Munich-Rome",
                "siteLinks.Berlin-Munich.exchangecots=5 | --set siteLinks.Berlin-Munich.exchangecots: unknown key; did"
                        + " you mean exchangeCost?",
                "siteLinks.Berlin-Munich.cost=cheap | --set siteLinks.Berlin-Munich.cost: expected a whole number from"
                        + " 1 to 99999, found \"cheap\"",
                "siteLinks.berlin-munich.COST=0 | --set siteLinks.Berlin-Munich.cost: expected a whole number",
                "siteLinks.Berlin-Munich.cost.x=1 | --set siteLinks.Berlin-Munich.cost: it is \"100\", so nothing lies"
                        + " below it",
                "siteLinks.Berlin-Munich.sites[0]=Rome | a list is set as a whole; write sites=[…]",
                "siteLinks.Berlin-Munich.sites.x=Rome | --set siteLinks.Berlin-Munich.sites: it is a list, so nothing"
                        + " lies below it",
                "siteLinks.New={sites: [Berlin, Rom]} | --set siteLinks.New.sites[1]: there is no site \"Rom\"; did"
                        + " you mean Rome?",
                "siteLinks.New={sites: [Berlin, Rome], cots: 3} | --set siteLinks.New.cots: unknown key; did you mean"
                        + " cost?",
                "siteLinks.New={cost: 3} | --set siteLinks.New: the key sites is missing; write sites: [Berlin,"
                        + " Munich]",
                "siteLinks.Berlin-Munich.sites=[Berlin | --set siteLinks.Berlin-Munich.sites: the value is not YAML",
                "connectors.a.enabled=false | there is no \"a\" in connectors; a name with dots stands in quotes, such"
                        + " as \"a.enabled\"",
                "directory.recipients.x=null | there is no \"x\" in recipients; nothing is defined there",
                "organization.routing.onFailure=wait | --set organization.routing.onFailure: expected hold or reroute",
                "sites=null | sites"
            })
    void mistakesAreToldInOneLine(String edit, String expected) {
        TopologyFileException refused = catchThrowableOfType(TopologyFileException.class, () -> load(edit));
        assertThat(refused).as(edit).isNotNull();
        assertThat(refused.getMessage()).contains(expected);
        assertThat(refused.illustrated()).contains(expected);
    }

    @Test
    void whatOtherPartsNameIsMissedThere() {
        TopologyFileException refused = catchThrowableOfType(
                TopologyFileException.class, () -> load("servers.BER-HT1=null", "sites.Rome=null"));
        assertThat(refused.problems())
                .extracting(problem -> problem.line() + " " + problem.message())
                .containsExactly("4 there is no site \"Rome\"", "9 there is no server \"BER-HT1\"");
        assertThat(refused.illustrated()).contains("sourceServers: [BER-HT1]");
    }

    @Test
    void mistakesOfTheFileAndOfEditsAreToldTogether() {
        List<Problem> problems = catchThrowableOfType(
                        TopologyFileException.class, () -> load("sites.Rome.hubSite=yes", "sites.Rom.hubSite=true"))
                .problems();
        assertThat(problems).hasSize(2).allMatch(problem -> problem.line() == 0);
        assertThat(problems.get(1))
                .hasToString(
                        "--set sites.Rome.hubSite: expected true or false, found \"yes\";" + " write hubSite: true");
    }
}
