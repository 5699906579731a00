package org.bridgehead.whatif;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bridgehead.whatif.People.address;
import static org.bridgehead.whatif.Scene.from;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.bridgehead.core.directory.Organization;
import org.bridgehead.core.hub.TrackingEvent.Kind;
import org.bridgehead.core.routing.RoutingTable;
import org.bridgehead.io.config.TopologyFile;
import org.bridgehead.io.ldap.FileDirectory;
import org.bridgehead.whatif.Forecast.Outcome;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The scenes of the demo, imagined. */
class ContosoTest {
    private Organization contoso;
    private VirtualOrganization org;

    @BeforeEach
    void imagine() throws Exception {
        contoso = TopologyFile.load(Path.of("topologies/contoso.yaml")).organization();
        org = VirtualOrganization.of(contoso.topology(), FileDirectory.of(contoso.directory()), Scene.START);
    }

    @Test
    void aLetterFromOutsideCrossesThreeLinks() {
        Forecast.Fate fate = Forecast.of(org, "BER-EDGE1", from("joe@fabrikam.test", "mia"), 4096, false)
                .of(address("mia"))
                .orElseThrow();
        assertThat(fate.outcome()).isEqualTo(Outcome.DELIVERED);
        assertThat(fate.sites())
                .isEqualTo(RoutingTable.of(contoso.topology())
                        .path("Berlin", "Rome")
                        .orElseThrow()
                        .sites());
        assertThat(fate.servers()).hasSize(5).startsWith("BER-EDGE1");
    }

    @Test
    void aLetterToEveryoneLeavesEachSiteOnceForEachNeighbour() {
        Forecast all = Forecast.of(org, "BER-HT1", from("anna", "everyone"), 4096, true);
        long delivered = all.recipients().stream()
                .filter(fate -> fate.outcome() == Outcome.DELIVERED)
                .count();
        assertThat(delivered).isGreaterThan(100);
        assertThat(all.transfers(contoso.topology()))
                .isLessThan(contoso.topology().sites().size());
        assertThat(Scene.events(org, Kind.DUPLICATEEXPAND)).isNotEmpty();
        assertThat(Scene.leftOvers(org)).isEmpty();
    }

    @Test
    void aCutLinkHoldsItAndTheMendedOneLetsItGo() {
        org.down("link:Vienna-Rome");
        Forecast held = Forecast.of(org, "BER-HT1", from("anna", "mia"), 4096, true);
        assertThat(held.of(address("mia")).orElseThrow().sites()).isEqualTo(List.of("Berlin", "Munich", "Vienna"));
        assertThat(held.of(address("mia")).orElseThrow().outcome()).isEqualTo(Outcome.HELD);
        org.advance(Duration.ofHours(3));
        org.up("link:Vienna-Rome");
        org.advance(Duration.ofMinutes(10));
        assertThat(org.mailbox(address("mia"))).hasSize(1);
    }
}
