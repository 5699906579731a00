package org.bridgehead.io.config;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SortedMap;
import org.bridgehead.core.directory.DirectoryEntry;
import org.bridgehead.core.directory.DirectoryEntry.Contact;
import org.bridgehead.core.directory.DirectoryEntry.DistributionGroup;
import org.bridgehead.core.directory.DirectoryEntry.DynamicDistributionGroup;
import org.bridgehead.core.directory.DirectoryEntry.Mailbox;
import org.bridgehead.core.directory.LdapSyntax;
import org.bridgehead.core.directory.RecipientDefinition;
import org.bridgehead.core.directory.ReportTo;
import org.bridgehead.core.directory.Restrictions;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.topology.DatabaseRef;
import org.bridgehead.core.topology.NameRule;
import org.bridgehead.core.topology.Names;
import org.bridgehead.core.topology.Settings;
import org.bridgehead.core.topology.StorageGroup;

/** The recipients of a topology file. */
final class RecipientReader {
    private static final int MANY = 1_000_000_000;
    private static final String ATTRIBUTE = "[A-Za-z][A-Za-z0-9-]*";

    private final ServerReader servers;
    private final RecipientNames names;

    RecipientReader(Settings settings, ServerReader servers, boolean othersElsewhere) {
        this.servers = servers;
        this.names = new RecipientNames(settings, othersElsewhere);
    }

    /** All recipients in file order. */
    List<RecipientDefinition> read(YamlValue value) {
        Map<String, YamlMap> maps = new LinkedHashMap<>();
        for (YamlEntry entry : value.named("recipients")) {
            entry.obey(NameRule.ANY, value.problems());
            names.add(entry.name());
            entry.value().map(Shape.RECIPIENT).ifPresent(map -> maps.put(entry.name(), map));
        }
        Map<String, List<EmailAddress>> addresses = new LinkedHashMap<>();
        maps.forEach((name, map) -> addresses.put(name, names.addresses(name, map)));
        List<RecipientDefinition> recipients = new ArrayList<>();
        maps.forEach((name, map) ->
                recipient(name, addresses.getOrDefault(name, List.of()), map).ifPresent(recipients::add));
        return recipients;
    }

    private Optional<RecipientDefinition> recipient(String name, List<EmailAddress> addresses, YamlMap map) {
        Optional<RecipientType> type = map.require("type", "mailbox")
                .flatMap(v -> v.oneOf(List.of(RecipientType.values()), RecipientType::keyword));
        if (type.isEmpty()) {
            return Optional.empty();
        }
        map.forbid(
                type.get().foreignKeys(),
                "a " + type.get().keyword() + " has no such setting",
                "remove it, or change the type");
        SortedMap<String, List<String>> attributes =
                map.get("attributes").map(RecipientReader::attributes).orElse(Names.map());
        Optional<String> password = map.get("password").flatMap(v -> v.text("a password"));
        List<String> members = type.get() == RecipientType.GROUP
                ? map.require("members", "[anna]")
                        .map(v -> v.list("members", names::reference))
                        .orElse(List.of())
                : List.of();
        return entry(type.get(), name, addresses, map)
                .filter(entry -> !addresses.isEmpty())
                .map(entry -> new RecipientDefinition(
                        entry, members, password, Collections.unmodifiableSortedMap(attributes)));
    }

    private Optional<? extends DirectoryEntry> entry(
            RecipientType type, String name, List<EmailAddress> addresses, YamlMap map) {
        return switch (type) {
            case MAILBOX -> mailbox(name, addresses, map);
            case GROUP ->
                Optional.of(new DistributionGroup(
                        name, addresses, expansionServer(map), reportTo(map), manager(map), restrictions(map)));
            case DYNAMIC_GROUP -> dynamicGroup(name, addresses, map);
            case CONTACT -> contact(name, addresses, map);
        };
    }

    private Optional<Mailbox> mailbox(String name, List<EmailAddress> addresses, YamlMap map) {
        Optional<DatabaseRef> database =
                map.require("database", "BER-MBX1/SG1/DB1").flatMap(this::database);
        Optional<EmailAddress> forward = map.get("forwardTo").flatMap(names::address);
        boolean both = map.get("deliverAndForward").flatMap(YamlValue::bool).orElse(false);
        if (both && map.get("forwardTo").isEmpty()) {
            map.forbid(List.of("deliverAndForward"), "there is no forwardTo", "write forwardTo: name@domain");
        }
        OptionalLong receives = size(map, "maxReceiveSize");
        OptionalLong sends = size(map, "maxSendSize");
        OptionalInt most = SiteReader.asInt(map.get("maxRecipients").flatMap(v -> v.integer(1, MANY)));
        Restrictions restrictions = restrictions(map);
        return database.map(db -> new Mailbox(name, addresses, db, forward, both, receives, sends, most, restrictions));
    }

