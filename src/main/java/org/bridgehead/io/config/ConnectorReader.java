package org.bridgehead.io.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Function;
import org.bridgehead.core.topology.AddressSpace;
import org.bridgehead.core.topology.HostNames;
import org.bridgehead.core.topology.HostPort;
import org.bridgehead.core.topology.InternetDomain;
import org.bridgehead.core.topology.Login;
import org.bridgehead.core.topology.NameRule;
import org.bridgehead.core.topology.ReceiveConnector;
import org.bridgehead.core.topology.ReceiveConnector.Permission;
import org.bridgehead.core.topology.SendConnector;
import org.bridgehead.core.topology.TlsMode;

/** The sections {@code connectors}, {@code receiveConnectors} and {@code internet}. */
final class ConnectorReader {
    private static final int SMTP_PORT = 25;
    private static final int MANY = 1_000_000_000;
    /** A listener does not judge who connects by certificates. */
    private static final List<TlsMode> OFFERS = List.of(TlsMode.NONE, TlsMode.OPPORTUNISTIC, TlsMode.REQUIRED);

    private static final List<String> WAYS = List.of("dns", "smartHosts", "camel");

    private final ServerReader servers;
    private final Path folder;

    ConnectorReader(ServerReader servers, Path folder) {
        this.servers = servers;
        this.folder = folder;
    }

    /** All send connectors. */
    List<SendConnector> send(YamlValue value) {
        return each(value, "send connectors", Shape.CONNECTOR, this::send);
    }

    /** All receive connectors. */
    List<ReceiveConnector> receive(YamlValue value) {
        return each(value, "receive connectors", Shape.RECEIVE_CONNECTOR, this::receive);
    }

    private static <T> List<T> each(YamlValue value, String what, Shape shape, Reading<T> read) {
        List<T> found = new ArrayList<>();
        for (YamlEntry entry : value.named(what)) {
            entry.obey(NameRule.ANY, value.problems());
            entry.value()
                    .map(shape)
                    .flatMap(map -> read.apply(entry.name(), map))
                    .ifPresent(found::add);
        }
        return found;
    }

    private interface Reading<T> {
        Optional<T> apply(String name, YamlMap map);
    }

    private Optional<SendConnector> send(String name, YamlMap map) {
        List<AddressSpace> spaces = atLeastOne(
                map.require("addressSpaces", "[\"SMTP:*;1\"]"),
                "an address space",
                item -> item.parsed(
                        "an address space such as \"SMTP:*;1\" (domain, *.domain or *; cost 1 to 100)",
                        AddressSpace::parse));
        List<String> sources =
                atLeastOne(map.require("sourceServers", "[BER-HT1]"), "a source server", servers::transport);
        boolean dns = map.get("dns").flatMap(YamlValue::bool).orElse(false);
        List<HostPort> hosts = map.get("smartHosts")
                .map(v -> atLeastOne(Optional.of(v), "a smart host", ConnectorReader::smartHost))
                .orElse(List.of());
        Optional<String> camel = map.get("camel").flatMap(v -> v.text("the URI of a Camel endpoint"));
        Optional<Long> size = map.get("maxMessageSize").flatMap(v -> v.size(1));
        boolean scoped = map.get("scoped").flatMap(YamlValue::bool).orElse(false);
        boolean enabled = map.get("enabled").flatMap(YamlValue::bool).orElse(true);
        TlsMode tls = tls(map, List.of(TlsMode.values()));
        Optional<String> trust = trust(map, tls);
        Optional<Login> auth = map.get("auth").flatMap(v -> v.map(Shape.AUTH)).flatMap(this::login);
        boolean oneWay = checkWays(map, dns);
        boolean whole = oneWay && (dns || !hosts.isEmpty() || camel.isPresent());
        return whole && !spaces.isEmpty() && !sources.isEmpty()
                ? Optional.of(new SendConnector(
                        name,
                        spaces,
                        sources,
                        dns,
                        hosts,
                        camel,
                        SiteReader.asLong(size),
                        scoped,
                        enabled,
                        tls,
                        auth,
                        trust))
                : Optional.empty();
    }

    /** Exactly one way out. */
    private static boolean checkWays(YamlMap map, boolean dns) {
        List<String> written = WAYS.stream()
                .filter(key -> map.get(key).isPresent() && (dns || !key.equals("dns")))
                .toList();
        if (written.isEmpty() && map.get("dns").filter(v -> !v.isBool()).isEmpty()) {
            map.value()
                    .problems()
                    .error(map.value().key(), "the connector has no way out", "write dns: true, smartHosts or camel");
        }
        map.forbid(
                written.stream().skip(1).toList(),
                "the way out is already " + (written.isEmpty() ? "" : written.get(0)),
                "write one of dns, smartHosts and camel");
        return written.size() == 1;
    }

