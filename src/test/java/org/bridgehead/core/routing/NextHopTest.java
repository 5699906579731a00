package org.bridgehead.core.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bridgehead.core.topology.HostPort;
import org.junit.jupiter.api.Test;

class NextHopTest {
    /** BEHAVIOUR 3.1: copies of one name share a queue. */
    @Test
    void queuesGoByTheFirstPlaceTheyLeadTo() {
        Map<NextHop, String> names = new LinkedHashMap<>();
        names.put(new NextHop.Mailbox("A-MBX"), "mailbox:A-MBX");
        names.put(new NextHop.Sites(List.of("B", "C"), "C"), "site:B");
        names.put(new NextHop.Servers("server:A2", List.of("A2")), "server:A2");
        names.put(new NextHop.SmartHosts("Out", List.of(new HostPort("127.0.0.1", 25))), "connector:Out");
        names.put(new NextHop.Dns("Out", "fabrikam.test"), "connector:Out/fabrikam.test");
        names.put(new NextHop.Foreign("Fax", "file:out"), "connector:Fax");
        names.put(new NextHop.Unreachable("no way"), "Unreachable");
        names.put(new NextHop.Rejected(NextHop.Rejected.TOO_BIG, "too big"), "Rejected");
        names.forEach((hop, name) -> assertThat(hop.queueName()).isEqualTo(name));
    }

    @Test
    void aWayLeadsSomewhere() {
        assertThatThrownBy(() -> new NextHop.Sites(List.of(), "C")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new NextHop.Servers("server:A2", List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
