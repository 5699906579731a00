package org.bridgehead.core.routing;

import java.util.List;
import org.bridgehead.core.mail.EnhancedStatus;
import org.bridgehead.core.topology.HostPort;

/** Where a copy goes from here. All copies with one {@link #queueName} wait in one queue. */
public sealed interface NextHop {
    /** The next-hop domain of the queue's identity (BEHAVIOUR 3.1), unique among the queues of a server. */
    String queueName();

    /**
     * A mailbox server of this site (BEHAVIOUR 1.7.1).
     *
     * @param server its name
     */
    record Mailbox(String server) implements NextHop {
        @Override
        public String queueName() {
            return "mailbox:" + server;
        }
    }

    /**
     * Hubs of other sites.
     *
     * <p>The queue is that of the first candidate, so copies of different destinations share it; each copy keeps its
     * own further candidates.
     *
     * @param candidates sites in trying order, each with a hub, at least one (DECISIONS 2.3)
     * @param destination the site where the path ends
     */
    record Sites(List<String> candidates, String destination) implements NextHop {
        /** Copies the list. */
        public Sites {
            candidates = List.copyOf(candidates);
            if (candidates.isEmpty()) {
                throw new IllegalArgumentException("no candidate on the way to " + destination);
            }
        }

        @Override
        public String queueName() {
            return queueOf(candidates.get(0));
        }

        /** The queue to the hubs of a site. */
        public static String queueOf(String site) {
            return "site:" + site;
        }
    }

    /**
     * Named servers of the organisation, any of them: source servers of a connector in this site, an expansion server,
     * for an edge the hubs of its site.
     *
     * @param queueName why these
     * @param servers in name order, at least one
     */
    record Servers(String queueName, List<String> servers) implements NextHop {
        /** Copies the list. */
        public Servers {
            servers = List.copyOf(servers);
            if (servers.isEmpty()) {
                throw new IllegalArgumentException("no server for " + queueName);
            }
        }
    }

    /**
     * Out by the smart hosts of a connector, from this server (BEHAVIOUR 1.8.6).
     *
     * @param connector its name
     * @param hosts in file order
     */
    record SmartHosts(String connector, List<HostPort> hosts) implements NextHop {
        /** Copies the list. */
        public SmartHosts {
            hosts = List.copyOf(hosts);
        }

        @Override
        public String queueName() {
            return "connector:" + connector;
        }
    }

    /**
     * Out by the mail exchangers of a domain, from this server.
     *
     * @param connector its name
     * @param domain lower case, or an address literal
     */
    record Dns(String connector, String domain) implements NextHop {
        @Override
        public String queueName() {
            return "connector:" + connector + "/" + domain;
        }
    }

    /**
     * To a Camel endpoint, from this server.
     *
     * @param connector its name
     * @param endpoint Camel URI
     */
    record Foreign(String connector, String endpoint) implements NextHop {
        @Override
        public String queueName() {
            return "connector:" + connector;
        }
    }

    /**
     * No way at present: the copy waits until the topology changes (BEHAVIOUR 1.7.5, 1.9.5).
     *
     * @param reason one sentence
     */
    record Unreachable(String reason) implements NextHop {
        @Override
        public String queueName() {
            return "Unreachable";
        }
    }

    /**
     * Never a way: the sender gets a non-delivery report.
     *
     * @param status 5.y.z
     * @param reason one sentence
     */
    record Rejected(EnhancedStatus status, String reason) implements NextHop {
        /** A message over a size limit on the way (BEHAVIOUR 1.6). */
        public static final EnhancedStatus TOO_BIG = EnhancedStatus.of("5.3.4");

        /** An address type that no connector carries (BEHAVIOUR 1.8.8). */
        public static final EnhancedStatus NO_ROUTE = EnhancedStatus.of("5.4.4");

        /** Never queued; the name only shows in logs. */
        @Override
        public String queueName() {
            return "Rejected";
        }
    }
}
