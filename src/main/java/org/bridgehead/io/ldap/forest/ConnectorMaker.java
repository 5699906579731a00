package org.bridgehead.io.ldap.forest;

import com.unboundid.ldap.sdk.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.bridgehead.core.topology.AddressSpace;
import org.bridgehead.core.topology.Guesses;
import org.bridgehead.core.topology.HostPort;
import org.bridgehead.core.topology.NameRule;
import org.bridgehead.core.topology.Names;
import org.bridgehead.core.topology.Role;
import org.bridgehead.core.topology.SendConnector;
import org.bridgehead.core.topology.Server;
import org.bridgehead.core.topology.TlsMode;

/** Makes send connectors of the forest's SMTP and foreign connectors. One thread. */
final class ConnectorMaker {
    private static final int SMTP_PORT = 25;

    private final Forest forest;
    private final ServerNames names;
    private final SortedMap<String, Server> servers;
    private final Guesses<String> guesses;
    private final LegalNames claimed;

    ConnectorMaker(Forest forest, ServerNames names, List<Server> servers) {
        this.forest = forest;
        this.names = names;
        this.servers = Names.map();
        servers.forEach(server -> this.servers.put(server.name(), server));
        this.guesses = forest.guesses();
        this.claimed = new LegalNames(NameRule.ANY, "connectors", guesses);
    }

    /** All connectors in the order of the forest. */
    List<SendConnector> connectors() {
        List<SendConnector> connectors = new ArrayList<>();
        for (ForestObject object : forest.all()) {
            boolean smtp = Kind.SMTP_CONNECTOR.matches(object);
            boolean routingGroups = object.isA("msExchRoutingGroupConnector");
            if (routingGroups) {
                guesses.add("routing group connectors are left out, mail follows site links", object.dn(), object.dn());
            } else if (smtp || Kind.GATEWAY.matches(object)) {
                connector(object, smtp).ifPresent(connectors::add);
            }
        }
        return connectors;
    }

    private Optional<SendConnector> connector(ForestObject object, boolean smtp) {
        List<AddressSpace> spaces = each(object, object.values("routingList"), "address spaces", AddressSpace::parse);
        List<String> sources = sources(object);
        if (spaces.isEmpty() || sources.isEmpty()) {
            guesses.add("connectors without address space or source server are left out", object.dn(), object.name(0));
            return Optional.empty();
        }
        String name = claimed.claim(object.name(0), object.dn());
        List<HostPort> hosts = smtp ? smartHosts(object) : List.of();
        return Optional.of(new SendConnector(
                name,
                spaces,
                sources,
                smtp && hosts.isEmpty(),
                hosts,
                smtp ? Optional.empty() : Optional.of(folder(name, object)),
                LinkMaker.size(object, "delivContLength", guesses),
                false,
                object.flag("msExchSmtpSendEnabled").orElse(true),
                TlsMode.OPPORTUNISTIC,
                Optional.empty()));
    }

    private String folder(String name, ForestObject object) {
        String folder = "file:out/" + name.replaceAll("[^A-Za-z0-9]+", "-");
        guesses.add("foreign connectors write files for Camel", object.dn(), name + " into " + folder);
        return folder;
    }

    private List<String> sources(ForestObject object) {
        TreeSet<String> seen = Names.set();
        return each(object, object.values("msExchSourceBridgeheadServersDN"), "source servers", this::transport)
                .stream()
                .filter(seen::add)
                .toList();
    }

    /** The hub or edge of that name, or the one that the object of that name is a part of. */
    private Optional<String> transport(String dn) {
        ForestObject named = new ForestObject(new Entry(dn));
        return Stream.iterate(0, up -> up < Math.max(1, named.depth()), up -> up + 1)
                .flatMap(up -> names.named(up == 0 ? dn : named.above(up)).stream())
                .findFirst()
                .filter(name -> Optional.ofNullable(servers.get(name))
                        .filter(server -> server.is(Role.HUB_TRANSPORT) || server.is(Role.EDGE_TRANSPORT))
                        .isPresent());
    }

    private List<HostPort> smartHosts(ForestObject object) {
        int port = object.number("msExchSmtpSendPort")
                .filter(number -> number > 0 && number <= 65_535)
                .map(Long::intValue)
                .orElse(SMTP_PORT);
        List<String> texts = object.values("msExchSmtpSmartHost").stream()
                .flatMap(text -> Stream.of(text.split("[,;]")))
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .toList();
        return each(object, texts, "smart hosts", text -> smartHost(text, port));
    }

    /** Addresses stand in brackets, also those of IPv4. */
    private static Optional<HostPort> smartHost(String text, int port) {
        boolean bracketed = text.startsWith("[") && text.endsWith("]");
        return HostPort.parse(bracketed ? text.substring(1, text.length() - 1) : text, port)
                .filter(host -> host.port() > 0);
    }

    private <T> List<T> each(
            ForestObject object, List<String> texts, String what, Function<String, Optional<T>> reading) {
        List<T> found = new ArrayList<>();
        for (String text : texts) {
            Optional<T> read = reading.apply(text);
            if (read.isEmpty()) {
                guesses.add(
                        what + " of connectors that cannot be used are left out",
                        object.dn(),
                        object.name(0) + ": " + text);
            }
            read.ifPresent(found::add);
        }
        return found;
    }
}
