package org.bridgehead.io.ldap.forest;

import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bridgehead.core.topology.Guesses;
import org.bridgehead.core.topology.HostNames;
import org.bridgehead.core.topology.HostPort;
import org.bridgehead.core.topology.MailboxNode;
import org.bridgehead.core.topology.MailboxRole;
import org.bridgehead.core.topology.MailboxRole.MountDial;
import org.bridgehead.core.topology.MailboxRole.Replication;
import org.bridgehead.core.topology.Role;
import org.bridgehead.core.topology.Server;
import org.bridgehead.io.ldap.LdifRecipients;

/**
 * Makes servers of the forest's domain controllers and Exchange servers. The bits of roles are those of 2007 and later
 * (AD.md 2); from 2013 on the mailbox role carries mail too. One thread.
 */
final class ServerMaker {
    private static final String ROLES = "msExchCurrentServerRoles";
    private static final Pattern VERSION = Pattern.compile("(?i)version (\\d{1,3})\\..*");
    /** The first version in which mailbox servers are hubs. */
    private static final int YEAR_2013 = 15;

    private static final int LDAP_PORT = 389;

    private final Forest forest;
    private final SiteMaker sites;
    private final ServerNames names;
    private final StoreMaker stores;
    private final String fallbackSite;
    private final Guesses<String> guesses;
    private final Map<String, Draft> drafts = new LinkedHashMap<>();

    private static final class Draft {
        private final Set<Role> roles = EnumSet.noneOf(Role.class);
        private Optional<String> site = Optional.empty();
        private Optional<String> ldap = Optional.empty();
    }

    /** With {@code fallbackSite} for servers of which nobody knows where they stand. */
    ServerMaker(Forest forest, SiteMaker sites, StoreMaker stores, ServerNames names, String fallbackSite) {
        this.forest = forest;
        this.sites = sites;
        this.stores = stores;
        this.names = names;
        this.fallbackSite = fallbackSite;
        this.guesses = forest.guesses();
    }

    /** All servers in the order of the forest, domain controllers first. */
    List<Server> servers() {
        domainControllers();
        forest.all(Kind.EXCHANGE_SERVER).forEach(this::exchange);
        return drafts.entrySet().stream()
                .map(draft -> server(draft.getKey(), draft.getValue()))
                .toList();
    }

    private Draft draft(ForestObject object) {
        return drafts.computeIfAbsent(names.of(object), name -> new Draft());
    }

    private void domainControllers() {
        Set<String> services = new TreeSet<>();
        forest.all(Kind.DIRECTORY_SERVICE).forEach(service -> services.add(key(service.above(1))));
        for (ForestObject object : forest.all(Kind.SERVER)) {
            Optional<String> site = sites.name(object.above(2));
            if (!services.isEmpty() && !services.contains(key(object.dn()))) {
                guesses.add(
                        "servers without NTDS Settings are no domain controllers and left out",
                        object.dn(),
                        object.name(0));
            } else if (site.isEmpty()) {
                guesses.add("domain controllers of unknown sites are left out", object.dn(), object.name(0));
            } else {
                domainController(object, site);
            }
            if (services.isEmpty()) {
                guesses.add(
                        "no NTDS Settings were exported, so each server of a site counts as a domain controller",
                        object.dn(),
                        object.name(0));
            }
        }
    }

    private void domainController(ForestObject object, Optional<String> site) {
        Draft draft = draft(object);
        draft.roles.add(Role.DOMAIN_CONTROLLER);
        draft.site = site;
        draft.ldap = object.value("dNSHostName")
                .filter(host -> HostNames.isDomain(host) || HostNames.isAddress(host))
                .map(host -> "ldap://" + new HostPort(host, LDAP_PORT));
        if (draft.ldap.isEmpty()) {
            guesses.add("domain controllers without a dNSHostName cannot be asked", object.dn(), object.name(0));
        }
    }

    private void exchange(ForestObject object) {
        Draft draft = draft(object);
        draft.roles.addAll(roles(object));
        if (draft.roles.contains(Role.EDGE_TRANSPORT) && draft.roles.size() > 1) {
            guesses.add("an edge has no other role", object.dn(), object.name(0) + " was " + draft.roles);
            draft.roles.retainAll(EnumSet.of(Role.EDGE_TRANSPORT));
            draft.ldap = Optional.empty();
        }
        Optional<String> site = object.value("msExchServerSite").flatMap(sites::name);
        boolean edge = draft.roles.contains(Role.EDGE_TRANSPORT);
        draft.site = (edge ? site : draft.site.or(() -> site)).or(() -> edge ? Optional.empty() : placed(object));
    }

    private Optional<String> placed(ForestObject object) {
        guesses.add(
                "servers of no known site are put into " + fallbackSite + ", the one with the most links",
                object.dn(),
                object.name(0));
        return Optional.of(fallbackSite);
    }

    private Set<Role> roles(ForestObject object) {
        Optional<Long> written = object.number(ROLES);
        long bits = written.orElse(0L);
        Set<Role> roles = EnumSet.noneOf(Role.class);
        add(roles, bits & 32, Role.HUB_TRANSPORT);
        add(roles, bits & 64, Role.EDGE_TRANSPORT);
        add(roles, bits & 2, Role.MAILBOX);
        add(roles, bits & (4 | 1), Role.CLIENT_ACCESS);
        add(roles, bits & 16, Role.UNIFIED_MESSAGING);
        if (version(object) >= YEAR_2013 && roles.contains(Role.MAILBOX)) {
            roles.add(Role.HUB_TRANSPORT);
        }
        if (roles.isEmpty()) {
            roles.add(Role.HUB_TRANSPORT);
            add(roles, stores.has(names.of(object)) ? 1 : 0, Role.MAILBOX);
            guesses.add(
                    "servers that say no role are hubs, and mailbox servers if they hold a database",
                    object.dn(),
                    object.name(0));
        }
        if (stores.has(names.of(object)) && roles.add(Role.MAILBOX)) {
            guesses.add("servers with databases are mailbox servers", object.dn(), object.name(0));
        }
        return roles;
    }

    private static void add(Set<Role> roles, long bits, Role role) {
        if (bits != 0) {
            roles.add(role);
        }
    }

    private static int version(ForestObject object) {
        Matcher version = VERSION.matcher(object.value("serialNumber").orElse(""));
        return version.matches() ? Integer.parseInt(version.group(1)) : 0;
    }

    private Server server(String name, Draft draft) {
        boolean edge = draft.roles.contains(Role.EDGE_TRANSPORT);
        Optional<MailboxRole> mailbox = draft.roles.contains(Role.MAILBOX)
                ? Optional.of(new MailboxRole(
                        Replication.NONE,
                        List.of(MailboxNode.embedded(name)),
                        Optional.empty(),
                        MountDial.BEST_AVAILABILITY,
                        stores.groups(name)))
                : Optional.empty();
        return new Server(
                name,
                draft.site.filter(site -> !edge),
                List.copyOf(draft.roles),
                HostPort.LOOPBACK,
                draft.site.filter(site -> edge),
                draft.ldap,
                mailbox);
    }

    private static String key(String dn) {
        return LdifRecipients.key(dn);
    }
}
