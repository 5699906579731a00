package org.bridgehead.core.topology;

import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * A listener beside the default one of a server, with its own permissions and limits (DECISIONS 3.1).
 *
 * @param name unique ignoring case
 * @param server hub or edge that listens
 * @param bind where
 * @param remoteRanges clients it serves, CIDR; empty = all
 * @param permissions who may submit
 * @param tls how it offers STARTTLS: {@link TlsMode#OPPORTUNISTIC} = offered, {@link TlsMode#REQUIRED} = demanded
 * @param auth whether users may log in
 * @param maxRecipients per message
 * @param maxMessageSize octets
 */
public record ReceiveConnector(
        String name,
        String server,
        HostPort bind,
        List<String> remoteRanges,
        List<Permission> permissions,
        TlsMode tls,
        boolean auth,
        OptionalInt maxRecipients,
        OptionalLong maxMessageSize) {
    /** Who may submit. */
    public enum Permission {
        /** Anyone, to accepted domains only. */
        ANONYMOUS("anonymous"),
        /** People and programs of the organisation, to any address. */
        USERS("users"),
        /** Servers of the organisation. */
        SERVERS("servers");

        private final String keyword;

        Permission(String keyword) {
            this.keyword = keyword;
        }

        /** The word in the topology file. */
        public String keyword() {
            return keyword;
        }
    }

    /** Copies the lists. */
    public ReceiveConnector {
        remoteRanges = List.copyOf(remoteRanges);
        permissions = List.copyOf(permissions);
    }
}
