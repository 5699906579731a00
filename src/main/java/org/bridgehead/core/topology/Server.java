package org.bridgehead.core.topology;

import java.util.List;
import java.util.Optional;

/**
 * A server and its roles.
 *
 * @param name unique ignoring case
 * @param site the site it stands in; empty for an edge, which stands in none
 * @param roles at least one
 * @param smtp where hub and edge listen
 * @param subscribedSite for an edge: the site it is subscribed to (BEHAVIOUR 6)
 * @param ldap for a domain controller: its URL
 * @param mailbox present exactly when {@link Role#MAILBOX} is among the roles
 * @param certificate for a hub or edge: its own; empty = the organisation's
 */
public record Server(
        String name,
        Optional<String> site,
        List<Role> roles,
        HostPort smtp,
        Optional<String> subscribedSite,
        Optional<String> ldap,
        Optional<MailboxRole> mailbox,
        Optional<CertificateFiles> certificate) {
    /** Copies the list and checks that roles and parts agree. */
    public Server {
        roles = List.copyOf(roles);
        if (roles.isEmpty()) {
            throw new IllegalArgumentException("server " + name + " has no role");
        }
        if (roles.contains(Role.MAILBOX) != mailbox.isPresent()) {
            throw new IllegalArgumentException("server " + name + ": mailbox role and mailbox settings go together");
        }
    }

    /** Without a certificate of its own. */
    public Server(
            String name,
            Optional<String> site,
            List<Role> roles,
            HostPort smtp,
            Optional<String> subscribedSite,
            Optional<String> ldap,
            Optional<MailboxRole> mailbox) {
        this(name, site, roles, smtp, subscribedSite, ldap, mailbox, Optional.empty());
    }

    /**
     * A domain controller.
     *
     * @param ldap its address, {@code ldap://host:port}
     */
    public static Server domainController(String name, String site, String ldap) {
        return new Server(
                name,
                Optional.of(site),
                List.of(Role.DOMAIN_CONTROLLER),
                HostPort.LOOPBACK,
                Optional.empty(),
                Optional.of(ldap),
                Optional.empty());
    }

    /** A hub with default settings. */
    public static Server hub(String name, String site) {
        return new Server(
                name,
                Optional.of(site),
                List.of(Role.HUB_TRANSPORT),
                HostPort.LOOPBACK,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** A stand-alone mailbox server with one node of its own name and one storage group {@code SG1/DB1}. */
    public static Server mailbox(String name, String site) {
        return new Server(
                name,
                Optional.of(site),
                List.of(Role.MAILBOX),
                HostPort.LOOPBACK,
                Optional.empty(),
                Optional.empty(),
                Optional.of(MailboxRole.standalone(name)));
    }

    /** An edge subscribed to {@code site}. */
    public static Server edge(String name, String site) {
        return new Server(
                name,
                Optional.empty(),
                List.of(Role.EDGE_TRANSPORT),
                HostPort.LOOPBACK,
                Optional.of(site),
                Optional.empty(),
                Optional.empty());
    }

    /** Whether {@code role} is among its roles. */
    public boolean is(Role role) {
        return roles.contains(role);
    }
}
