package org.bridgehead.io.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.function.Function;
import org.bridgehead.core.directory.Organization;
import org.bridgehead.core.topology.AcceptedDomain;
import org.bridgehead.core.topology.ConnectionLimits;
import org.bridgehead.core.topology.DumpsterSettings;
import org.bridgehead.core.topology.Limits;
import org.bridgehead.core.topology.Position;
import org.bridgehead.core.topology.RetrySettings;
import org.bridgehead.core.topology.RoutingPolicy;
import org.bridgehead.core.topology.Settings;
import org.bridgehead.core.topology.Site;
import org.bridgehead.core.topology.SiteLink;
import org.bridgehead.core.topology.TlsMode;
import org.bridgehead.core.topology.Topology;

/**
 * An organisation as the maps, lists, texts, numbers and truth values of a topology file: the inverse of
 * {@link TopologyFile}. Keys whose value a reader would assume by itself are left out; sites, links, servers and
 * connectors come in name order. Stateless; safe for any thread.
 */
public final class TopologyTree {
    private TopologyTree() {}

    /**
     * The whole file. Reading it gives an equal organisation if a file can describe that organisation at all: settings
     * that a file cannot tell apart from others (such as retries of edges alone) come back as the file's.
     */
    public static Map<String, Object> of(Organization organization) {
        Topology topology = organization.topology();
        return new Entries()
                .put("bridgehead", 1)
                .put("organization", settings(topology.settings()))
                .put("sites", named(topology.sites(), TopologyTree::site))
                .filled("siteLinks", named(topology.links(), TopologyTree::link))
                .filled("servers", named(topology.servers(), ServerTree::of))
                .filled("receiveConnectors", named(topology.receiveConnectors(), ConnectorTree::receive))
                .filled("connectors", named(topology.sendConnectors(), ConnectorTree::send))
                .filled("internet", ConnectorTree.internet(topology.internet()))
                .filled("rules", RuleTree.of(topology.settings().rules()))
                .filled("journal", RuleTree.journal(topology.settings().journal()))
                .filled("directory", DirectoryTree.of(organization.directory()))
                .map();
    }

    private static <T> Map<String, Object> named(SortedMap<String, T> items, Function<T, Map<String, Object>> write) {
        Map<String, Object> section = new LinkedHashMap<>();
        items.forEach((name, item) -> section.put(name, write.apply(item)));
        return section;
    }

    /** A size, when there is one. */
    static Optional<String> size(OptionalLong octets) {
        return octets.isPresent() ? Optional.of(Quantity.size(octets.getAsLong())) : Optional.empty();
    }

    private static Map<String, Object> site(Site site) {
        return new Entries()
                .unless(false, "hubSite", site.hubSite())
                .filled("subnets", site.subnets())
                .put("position", site.position().map(TopologyTree::position))
                .map();
    }

    private static List<Number> position(Position position) {
        return List.of(Quantity.coordinate(position.x()), Quantity.coordinate(position.y()));
    }

    private static Map<String, Object> link(SiteLink link) {
        Entries entries = new Entries().put("sites", link.sites()).put("cost", link.cost());
        link.exchangeCost().ifPresent(cost -> entries.put("exchangeCost", cost));
        entries.put("maxMessageSize", size(link.maxMessageSize()));
        link.bandwidth().ifPresent(bits -> entries.put("bandwidth", Quantity.bandwidth(bits)));
        return entries.put("latency", link.latency().map(Quantity::duration)).map();
    }

    private static Map<String, Object> settings(Settings settings) {
        Map<String, Object> domains = new LinkedHashMap<>();
        for (AcceptedDomain domain : settings.acceptedDomains()) {
            domains.put(domain.name(), domain.type().keyword());
        }
        Entries entries = new Entries()
                .put("name", settings.name())
                .filled("acceptedDomains", domains)
                .put("routing", routing(settings.routing()))
                .filled("limits", limits(settings.limits()))
                .filled("retry", retry(settings))
                .filled("connections", connections(settings.connections()))
                .filled("dumpster", dumpster(settings.dumpster()))
                .put("secretFile", settings.secretFile());
        return Certificates.write(entries, settings.certificate())
                .put("serverTls", settings.serverTls().map(TlsMode::keyword))
                .map();
    }

