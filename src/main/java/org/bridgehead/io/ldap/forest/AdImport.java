package org.bridgehead.io.ldap.forest;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.bridgehead.core.directory.DirectoryDefinition;
import org.bridgehead.core.directory.Organization;
import org.bridgehead.core.topology.Guesses;
import org.bridgehead.core.topology.InternetDomain;
import org.bridgehead.core.topology.Names;
import org.bridgehead.core.topology.PlacedServers;
import org.bridgehead.core.topology.SendConnector;
import org.bridgehead.core.topology.Server;
import org.bridgehead.core.topology.Site;
import org.bridgehead.core.topology.SiteLink;
import org.bridgehead.core.topology.Topology;
import org.bridgehead.io.ldap.LdifException;
import org.bridgehead.io.ldap.forest.AdOptions.Placement;

/**
 * Makes an organisation of a forest of Active Directory, with or without Exchange in it. Where objects contradict what
 * a topology can hold, they are changed or left out, and that is told. Stateless; safe for any thread.
 */
public final class AdImport {
    private static final int MOST_PROBLEMS = 20;

    private final Forest forest;
    private final AdOptions options;
    private final Guesses<String> guesses;

    private AdImport(Forest forest, AdOptions options) {
        this.forest = forest;
        this.options = options;
        this.guesses = forest.guesses();
    }

    /**
     * Reads LDIF files that together hold the forest.
     *
     * @throws LdifException when one is no LDIF, is cut short, or there is no site in them
     * @throws IOException when one cannot be read
     */
    public static AdImported files(List<Path> files, AdOptions options) throws LdifException, IOException {
        Forest forest = new Forest();
        for (Path file : files) {
            LdifText.read(file, forest);
        }
        return of(forest, options);
    }

    /**
     * Asks a domain controller for the forest's configuration and the recipients of one domain.
     *
     * @throws AdServerException when it cannot be asked, or does not answer to the end
     * @throws LdifException when there is no site in what it answers
     */
    public static AdImported server(AdLocation location, AdOptions options) throws AdServerException, LdifException {
        Forest forest = new Forest();
        ServerForest.read(location, options.recipients(), forest);
        return of(forest, options);
    }

    /** What the objects of a forest make. */
    static AdImported of(Forest forest, AdOptions options) throws LdifException {
        List<String> problems = forest.problems();
        if (problems.isEmpty() && forest.all(Kind.SITE).isEmpty()) {
            problems = List.of("there is no site in it: export the configuration partition too, the objects below"
                    + " CN=Sites,CN=Configuration,… with their attributes");
        }
        if (!problems.isEmpty()) {
            throw new LdifException(shortened(problems));
        }
        return new AdImport(forest, options).imported();
    }

    private static List<String> shortened(List<String> problems) {
        List<String> shown = new ArrayList<>(problems.subList(0, Math.min(problems.size(), MOST_PROBLEMS)));
        if (problems.size() > MOST_PROBLEMS) {
            shown.add("and " + (problems.size() - MOST_PROBLEMS) + " more");
        }
        return shown;
    }

    private AdImported imported() {
        SiteMaker siteMaker = new SiteMaker(forest, options.hubSiteBit());
        List<Site> sites = siteMaker.sites();
        List<SiteLink> links = new LinkMaker(forest, siteMaker).links(sites);
        String busiest = busiest(sites, links);
        ServerNames names = new ServerNames(forest);
        StoreMaker stores = new StoreMaker(forest, names);
        List<Server> servers = new ArrayList<>(new ServerMaker(forest, siteMaker, stores, names, busiest).servers());
        List<SendConnector> connectors = new ArrayList<>(new ConnectorMaker(forest, names, servers).connectors());
        if (!forest.hasExchange()) {
            place(sites, busiest, servers, connectors);
        }
        Homes homes = new Homes(stores, names, guesses);
        servers.forEach(server -> homes.add(server, turns(server, sites)));
        RecipientMaker recipients = new RecipientMaker(forest, options.recipients(), homes, names);
        Topology topology = new Topology(
                new OrganizationMaker(forest, options).settings(recipients.domains()),
                sites,
                links,
                servers,
                connectors,
                List.of(),
                List.of(new InternetDomain("*", List.of())));
        DirectoryDefinition directory = recipients.directory(topology);
        return told(new Organization(topology, directory));
    }

    private AdImported told(Organization organization) {
        List<String> warnings = new ArrayList<>();
        guesses.forEach((place, sentence) -> warnings.add(place.isEmpty() ? sentence : place + ": " + sentence));
        return new AdImported(organization, guesses.lines(), warnings);
    }

    /** Servers for a forest that has none that carry mail. */
    private void place(List<Site> sites, String busiest, List<Server> servers, List<SendConnector> connectors) {
        PlacedServers placed = new PlacedServers(options.hubs());
        servers.forEach(server -> placed.reserve(server.name()));
        boolean anySubnet = sites.stream().anyMatch(site -> !site.subnets().isEmpty());
        for (Site site : sites) {
            placed.add(
                    site,
                    switch (options.placement()) {
                        case NONE -> false;
                        case ROUND_ROBIN -> true;
                        case SUBNET -> !anySubnet || !site.subnets().isEmpty();
                    });
        }
        placed.addExit(busiest);
        servers.addAll(placed.all());
        connectors.addAll(placed.connectors());
        String mailboxes = switch (options.placement()) {
            case NONE -> "no mailbox server";
            case ROUND_ROBIN -> "a mailbox server";
            case SUBNET -> anySubnet ? "a mailbox server if it has subnets" : "a mailbox server";
        };
        guesses.add("there is no Exchange server, so each site has " + placed.hubWords() + " and " + mailboxes, "", "");
        if (options.hubs() > 0) {
            guesses.add(
                    "the Internet is reached from " + busiest + ", the site with the most links, by an edge server",
                    "",
                    "");
        }
    }

    /** How many mailboxes in turn a server gets. */
    private int turns(Server server, List<Site> sites) {
        int subnets = sites.stream()
                .filter(site -> server.site().filter(site.name()::equals).isPresent())
                .mapToInt(site -> site.subnets().size())
                .sum();
        return options.placement() == Placement.SUBNET ? Math.max(1, subnets) : 1;
    }

    /** The site with the most neighbours; of several the first by name. */
    private static String busiest(List<Site> sites, List<SiteLink> links) {
        SortedMap<String, Integer> neighbours = Names.map();
        sites.forEach(site -> neighbours.put(site.name(), 0));
        for (SiteLink link : links) {
            link.sites().forEach(site -> neighbours.merge(site, link.sites().size() - 1, Integer::sum));
        }
        String best = neighbours.firstKey();
        for (String site : neighbours.keySet()) {
            best = neighbours.getOrDefault(site, 0) > neighbours.getOrDefault(best, 0) ? site : best;
        }
        return best;
    }
}
