package org.bridgehead.io.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.bridgehead.core.directory.Organization;

/**
 * A topology in code instead of a file, for tests. It writes the file and has it read: keys, defaults and complaints are
 * those of topology files, and {@link #yaml} shows the file. For one thread.
 */
public final class TopologyBuilder {
    private final Map<String, Object> tree = new LinkedHashMap<>();

    private TopologyBuilder(String name, String domain) {
        tree.put("bridgehead", 1);
        set("organization.name", name);
        accepts(domain);
        section("sites");
    }

    /** An organisation of that name that is responsible for a domain. */
    public static TopologyBuilder of(String name, String domain) {
        return new TopologyBuilder(name, domain);
    }

    /** It is responsible for another domain, too: unknown recipients there are refused. */
    public TopologyBuilder accepts(String domain) {
        map(section("organization"), "acceptedDomains").put(domain, "authoritative");
        return this;
    }

    /** Adds a site with the servers that {@code servers} puts there. */
    public TopologyBuilder site(String name, Consumer<Site> servers) {
        section("sites").put(name, new LinkedHashMap<String, Object>());
        servers.accept(new Site(name));
        return this;
    }

    /** Joins two sites by a link {@code A-B} with the usual cost. */
    public TopologyBuilder link(String a, String b) {
        map(section("siteLinks"), a + "-" + b).put("sites", List.of(a, b));
        return this;
    }

    /** Joins two sites by a link {@code A-B}. */
    public TopologyBuilder link(String a, String b, int cost) {
        link(a, b);
        map(section("siteLinks"), a + "-" + b).put("cost", cost);
        return this;
    }

    /**
     * Adds a mailbox, named as the address is up to its {@code @}.
     *
     * @param address {@code *@contoso.test}: whatever comes for the domain and is nobody else's
     * @param server a mailbox server; or a database of one as in files, {@code SERVER/GROUP/DATABASE}
     */
    public TopologyBuilder mailbox(String address, String server) {
        Map<String, Object> mailbox = recipient(address, "mailbox");
        mailbox.put("database", server.contains("/") ? server : server + "/SG1/DB1");
        return this;
    }

    /** Adds a group of recipients by their addresses. */
    public TopologyBuilder group(String address, String... members) {
        recipient(address, "group")
                .put("members", Arrays.stream(members).map(TopologyBuilder::name).toList());
        return this;
    }

    /** Adds somebody outside under an address inside. */
    public TopologyBuilder contact(String address, String target) {
        recipient(address, "contact").put("target", target);
        return this;
    }

    /** Mail for all other domains leaves by these hubs or edges. */
    public TopologyBuilder internetBy(String... servers) {
        Map<String, Object> connector = map(section("connectors"), "Internet");
        connector.put("addressSpaces", List.of("SMTP:*;1"));
        connector.put("sourceServers", List.of(servers));
        connector.put("dns", true);
        return this;
    }

    /**
     * Sets any key of the file.
     *
     * @param path its names with dots between them, such as {@code organization.retry.glitchCount}
     * @param value a text, number, boolean, or a list of those
     */
    public TopologyBuilder set(String path, Object value) {
        Map<String, Object> at = tree;
        String[] names = path.split("\\.");
        for (int i = 0; i < names.length - 1; i++) {
            at = map(at, names[i]);
        }
        at.put(names[names.length - 1], value);
        return this;
    }

    /** The servers of a site. */
    public final class Site {
        private final String site;

        private Site(String site) {
            this.site = site;
        }

        /** Adds hub transport servers. */
        public Site hubs(String... names) {
            for (String name : names) {
                server(name, "hubTransport");
            }
            return this;
        }

        /** Adds a mailbox server of one machine. */
        public Site mailboxServer(String name) {
            server(name, "mailbox");
            return this;
        }

        /** Adds a mailbox server of two machines that copy each other's logs (CCR). */
        public Site mailboxCluster(String name, String witness, String node, String otherNode) {
            Map<String, Object> server = server(name, "mailbox");
            server.put("replication", "ccr");
            map(server, "nodes").put(node, new LinkedHashMap<String, Object>());
            map(server, "nodes").put(otherNode, new LinkedHashMap<String, Object>());
            server.put("witness", witness);
            server.put("storageGroups", new LinkedHashMap<String, Object>(Map.of("SG1", List.of("DB1"))));
            return this;
        }

        private Map<String, Object> server(String name, String role) {
            Map<String, Object> server = map(section("servers"), name);
            server.put("site", site);
            server.put("roles", new ArrayList<>(List.of(role)));
            return server;
        }
    }

    /** The file as a text. */
    public String yaml() {
        StringBuilder text = new StringBuilder();
        try {
            TopologyWriter.write(tree, Remarks.NONE, text);
        } catch (IOException e) {
            throw new UncheckedIOException("a string builder does not fail", e);
        }
        return text.toString();
    }

    /**
     * The organisation.
     *
     * @throws IllegalArgumentException when something is wrong with it: all that is, with its place in {@link #yaml()}
     */
    public Organization build() {
        try {
            return TopologyFile.parse("topology in code", yaml(), Path.of("")).organization();
        } catch (TopologyFileException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    private Map<String, Object> recipient(String address, String type) {
        Map<String, Object> entry = map(map(section("directory"), "recipients"), name(address));
        entry.put("type", type);
        entry.put("addresses", List.of(address));
        return entry;
    }

    private static String name(String address) {
        String local = address.substring(0, Math.max(0, address.lastIndexOf('@')));
        return local.isEmpty() || local.equals("*") ? address : local;
    }

    private Map<String, Object> section(String name) {
        return map(tree, name);
    }

    @SuppressWarnings("unchecked") // only this class puts something in
    private static Map<String, Object> map(Map<String, Object> parent, String name) {
        return (Map<String, Object>) Optional.ofNullable(parent.get(name))
                .filter(Map.class::isInstance)
                .orElseGet(() -> {
                    Map<String, Object> fresh = new LinkedHashMap<>();
                    parent.put(name, fresh);
                    return fresh;
                });
    }
}