    /** The three that questions about routes turn on are always written. */
    private static Map<String, Object> routing(RoutingPolicy policy) {
        RoutingPolicy silent = RoutingPolicy.DEFAULT;
        return new Entries()
                .put("metric", policy.metric().keyword())
                .put("relay", policy.relay().keyword())
                .put("onFailure", policy.onFailure().keyword())
                .unless(
                        silent.loadBalancing().keyword(),
                        "loadBalancing",
                        policy.loadBalancing().keyword())
                .unless(silent.backOff().keyword(), "backOff", policy.backOff().keyword())
                .unless(
                        silent.connectivity().keyword(),
                        "connectivity",
                        policy.connectivity().keyword())
                .map();
    }

    private static Map<String, Object> limits(Limits limits) {
        Limits silent = Limits.DEFAULT;
        return new Entries()
                .unless(
                        Quantity.size(silent.maxMessageSize()),
                        "maxMessageSize",
                        Quantity.size(limits.maxMessageSize()))
                .unless(silent.maxRecipients(), "maxRecipients", limits.maxRecipients())
                .unless(silent.maxHops(), "maxHops", limits.maxHops())
                .unless(silent.expansionChunk(), "expansionChunk", limits.expansionChunk())
                .map();
    }

    /** Two intervals are written even when they are a hub's own, because edges have others unless they are written. */
    private static Map<String, Object> retry(Settings settings) {
        RetrySettings retry = settings.retry();
        RetrySettings silent = RetrySettings.HUB;
        RetrySettings edge = settings.edgeRetry();
        Entries entries = new Entries().unless(silent.glitchCount(), "glitchCount", retry.glitchCount());
        interval(entries, "glitchInterval", silent.glitchInterval(), retry.glitchInterval());
        entries.unless(silent.transientCount(), "transientCount", retry.transientCount());
        shared(entries, "transientInterval", retry.transientInterval(), edge.transientInterval());
        shared(entries, "interval", retry.interval(), edge.interval());
        interval(entries, "mailboxInterval", silent.mailboxInterval(), retry.mailboxInterval());
        interval(entries, "messageInterval", silent.messageInterval(), retry.messageInterval());
        interval(entries, "delayNotification", silent.delayNotification(), retry.delayNotification());
        interval(entries, "expiration", silent.expiration(), retry.expiration());
        interval(entries, "idleBeforeResubmit", silent.idleBeforeResubmit(), retry.idleBeforeResubmit());
        interval(entries, "resolverInterval", silent.resolverInterval(), retry.resolverInterval());
        return entries.map();
    }

    private static void interval(Entries entries, String key, Duration silent, Duration value) {
        entries.unless(Quantity.duration(silent), key, Quantity.duration(value));
    }

    private static void shared(Entries entries, String key, Duration hub, Duration edge) {
        if (hub.equals(edge)) {
            entries.put(key, Quantity.duration(hub));
        }
    }

    private static Map<String, Object> connections(ConnectionLimits limits) {
        ConnectionLimits silent = ConnectionLimits.DEFAULT;
        return new Entries()
                .unless(silent.maxOutbound(), "maxOutbound", limits.maxOutbound())
                .unless(silent.maxPerNextHop(), "maxPerNextHop", limits.maxPerNextHop())
                .unless(silent.messagesPerConnection(), "messagesPerConnection", limits.messagesPerConnection())
                .unless(silent.byPriority(), "byPriority", limits.byPriority())
                .map();
    }

    private static Map<String, Object> dumpster(DumpsterSettings dumpster) {
        DumpsterSettings silent = DumpsterSettings.DEFAULT;
        Entries entries = new Entries()
                .unless(
                        Quantity.size(silent.maxSizePerStorageGroup()),
                        "maxSizePerStorageGroup",
                        Quantity.size(dumpster.maxSizePerStorageGroup()));
        interval(entries, "maxTime", silent.maxTime(), dumpster.maxTime());
        interval(entries, "marginBefore", silent.marginBefore(), dumpster.marginBefore());
        interval(entries, "marginAfter", silent.marginAfter(), dumpster.marginAfter());
        return entries.map();
    }

    /** The texts of all items. */
    static List<String> texts(List<?> items) {
        List<String> texts = new ArrayList<>();
        items.forEach(item -> texts.add(item.toString()));
        return texts;
    }
}
