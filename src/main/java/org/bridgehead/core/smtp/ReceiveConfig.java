package org.bridgehead.core.smtp;

import java.util.List;

/**
 * How an incoming session presents itself. Immutable.
 *
 * @param serverName the name in greeting and {@code Received}
 * @param siteName the AD site in {@code Received}; empty = none is told (an edge that hides the inside)
 * @param postmasterDomain the domain of {@code RCPT TO:<Postmaster>} (RFC 5321 section 4.5.1)
 * @param protocol SMTP or LMTP
 * @param limits per session
 * @param extensions what EHLO offers; a parameter of one that is missing is refused
 * @param tls whether STARTTLS is offered or demanded
 * @param users whether AUTH PLAIN and LOGIN are offered, over TLS
 * @param usersInClear whether they are offered without TLS too, to peers on loopback
 * @param servers whether servers of the organisation may authenticate (SCRAM-SHA-256, EXTERNAL)
 */
public record ReceiveConfig(
        String serverName,
        String siteName,
        String postmasterDomain,
        Protocol protocol,
        ReceiveLimits limits,
        List<Extension> extensions,
        Tls tls,
        boolean users,
        boolean usersInClear,
        boolean servers) {
    /** Which dialogue is spoken. */
    public enum Protocol {
        /** RFC 5321. */
        SMTP,
        /** RFC 2033: LHLO, and one reply per recipient behind a message. */
        LMTP
    }

    /** What is done about TLS (RFC 3207). */
    public enum Tls {
        /** Not offered. */
        NONE,
        /** Offered. */
        OFFERED,
        /** Offered; without it nothing but the greeting goes on ({@code 530 5.7.0}). */
        REQUIRED
    }

    /** Copies the list and checks that the names can stand in a greeting. */
    public ReceiveConfig {
        extensions = List.copyOf(extensions);
        if (!serverName.chars().allMatch(c -> c > 0x20 && c < 0x7F) || serverName.isEmpty()) {
            throw new IllegalArgumentException("no server name for a greeting: " + serverName);
        }
    }

    /** Anonymous SMTP with all extensions and without TLS. */
    public static ReceiveConfig smtp(String serverName, String siteName, ReceiveLimits limits) {
        return new ReceiveConfig(
                serverName, siteName, serverName, Protocol.SMTP, limits, Extension.ALL, Tls.NONE, false, false, false);
    }

    /** The same as LMTP. */
    public static ReceiveConfig lmtp(String serverName, String siteName, ReceiveLimits limits) {
        return new ReceiveConfig(
                serverName, siteName, serverName, Protocol.LMTP, limits, Extension.ALL, Tls.NONE, false, false, false);
    }

    /** With the domain that {@code <Postmaster>} stands in. */
    public ReceiveConfig withPostmasterDomain(String domain) {
        return new ReceiveConfig(
                serverName, siteName, domain, protocol, limits, extensions, tls, users, usersInClear, servers);
    }

    /** With STARTTLS. */
    public ReceiveConfig with(Tls other) {
        return new ReceiveConfig(
                serverName,
                siteName,
                postmasterDomain,
                protocol,
                limits,
                extensions,
                other,
                users,
                usersInClear,
                servers);
    }

    /** With these extensions only. */
    public ReceiveConfig with(List<Extension> others) {
        return new ReceiveConfig(
                serverName, siteName, postmasterDomain, protocol, limits, others, tls, users, usersInClear, servers);
    }

    /** With AUTH for users, in clear on loopback if {@code inClear}, and for servers. */
    public ReceiveConfig withAuth(boolean forUsers, boolean inClear, boolean forServers) {
        return new ReceiveConfig(
                serverName,
                siteName,
                postmasterDomain,
                protocol,
                limits,
                extensions,
                tls,
                forUsers,
                inClear,
                forServers);
    }

    boolean offers(Extension extension) {
        return extensions.contains(extension);
    }

    /** Whether it speaks LMTP instead of SMTP. */
    public boolean isLmtp() {
        return protocol == Protocol.LMTP;
    }
}
