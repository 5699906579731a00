package org.bridgehead.io.ldap.forest;

import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.DN;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import org.bridgehead.core.topology.HostPort;
import org.bridgehead.core.topology.Names;
import org.bridgehead.core.topology.Role;
import org.bridgehead.core.topology.Server;
import org.bridgehead.core.topology.Site;
import org.bridgehead.core.topology.SiteLink;
import org.bridgehead.core.topology.Topology;

/** Sites, IP site links, subnets and domain controllers as objects of the configuration partition. One thread. */
final class SiteEntries {
    private static final long KILOBYTE = 1024;
    /** The bit of NTDS Settings that makes a domain controller a global catalog. */
    private static final String GLOBAL_CATALOG = "1";

    private final LdifTree tree;
    private final Optional<Long> hubSiteBit;
    private final DN sites;
    private final DN links;
    private final DN subnets;
    private final SortedMap<String, DN> dnOf = Names.map();

    SiteEntries(LdifTree tree, DN configuration, Optional<Long> hubSiteBit) {
        this.tree = tree;
        this.hubSiteBit = hubSiteBit;
        this.sites = tree.add(configuration, "Sites", "sitesContainer");
        DN transports = tree.add(sites, "Inter-Site Transports", "interSiteTransportContainer");
        this.links = tree.add(transports, "IP", "interSiteTransport", new Attribute("transportDLLName", "ismip.dll"));
        this.subnets = tree.add(sites, "Subnets", "subnetContainer");
    }

    /** All of them. */
    void add(Topology topology) {
        topology.sites().values().forEach(site -> add(site, topology));
        topology.links().values().forEach(this::add);
    }

    private void add(Site site, Topology topology) {
        Attribute[] flags = site.hubSite()
                ? hubSiteBit.stream()
                        .map(bit -> new Attribute("msExchTransportSiteFlags", bit.toString()))
                        .toArray(Attribute[]::new)
                : new Attribute[0];
        DN dn = tree.add(sites, site.name(), "site", flags);
        dnOf.put(site.name(), dn);
        for (String range : site.subnets()) {
            tree.add(subnets, range, "subnet", new Attribute("siteObject", dn.toString()));
        }
        DN servers = tree.add(dn, "Servers", "serversContainer");
        topology.serversOf(site.name(), Role.DOMAIN_CONTROLLER).forEach(server -> domainController(servers, server));
    }

    private void domainController(DN servers, Server server) {
        Attribute[] host = server.ldap().flatMap(SiteEntries::host).stream()
                .map(name -> new Attribute("dNSHostName", name))
                .toArray(Attribute[]::new);
        DN dn = tree.add(servers, server.name(), "server", host);
        tree.add(dn, "NTDS Settings", "nTDSDSA", new Attribute("options", GLOBAL_CATALOG));
    }

    /** The host of {@code ldap://host:port}. */
    private static Optional<String> host(String url) {
        String rest = url.substring(url.indexOf("//") + 2);
        return HostPort.parse(rest.endsWith("/") ? rest.substring(0, rest.length() - 1) : rest, 0)
                .map(HostPort::host);
    }

    private void add(SiteLink link) {
        List<Attribute> attributes = new ArrayList<>();
        attributes.add(
                new Attribute("siteList", link.sites().stream().map(this::dn).toList()));
        attributes.add(new Attribute("cost", String.valueOf(link.cost())));
        link.exchangeCost().ifPresent(cost -> attributes.add(new Attribute("msExchCost", String.valueOf(cost))));
        attributes.addAll(size("delivContLength", link.maxMessageSize()));
        tree.add(links, link.name(), "siteLink", attributes.toArray(Attribute[]::new));
    }

    /** A limit in KB, rounded down but never to nothing; no attribute without a limit. */
    static List<Attribute> size(String attribute, OptionalLong octets) {
        return octets.isEmpty()
                ? List.of()
                : List.of(new Attribute(attribute, String.valueOf(Math.max(1, octets.getAsLong() / KILOBYTE))));
    }

    /** The distinguished name of a site. */
    String dn(String site) {
        return Optional.ofNullable(dnOf.get(site)).orElseThrow().toString();
    }
}