    private static Optional<HostPort> smartHost(YamlValue item) {
        return item.parsed(
                "a host such as \"mail.example.test:25\", port above 0",
                text -> HostPort.parse(text, SMTP_PORT).filter(at -> at.port() > 0));
    }

    private static TlsMode tls(YamlMap map, List<TlsMode> choices) {
        return map.get("tls").flatMap(v -> v.oneOf(choices, TlsMode::keyword)).orElse(TlsMode.OPPORTUNISTIC);
    }

    private Optional<String> trust(YamlMap map, TlsMode tls) {
        if (tls != TlsMode.VERIFIED) {
            map.forbid(
                    List.of("trustFile"),
                    "nobody's certificate is judged under tls: " + tls.keyword(),
                    "write tls: verified, or remove the key");
        }
        return map.get("trustFile").flatMap(v -> NamedFile.secret(v, folder));
    }

    private Optional<Login> login(YamlMap map) {
        Optional<String> user = map.require("user", "bridgehead").flatMap(v -> v.text("an account name"));
        Optional<String> file = map.require("passwordFile", "secret").flatMap(v -> NamedFile.secret(v, folder));
        return user.flatMap(name -> file.map(f -> new Login(name, f)));
    }

    private Optional<ReceiveConnector> receive(String name, YamlMap map) {
        Optional<String> server = map.require("server", "BER-HT1").flatMap(servers::transport);
        HostPort bind =
                map.get("bind").flatMap(v -> ServerReader.endpoint(v, -1)).orElse(HostPort.LOOPBACK);
        List<String> ranges = map.get("remoteRanges")
                .map(v -> v.list(
                        "address ranges",
                        item -> item.parsed(
                                "an address range such as 127.0.0.0/8 or ::1",
                                text -> Optional.of(text).filter(Notation::isRange))))
                .orElse(List.of());
        List<Permission> permissions = map.get("permissions")
                .map(v -> atLeastOne(
                        Optional.of(v),
                        "a permission",
                        item -> item.oneOf(List.of(Permission.values()), Permission::keyword)))
                .orElse(List.of(Permission.USERS));
        Optional<YamlMap> limits = map.get("limits").flatMap(v -> v.map(Shape.RECEIVE_LIMITS));
        OptionalInt recipients =
                SiteReader.asInt(limits.flatMap(l -> l.get("maxRecipients")).flatMap(v -> v.integer(1, MANY)));
        OptionalLong size =
                SiteReader.asLong(limits.flatMap(l -> l.get("maxMessageSize")).flatMap(v -> v.size(1)));
        boolean auth = map.get("auth").flatMap(YamlValue::bool).orElse(permissions.contains(Permission.USERS));
        TlsMode tls = tls(map, OFFERS);
        return server.map(s -> new ReceiveConnector(name, s, bind, ranges, permissions, tls, auth, recipients, size));
    }

    private static <T> List<T> atLeastOne(
            Optional<YamlValue> value, String what, Function<YamlValue, Optional<T>> read) {
        value.filter(YamlValue::isEmptyList).ifPresent(v -> v.error(what + " is needed, found an empty list", ""));
        return value.map(v -> v.list(what, read)).orElse(List.of());
    }

    /** The domains of the built-in Internet. */
    List<InternetDomain> internet(YamlValue value) {
        List<InternetDomain> domains = new ArrayList<>();
        for (YamlEntry entry : value.named("domains")) {
            if (!entry.name().equals("*") && !HostNames.isDomain(entry.name())) {
                value.problems()
                        .error(entry.place(), "not a domain name", "write fabrikam.test, or \"*\" for all others");
            }
            entry.value()
                    .map(Shape.INTERNET_DOMAIN)
                    .map(map -> map.get("mx")
                            .map(v -> v.list(
                                    "host names",
                                    item -> item.parsed(
                                            "a host name such as mx1",
                                            text -> Optional.of(text).filter(HostNames::isDomain))))
                            .orElse(List.of()))
                    .ifPresent(mx -> domains.add(new InternetDomain(entry.name().toLowerCase(Locale.ROOT), mx)));
        }
        return domains;
    }
}
