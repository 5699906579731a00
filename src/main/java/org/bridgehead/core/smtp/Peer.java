package org.bridgehead.core.smtp;

/**
 * Who is on the other side of an incoming connection, as far as it is known by now.
 *
 * @param address its IP address in text form
 * @param loopback whether it is on this machine
 * @param hello the name it gave in EHLO, HELO or LHLO, proved by nothing; empty before
 * @param tls whether the connection is encrypted
 * @param trust as whom it has authenticated
 */
public record Peer(String address, boolean loopback, String hello, boolean tls, PeerTrust trust) {
    Peer named(String name) {
        return new Peer(address, loopback, name, tls, trust);
    }

    Peer trusted(PeerTrust as) {
        return new Peer(address, loopback, hello, tls, as);
    }

    /** What TLS leaves of a peer: all it said before is forgotten (RFC 3207 section 4.2). */
    Peer secured() {
        return new Peer(address, loopback, "", true, PeerTrust.ANONYMOUS);
    }
}
