package org.bridgehead.core.topology;

import java.util.ArrayList;
import java.util.List;

/** Servers for sites of which only the names are known, called after their site. One thread. */
public final class PlacedServers {
    /** More hubs than any site needs. */
    public static final int MOST_HUBS = 100;

    private final int hubs;
    private final UniqueNames names = new UniqueNames();
    private final List<Server> servers = new ArrayList<>();
    private final List<SendConnector> connectors = new ArrayList<>();

    /**
     * With so many hubs in each site.
     *
     * @throws IllegalArgumentException when that is more than {@value #MOST_HUBS}, or less than none
     */
    public PlacedServers(int hubs) {
        if (hubs < 0 || hubs > MOST_HUBS) {
            throw new IllegalArgumentException(hubs + " hubs per site: write a number from 0 to " + MOST_HUBS);
        }
        this.hubs = hubs;
    }

    /** Keeps a name for somebody else. */
    public void reserve(String name) {
        names.reserve(name);
    }

    /** Hubs for a site, and a mailbox server where wanted. */
    public void add(Site site, boolean mailboxes) {
        String host = hostName(site.name());
        for (int hub = 1; hub <= hubs; hub++) {
            servers.add(Server.hub(names.claim(host + "-HT" + hub), site.name()));
        }
        if (mailboxes) {
            servers.add(Server.mailbox(names.claim(host + "-MBX1"), site.name()));
        }
    }

    /** An edge and a way to the Internet at a site, as long as hubs serve it. */
    public void addExit(String site) {
        if (hubs > 0) {
            String edge = names.claim(hostName(site) + "-EDGE1");
            servers.add(Server.edge(edge, site));
            connectors.add(SendConnector.toInternet(edge));
        }
    }

    /** All servers, site by site. */
    public List<Server> all() {
        return List.copyOf(servers);
    }

    /** The way to the Internet, if there is one. */
    public List<SendConnector> connectors() {
        return List.copyOf(connectors);
    }

    /** How many hubs were placed, in words. */
    public String hubWords() {
        return hubs + (hubs == 1 ? " hub server" : " hub servers");
    }

    /** A name for a server in the site: letters, digits and hyphens, as {@link NameRule#HOST} wants them. */
    public static String hostName(String site) {
        String host = site.replaceAll("[^\\p{L}\\p{N}]+", "-").replaceAll("^-+|-+$", "");
        return host.isEmpty() ? "Site" : host;
    }
}
