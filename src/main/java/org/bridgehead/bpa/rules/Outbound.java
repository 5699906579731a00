package org.bridgehead.bpa.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.bridgehead.bpa.Subject;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.routing.ConnectorDecision;
import org.bridgehead.core.routing.Router;
import org.bridgehead.core.routing.SitePath;
import org.bridgehead.core.topology.AddressSpace;
import org.bridgehead.core.topology.Names;
import org.bridgehead.core.topology.Role;
import org.bridgehead.core.topology.SendConnector;
import org.bridgehead.core.topology.Server;
import org.bridgehead.core.topology.Topology;

/**
 * Which connector hubs choose for each address space, by the {@link Router} that live hubs ask too: a hub per site, and
 * all that are source servers themselves. Of very many only an even choice, which {@link SampledPairs} tells.
 */
final class Outbound {
    /** Every domain. */
    static final AddressSpace ANY_DOMAIN = new AddressSpace("SMTP", "*", 1);

    /** Candidates compared, which is hubs times spaces times connectors, in a second or so. */
    private static final long MOST = 500_000;

    private final Topology topology;
    private final boolean whole;
    private final SortedMap<String, List<Choice>> choices = new TreeMap<>();

    /**
     * What a hub decides.
     *
     * @param site where it stands
     * @param connector empty = none
     * @param path to the connector's closest site
     * @param equals connectors that lost by their name only
     */
    record Choice(String site, Optional<String> connector, Optional<SitePath> path, List<String> equals) {
        static Choice of(String site, Optional<ConnectorDecision> decision) {
            return new Choice(
                    site,
                    decision.map(ConnectorDecision::chosen),
                    decision.flatMap(its -> its.figures().path()),
                    decision.stream()
                            .flatMap(its -> its.alternatives().stream())
                            .filter(other -> other.lostBy() == ConnectorDecision.Rule.NAME)
                            .map(ConnectorDecision.Rejected::name)
                            .toList());
        }
    }

    private Outbound(Subject subject) {
        topology = subject.topology();
        Map<String, AddressSpace> asked = new TreeMap<>();
        spaces().forEach(space -> asked.put(key(space), space));
        List<String> hubs = asked.isEmpty() ? List.of() : hubs(topology);
        asked.putIfAbsent(key(ANY_DOMAIN), ANY_DOMAIN);
        int most = most(asked.size());
        whole = hubs.size() <= most;
        for (String hub : thinned(hubs, most)) {
            String site = topology.server(hub).flatMap(Server::site).orElseThrow();
            Router router = Router.of(subject.routes(), hub);
            for (AddressSpace space : asked.values()) {
                sample(space)
                        .map(address -> Choice.of(site, router.decideConnector(address, 0, List.of())))
                        .ifPresent(choices.computeIfAbsent(key(space), key -> new ArrayList<>())::add);
            }
        }
    }

    private int most(int spaces) {
        long compared = (long) spaces * topology.sendConnectors().size();
        return (int) Math.max(
                1,
                Math.min(
                        MOST / Math.max(1, compared),
                        Pairs.MOST / Math.max(1, topology.sites().size())));
    }

    /** The choices of an organisation's hubs. */
    static Outbound of(Subject subject) {
        return subject.derived(Outbound.class, Outbound::new);
    }

    /** Whether all hubs that matter are looked at. */
    boolean isWhole() {
        return whole;
    }

    private static String key(AddressSpace space) {
        return text(space).toLowerCase(Locale.ROOT);
    }

    private static List<String> hubs(Topology topology) {
        NavigableSet<String> sources = Names.set();
        topology.sendConnectors().values().forEach(connector -> sources.addAll(connector.sourceServers()));
        NavigableSet<String> sites = Names.set();
        List<String> hubs = new ArrayList<>();
        for (Server server : topology.servers().values()) {
            boolean hub = server.is(Role.HUB_TRANSPORT) && server.site().isPresent();
            if (hub && (sites.add(server.site().get()) || sources.contains(server.name()))) {
                hubs.add(server.name());
            }
        }
        return hubs;
    }

    private static List<String> thinned(List<String> all, int most) {
        List<String> some = new ArrayList<>();
        int count = Math.min(all.size(), most);
        for (int i = 0; i < count; i++) {
            some.add(all.get((int) ((long) i * all.size() / count)));
        }
        return some;
    }

    /** The address spaces of connectors that take part, each once, its cost left out. */
    List<AddressSpace> spaces() {
        Map<String, AddressSpace> spaces = new TreeMap<>();
        for (SendConnector connector : Connectors.enabled(topology)) {
            for (AddressSpace space : connector.addressSpaces()) {
                AddressSpace bare = new AddressSpace(space.type(), space.pattern(), 1);
                spaces.put(key(bare), bare);
            }
        }
        return List.copyOf(spaces.values());
    }

    /**
     * What each hub decides for an address of one of the {@link #spaces} or {@link #ANY_DOMAIN}; nothing when no address
     * of that form can be written.
     */
    List<Choice> choices(AddressSpace space) {
        return choices.getOrDefault(key(space), List.of());
    }

    /** An address that matches the space and, as far as can be, nothing more specific. */
    private Optional<EmailAddress> sample(AddressSpace space) {
        String pattern = space.pattern().replace("*", "any-other");
        if (Connectors.isSmtp(space)) {
            return EmailAddress.tryParse("someone@" + (space.pattern().equals("*") ? "any-other.invalid" : pattern));
        }
        StringBuilder local = new StringBuilder("IMCEA" + space.type() + "-");
        for (char c : pattern.toCharArray()) {
            boolean plain = c == '-' || c < 128 && Character.isLetterOrDigit(c);
            local.append(plain ? String.valueOf(c) : c == '/' ? "_" : String.format(Locale.ROOT, "+%02X", (int) c));
        }
        return EmailAddress.tryParse(local + "@" + topology.settings().defaultDomain());
    }

    /** Type and pattern. */
    static String text(AddressSpace space) {
        return space.type() + ":" + space.pattern();
    }

    /** {@code Lyon}, {@code 5 sites such as Lyon}. */
    static String places(List<Choice> choices) {
        NavigableSet<String> sites = Names.set();
        choices.forEach(choice -> sites.add(choice.site()));
        return sites.size() == 1 ? sites.first() : sites.size() + " sites such as " + sites.first();
    }
}
