package org.bridgehead.io.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.bridgehead.core.topology.AcceptedDomain;
import org.bridgehead.core.topology.ConnectionLimits;
import org.bridgehead.core.topology.DumpsterSettings;
import org.bridgehead.core.topology.HostNames;
import org.bridgehead.core.topology.Limits;
import org.bridgehead.core.topology.RetrySettings;
import org.bridgehead.core.topology.RoutingPolicy;
import org.bridgehead.core.topology.RoutingPolicy.BackOff;
import org.bridgehead.core.topology.RoutingPolicy.Connectivity;
import org.bridgehead.core.topology.RoutingPolicy.LoadBalancing;
import org.bridgehead.core.topology.RoutingPolicy.Metric;
import org.bridgehead.core.topology.RoutingPolicy.OnFailure;
import org.bridgehead.core.topology.RoutingPolicy.Relay;
import org.bridgehead.core.topology.Settings;
import org.bridgehead.core.topology.TlsMode;

/** The section {@code organization}. */
final class OrganizationReader {
    private static final String PRESET = "exchange2007";
    /** Servers know each other by the secret; their certificates need nobody's word. */
    private static final List<TlsMode> SERVER_TLS = List.of(TlsMode.NONE, TlsMode.OPPORTUNISTIC, TlsMode.REQUIRED);

    private static final int MANY = 1_000_000_000;
    private static final int MOST_RETRIES = 100_000;
    private static final int MOST_HOPS = 500;
    private static final Duration EDGE_TRANSIENT_INTERVAL = Duration.ofMinutes(10);
    private static final Duration EDGE_INTERVAL = Duration.ofMinutes(30);

    private OrganizationReader() {}

    /** Settings with defaults for what is not written. */
    static Settings read(YamlMap map, Path folder) {
        Optional<YamlMap> written = map.get("retry").flatMap(v -> v.map(Shape.RETRY));
        RetrySettings retry = written.map(OrganizationReader::retry).orElse(RetrySettings.HUB);
        return new Settings(
                map.get("name").flatMap(v -> v.text("the organisation's name")).orElse("Organization"),
                map.get("acceptedDomains").map(OrganizationReader::domains).orElse(List.of()),
                map.get("routing")
                        .flatMap(v -> v.map(Shape.ROUTING))
                        .map(OrganizationReader::routing)
                        .orElse(RoutingPolicy.DEFAULT),
                map.get("limits")
                        .flatMap(v -> v.map(Shape.LIMITS))
                        .map(OrganizationReader::limits)
                        .orElse(Limits.DEFAULT),
                retry,
                edgeRetry(retry, written),
                map.get("connections")
                        .flatMap(v -> v.map(Shape.CONNECTIONS))
                        .map(OrganizationReader::connections)
                        .orElse(ConnectionLimits.DEFAULT),
                map.get("dumpster")
                        .flatMap(v -> v.map(Shape.DUMPSTER))
                        .map(OrganizationReader::dumpster)
                        .orElse(DumpsterSettings.DEFAULT),
                map.get("secretFile").flatMap(v -> v.text("a file name")),
                Certificates.read(map, folder),
                map.get("serverTls").flatMap(v -> v.oneOf(SERVER_TLS, TlsMode::keyword)),
                List.of(),
                List.of());
    }

    /** The same with the retries of a file that says nothing about them. */
    static Settings silent(Settings settings) {
        return new Settings(
                settings.name(),
                settings.acceptedDomains(),
                settings.routing(),
                settings.limits(),
                RetrySettings.HUB,
                edgeRetry(RetrySettings.HUB, Optional.empty()),
                settings.connections(),
                settings.dumpster(),
                settings.secretFile(),
                settings.certificate(),
                settings.serverTls(),
                settings.rules(),
                settings.journal());
    }

    private static List<AcceptedDomain> domains(YamlValue value) {
        List<AcceptedDomain> domains = new ArrayList<>();
        for (YamlEntry entry : value.named("domains and what accepting them means")) {
            if (!HostNames.isDomainPattern(entry.name())) {
                value.problems()
                        .error(
                                entry.place(),
                                "not a domain name",
                                "write example.test, or *.example.test for subdomains");
            }
            entry.value()
                    .oneOf(List.of(AcceptedDomain.Type.values()), AcceptedDomain.Type::keyword)
                    .ifPresent(
                            type -> domains.add(new AcceptedDomain(entry.name().toLowerCase(Locale.ROOT), type)));
        }
        return domains;
    }

    private static RoutingPolicy routing(YamlMap map) {
        RoutingPolicy base = map.get("preset")
                .flatMap(v -> v.oneOf(List.of(PRESET), word -> word))
                .map(word -> RoutingPolicy.EXCHANGE_2007)
                .orElse(RoutingPolicy.DEFAULT);
        RoutingPolicy policy = new RoutingPolicy(
                map.get("metric")
                        .flatMap(v -> v.oneOf(List.of(Metric.values()), Metric::keyword))
                        .orElse(base.metric()),
                map.get("relay")
                        .flatMap(v -> v.oneOf(List.of(Relay.values()), Relay::keyword))
                        .orElse(base.relay()),
                map.get("onFailure")
                        .flatMap(v -> v.oneOf(List.of(OnFailure.values()), OnFailure::keyword))
                        .orElse(base.onFailure()),
                map.get("loadBalancing")
                        .flatMap(v -> v.oneOf(List.of(LoadBalancing.values()), LoadBalancing::keyword))
                        .orElse(base.loadBalancing()),
                map.get("backOff")
                        .flatMap(v -> v.oneOf(List.of(BackOff.values()), BackOff::keyword))
                        .orElse(base.backOff()),
                map.get("connectivity")
                        .flatMap(v -> v.oneOf(List.of(Connectivity.values()), Connectivity::keyword))
                        .orElse(base.connectivity()));
        check(policy, map);
        return policy;
    }

