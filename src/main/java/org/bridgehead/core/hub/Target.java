package org.bridgehead.core.hub;

import org.bridgehead.core.topology.HostPort;

/** The one server that a connection goes to. Drivers know how to reach it; they never choose another. */
public sealed interface Target {
    /** For the tracking log and for people. */
    String displayName();

    /**
     * A hub or edge of the organisation.
     *
     * @param server its name
     */
    record Peer(String server) implements Target {
        @Override
        public String displayName() {
            return server;
        }
    }

    /**
     * A mailbox server, whichever of its nodes is active.
     *
     * @param server its name
     */
    record Mailbox(String server) implements Target {
        @Override
        public String displayName() {
            return server;
        }
    }

    /**
     * A host outside.
     *
     * @param connector the send connector in use
     * @param host name or address, port 25 unless a smart host says otherwise
     */
    record Host(String connector, HostPort host) implements Target {
        @Override
        public String displayName() {
            return host.host();
        }
    }

    /**
     * A foreign connector, served by a connector driver.
     *
     * @param connector its name
     * @param endpoint its endpoint URI
     */
    record Foreign(String connector, String endpoint) implements Target {
        @Override
        public String displayName() {
            return connector;
        }
    }
}
