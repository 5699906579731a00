package org.bridgehead.io.ldap;

import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.bridgehead.core.directory.ReportTo;
import org.bridgehead.core.directory.Restrictions;
import org.bridgehead.core.topology.Server;
import org.bridgehead.core.topology.Topology;

/**
 * What the Exchange attributes of an entry set: restrictions, limits, reports and the expansion server. Every one of
 * them may be absent. Names of other entries are spelled as these entries are.
 */
final class LdifSettings {
    private static final int KILOBYTE = 1_024;

    private final Topology topology;
    private final UnaryOperator<String> names;

    LdifSettings(Topology topology, UnaryOperator<String> names) {
        this.topology = topology;
        this.names = names;
    }

    /** Persons and groups stand in attributes of their own, and mean the same here. */
    Restrictions restrictions(Entry entry) {
        Restrictions restrictions = new Restrictions(
                named(entry, "authOrig", "dLMemSubmitPerms"),
                named(entry, "unauthOrig", "dLMemRejectPerms"),
                isTrue(entry, "msExchRequireAuthToSendTo"));
        return restrictions.equals(Restrictions.NONE) ? Restrictions.NONE : restrictions;
    }

    private List<String> named(Entry entry, String persons, String groups) {
        return Stream.of(persons, groups)
                .flatMap(attribute -> LdifRecipients.values(entry, attribute).stream())
                .map(names)
                .distinct()
                .toList();
    }

    /** The sender hears unless it is said that it does not; both at once are forbidden, and the sender comes first. */
    ReportTo reportTo(Entry entry) {
        if (!"FALSE".equalsIgnoreCase(entry.getAttributeValue("reportToOriginator"))) {
            return ReportTo.ORIGINATOR;
        }
        return isTrue(entry, "reportToOwner") ? ReportTo.MANAGER : ReportTo.NOBODY;
    }

    Optional<String> manager(Entry entry) {
        return Optional.ofNullable(entry.getAttributeValue("managedBy")).map(names);
    }

    /** The last part of the server's legacy name, {@code /o=…/cn=Servers/cn=EX1}, spelled as in the topology. */
    Optional<String> expansionServer(Entry entry) {
        return Optional.ofNullable(entry.getAttributeValue("msExchExpansionServerName"))
                .map(legacy -> legacy.replaceFirst("(?i)^.*/cn=", ""))
                .map(name -> topology.server(name).map(Server::name).orElse(name));
    }

    static boolean isTrue(Entry entry, String attribute) {
        return "TRUE".equalsIgnoreCase(entry.getAttributeValue(attribute));
    }

    /** A limit that the directory keeps in KB, as octets. */
    static OptionalLong kilobytes(Entry entry, String attribute) throws LDAPException {
        OptionalInt count = count(entry, attribute);
        return count.isPresent() ? OptionalLong.of((long) count.getAsInt() * KILOBYTE) : OptionalLong.empty();
    }

    /** A limit; absent = none. */
    static OptionalInt count(Entry entry, String attribute) throws LDAPException {
        String text = entry.getAttributeValue(attribute);
        if (text == null) {
            return OptionalInt.empty();
        }
        if (!text.matches("[1-9][0-9]{0,8}")) {
            throw LdifEntryReader.wrong("its " + attribute + " is no limit above zero: " + text);
        }
        return OptionalInt.of(Integer.parseInt(text));
    }
}
