package org.bridgehead.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/**
 * Topology files in a few words: each site S has hubs S1, S2…, a mailbox server S-MBX and somebody with the address
 * {@code s@contoso.test}.
 */
final class TracedNets {
    private final List<String> links = new ArrayList<>();
    private final List<String> connectors = new ArrayList<>();
    private final List<String> hubSites = new ArrayList<>();
    private final TreeSet<String> sites = new TreeSet<>();
    private String routing = "preset: exchange2007";
    private String limits = "";
    private final List<String> more = new ArrayList<>();
    private int hubs = 2;

    /** Links like {@code A-B 5}, also of more sites than two; a second figure is an ExchangeCost. */
    static TracedNets of(String... links) {
        TracedNets net = new TracedNets();
        for (String link : links) {
            String[] words = link.split(" ");
            List<String> ends = List.of(words[0].split("-"));
            net.sites.addAll(ends);
            net.links.add("  " + words[0] + ": { sites: " + ends + ", cost: " + words[1]
                    + (words.length > 2 ? ", exchangeCost: " + words[2] : "") + " }");
        }
        return net;
    }

    TracedNets hubSite(String name) {
        hubSites.add(name);
        return this;
    }

    TracedNets routing(String settings) {
        routing = settings;
        return this;
    }

    TracedNets limits(String settings) {
        limits = settings;
        return this;
    }

    /** A group {@code all@contoso.test} of so many people of a site, called {@code m1}, {@code m2}… */
    TracedNets groupOf(int members, String site) {
        List<String> names = new ArrayList<>();
        for (int i = 1; i <= members; i++) {
            names.add("m" + i);
            more.add("    m" + i + ": { type: mailbox, addresses: [m" + i + "@contoso.test], database: " + site
                    + "-MBX/SG1/DB1 }");
        }
        more.add("    all: { type: group, addresses: [all@contoso.test], members: " + names + " }");
        return this;
    }

    TracedNets hubs(int perSite) {
        hubs = perSite;
        return this;
    }

    TracedNets connector(String name, String space, String server) {
        connectors.add(
                "  " + name + ": { addressSpaces: [\"" + space + "\"], sourceServers: [" + server + "], dns: true }");
        return this;
    }

    /** Writes the file and gives its path. */
    String in(Path folder) throws IOException {
        List<String> lines = new ArrayList<>(List.of(
                "bridgehead: 1",
                "organization:",
                "  name: Worked",
                "  acceptedDomains: { contoso.test: authoritative }",
                "  routing: { " + routing + " }",
                "  limits: { " + limits + " }",
                "sites:"));
        sites.forEach(
                site -> lines.add("  " + site + ": {" + (hubSites.contains(site) ? " hubSite: true " : "") + "}"));
        lines.add("siteLinks:");
        lines.addAll(links);
        lines.add("servers:");
        for (String site : sites) {
            for (int i = 1; i <= hubs; i++) {
                lines.add("  " + site + i + ": { site: " + site + ", roles: [hubTransport] }");
            }
            lines.add("  " + site + "-MBX: { site: " + site + ", roles: [mailbox] }");
        }
        if (!connectors.isEmpty()) {
            lines.add("connectors:");
            lines.addAll(connectors);
        }
        lines.add("directory:");
        lines.add("  recipients:");
        for (String site : sites) {
            String name = site.toLowerCase(Locale.ROOT);
            for (String who : List.of(name, name + "x")) {
                lines.add("    u" + who + ": { type: mailbox, addresses: [" + who + "@contoso.test], database: " + site
                        + "-MBX/SG1/DB1 }");
            }
        }
        lines.addAll(more);
        Path file = Files.createTempFile(folder, "net", ".yaml");
        Files.write(file, lines);
        return file.toString();
    }
}