    private static OptionalLong size(YamlMap map, String key) {
        return SiteReader.asLong(map.get(key).flatMap(v -> v.size(1)));
    }

    private Optional<DynamicDistributionGroup> dynamicGroup(String name, List<EmailAddress> addresses, YamlMap map) {
        Optional<String> filter =
                map.require("filter", "\"(department=Sales)\"").flatMap(RecipientReader::filter);
        Optional<String> server = expansionServer(map);
        ReportTo reportTo = reportTo(map);
        Optional<String> manager = manager(map);
        Restrictions restrictions = restrictions(map);
        return filter.map(
                f -> new DynamicDistributionGroup(name, addresses, f, server, reportTo, manager, restrictions));
    }

    private Optional<Contact> contact(String name, List<EmailAddress> addresses, YamlMap map) {
        Optional<EmailAddress> target =
                map.require("target", name + "@example.test").flatMap(names::address);
        target.filter(addresses::contains)
                .ifPresent(t -> map.get("target")
                        .ifPresent(v -> v.error("the contact points at itself", "name an address outside")));
        Restrictions restrictions = restrictions(map);
        return target.map(t -> new Contact(name, addresses, t, restrictions));
    }

    private static Optional<String> filter(YamlValue value) {
        return value.parsed(
                "an LDAP filter (RFC 4515) such as \"(department=Sales)\"",
                text -> Optional.of(text).filter(LdapSyntax::isFilter));
    }

    private Optional<String> expansionServer(YamlMap map) {
        return map.get("expansionServer").flatMap(servers::hub);
    }

    private Restrictions restrictions(YamlMap map) {
        Restrictions restrictions = new Restrictions(
                senders(map, "acceptFrom"),
                senders(map, "rejectFrom"),
                map.get("authenticatedOnly").flatMap(YamlValue::bool).orElse(false));
        return restrictions.equals(Restrictions.NONE) ? Restrictions.NONE : restrictions;
    }

    private List<String> senders(YamlMap map, String key) {
        return map.get(key).map(v -> v.list("senders", names::reference)).orElse(List.of());
    }

    private static ReportTo reportTo(YamlMap map) {
        ReportTo to = map.get("reportTo")
                .flatMap(v -> v.oneOf(List.of(ReportTo.values()), RecipientReader::keyword))
                .orElse(ReportTo.ORIGINATOR);
        if (to == ReportTo.MANAGER) {
            map.require("manager", "anna");
        }
        return to;
    }

    /** The word in the topology file. */
    static String keyword(ReportTo to) {
        return to.name().toLowerCase(Locale.ROOT);
    }

    private Optional<String> manager(YamlMap map) {
        return map.get("manager").flatMap(names::reference);
    }

    private Optional<DatabaseRef> database(YamlValue value) {
        Optional<DatabaseRef> written =
                value.parsed("SERVER/GROUP/DATABASE such as BER-MBX1/SG1/DB1", Notation::database);
        Optional<String> server = written.flatMap(db -> servers.known().resolve(value, db.server()));
        if (written.isEmpty() || server.isEmpty()) {
            return Optional.empty();
        }
        var role = servers.mailboxes().get(server.get());
        if (role == null) {
            value.error(server.get() + " is no mailbox server", "name one, or give it the role mailbox");
            return Optional.empty();
        }
        Known groups = new Known("storage group of " + server.get());
        role.storageGroups().forEach(group -> groups.add(group.name()));
        Optional<StorageGroup> group = groups.resolve(value, written.get().storageGroup())
                .flatMap(name -> role.storageGroups().stream()
                        .filter(g -> Names.same(g.name(), name))
                        .findFirst());
        return group.flatMap(g -> {
            Known databases = new Known("database in " + server.get() + "/" + g.name());
            g.databases().forEach(databases::add);
            return databases
                    .resolve(value, written.get().database())
                    .map(db -> new DatabaseRef(server.get(), g.name(), db));
        });
    }

    private static SortedMap<String, List<String>> attributes(YamlValue value) {
        SortedMap<String, List<String>> attributes = Names.map();
        for (YamlEntry entry : value.named("LDAP attributes")) {
            if (!entry.name().matches(ATTRIBUTE)) {
                value.problems().error(entry.place(), "not the name of an LDAP attribute", "write department: Sales");
            }
            List<String> values = entry.value().isList()
                    ? entry.value().list("values", item -> item.text("a value"))
                    : entry.value()
                            .text("a value or a list of values")
                            .map(List::of)
                            .orElse(List.of());
            attributes.put(entry.name(), values);
        }
        return attributes;
    }
}