    /** Settings that do not go together. */
    private static void check(RoutingPolicy policy, YamlMap map) {
        boolean reroute = policy.onFailure() == OnFailure.REROUTE;
        if (reroute && policy.relay() != Relay.EVERY_SITE) {
            map.get("onFailure")
                    .ifPresent(v -> v.error(
                            "reroute needs relay everySite, and here it is "
                                    + policy.relay().keyword(),
                            "write relay: everySite or onFailure: hold"));
        }
        if (reroute && policy.connectivity() == Connectivity.ANY_PATH) {
            map.get("connectivity")
                    .ifPresent(v -> v.error(
                            "under anyPath the network goes round failures, so routing has nothing to reroute",
                            "write connectivity: path or onFailure: hold"));
        }
        if (policy.backOff() == BackOff.BINARY && policy.relay() != Relay.DIRECT) {
            map.get("backOff")
                    .ifPresent(v -> v.problems()
                            .warn(
                                    v.place(),
                                    "back-off belongs to relay direct, and here it is "
                                            + policy.relay().keyword(),
                                    "write relay: direct, or remove backOff"));
        }
    }

    private static Limits limits(YamlMap map) {
        Limits base = Limits.DEFAULT;
        return new Limits(
                map.get("maxMessageSize").flatMap(v -> v.size(1)).orElse(base.maxMessageSize()),
                count(map, "maxRecipients", 1, MANY, base.maxRecipients()),
                count(map, "maxHops", 1, MOST_HOPS, base.maxHops()),
                count(map, "expansionChunk", 1, MANY, base.expansionChunk()));
    }

    private static ConnectionLimits connections(YamlMap map) {
        ConnectionLimits base = ConnectionLimits.DEFAULT;
        return new ConnectionLimits(
                count(map, "maxOutbound", 1, MANY, base.maxOutbound()),
                count(map, "maxPerNextHop", 1, MANY, base.maxPerNextHop()),
                count(map, "messagesPerConnection", 1, MANY, base.messagesPerConnection()),
                map.get("byPriority").flatMap(YamlValue::bool).orElse(base.byPriority()));
    }

    private static DumpsterSettings dumpster(YamlMap map) {
        DumpsterSettings base = DumpsterSettings.DEFAULT;
        return new DumpsterSettings(
                map.get("maxSizePerStorageGroup").flatMap(v -> v.size(0)).orElse(base.maxSizePerStorageGroup()),
                map.get("maxTime").flatMap(v -> v.duration(true)).orElse(base.maxTime()),
                map.get("marginBefore").flatMap(v -> v.duration(true)).orElse(base.marginBefore()),
                map.get("marginAfter").flatMap(v -> v.duration(true)).orElse(base.marginAfter()));
    }

    private static RetrySettings retry(YamlMap map) {
        RetrySettings base = RetrySettings.HUB;
        return new RetrySettings(
                count(map, "glitchCount", 0, MOST_RETRIES, base.glitchCount()),
                interval(map, "glitchInterval", base.glitchInterval()),
                count(map, "transientCount", 0, MOST_RETRIES, base.transientCount()),
                interval(map, "transientInterval", base.transientInterval()),
                interval(map, "interval", base.interval()),
                interval(map, "mailboxInterval", base.mailboxInterval()),
                interval(map, "messageInterval", base.messageInterval()),
                interval(map, "delayNotification", base.delayNotification()),
                interval(map, "expiration", base.expiration()),
                interval(map, "idleBeforeResubmit", base.idleBeforeResubmit()),
                interval(map, "resolverInterval", base.resolverInterval()));
    }

    /** Edges differ from hubs in two intervals, as long as the file does not set them (BEHAVIOUR 3.2). */
    private static RetrySettings edgeRetry(RetrySettings hub, Optional<YamlMap> written) {
        return new RetrySettings(
                hub.glitchCount(),
                hub.glitchInterval(),
                hub.transientCount(),
                written.flatMap(map -> map.get("transientInterval")).isPresent()
                        ? hub.transientInterval()
                        : EDGE_TRANSIENT_INTERVAL,
                written.flatMap(map -> map.get("interval")).isPresent() ? hub.interval() : EDGE_INTERVAL,
                hub.mailboxInterval(),
                hub.messageInterval(),
                hub.delayNotification(),
                hub.expiration(),
                hub.idleBeforeResubmit(),
                hub.resolverInterval());
    }

    private static int count(YamlMap map, String key, int least, int most, int otherwise) {
        return map.get(key).flatMap(v -> v.integer(least, most)).orElse(otherwise);
    }

    private static Duration interval(YamlMap map, String key, Duration otherwise) {
        return map.get(key).flatMap(v -> v.duration(false)).orElse(otherwise);
    }
}
