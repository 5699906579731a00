package org.bridgehead.core.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.bridgehead.core.topology.Topology;
import org.bridgehead.whatif.Scene;
import org.junit.jupiter.api.Test;

class EdgeSnapshotTest {
    private final Topology whole = Scene.of("A-B 10")
            .hubs(2)
            .edge("EDGE1", "A")
            .edge("EDGE2", "A")
            .connector("Internet", "*", "EDGE1", "EDGE2")
            .connector("Partner", "partner.test", "B1")
            .topology();

    @Test
    void anEdgeKnowsItsSiteItsHubsAndItsConnectorsOnly() {
        Topology known = EdgeSnapshot.of(whole, "edge1").topology();
        assertThat(known.sites()).containsOnlyKeys("A");
        assertThat(known.links()).isEmpty();
        assertThat(known.servers()).containsOnlyKeys("A1", "A2", "EDGE1");
        assertThat(known.sendConnectors()).containsOnlyKeys("Internet");
        assertThat(known.sendConnectors().get("Internet").sourceServers()).isEqualTo(List.of("EDGE1"));
        assertThat(known.settings()).isEqualTo(whole.settings());
    }

    @Test
    void onlyAnEdgeHasOne() {
        assertThatThrownBy(() -> EdgeSnapshot.of(whole, "A1")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> EdgeSnapshot.of(whole, "nobody")).isInstanceOf(IllegalArgumentException.class);
    }
}
