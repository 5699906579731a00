package org.bridgehead.whatif.trace;

import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.bridgehead.core.hub.BuiltInInternet;
import org.bridgehead.core.hub.MxAnswer;
import org.bridgehead.core.routing.Item;
import org.bridgehead.core.topology.HostPort;
import org.bridgehead.core.topology.Names;
import org.bridgehead.core.topology.SendConnector;
import org.bridgehead.whatif.Clusters;
import org.bridgehead.whatif.VirtualOrganization;

/**
 * Which parts are down, and what that means in an imagined world, which knows links, sites, servers and hosts outside: a
 * connector that is down reaches no host; a mailbox server whose nodes are down is. One thread.
 */
final class Faults {
    private final VirtualOrganization organization;
    private final List<String> domains;
    private final NavigableSet<String> stated = Names.set();
    private final NavigableSet<String> applied = Names.set();

    Faults(VirtualOrganization organization, List<String> domains) {
        this.organization = organization;
        this.domains = domains;
    }

    void down(String item) {
        stated.add(item);
        apply();
    }

    void up(String item) {
        stated.remove(item);
        apply();
    }

    /** The parts that are down, as they were named. */
    List<String> stated() {
        return List.copyOf(stated);
    }

    private void apply() {
        NavigableSet<String> wanted = Names.set();
        stated.forEach(item -> meant(item).forEach(wanted::add));
        Clusters.offline(organization.topology(), List.copyOf(stated))
                .forEach(server -> wanted.add(Item.SERVER + ":" + server));
        for (String item : new TreeSet<>(applied)) {
            if (!wanted.contains(item)) {
                applied.remove(item);
                organization.up(item);
            }
        }
        for (String item : wanted) {
            if (applied.add(item)) {
                organization.down(item);
            }
        }
    }

    private Stream<String> meant(String text) {
        Item item = Item.tryParse(text).orElseThrow(() -> new IllegalArgumentException("no item: " + text));
        SendConnector connector = organization.topology().sendConnectors().get(item.name());
        return item.kind().equals(Item.CONNECTOR) && connector != null
                ? hosts(connector).map(host -> "host:" + host)
                : Stream.of(item.toString());
    }

    private Stream<String> hosts(SendConnector connector) {
        if (connector.camel().isPresent()) {
            return Stream.of(connector.name());
        }
        return connector.dns()
                ? domains.stream().flatMap(this::exchangers)
                : connector.smartHosts().stream().map(HostPort::host);
    }

    /** A domain without MX records is its own exchanger (RFC 5321 section 5.1). */
    private Stream<String> exchangers(String domain) {
        MxAnswer answer = BuiltInInternet.of(organization.topology().internet()).resolve(domain);
        if (answer instanceof MxAnswer.Found found && !found.records().isEmpty()) {
            return found.records().stream().map(record -> record.host());
        }
        return Stream.of(domain);
    }
}
