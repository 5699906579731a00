package org.bridgehead.io.ldap.forest;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.RDN;
import java.util.List;
import java.util.Optional;
import org.bridgehead.core.topology.Names;

/** An object of the forest. Attribute names in any letter case. Immutable, as long as nobody changes the entry. */
final class ForestObject {
    private final Entry entry;

    ForestObject(Entry entry) {
        this.entry = entry;
    }

    /** Taken apart whenever it is asked for: kept, the names of all people take more room than all they have. */
    private List<RDN> path() {
        try {
            return List.of(new DN(entry.getDN()).getRDNs());
        } catch (LDAPException e) {
            // Such a name says nothing about where the object stands; it can still be referred to by its text.
            return List.of();
        }
    }

    /** As it was read. */
    Entry entry() {
        return entry;
    }

    /** Its distinguished name as it was written. */
    String dn() {
        return entry.getDN();
    }

    /** The names from its own upwards. */
    int depth() {
        return path().size();
    }

    /** Its own name (0) or that of an object above it; empty where there is none. */
    String name(int level) {
        List<RDN> path = path();
        return level < path.size() ? path.get(level).getAttributeValues()[0] : "";
    }

    /** Whether the object so far above it has that name. */
    boolean isUnder(int level, String name) {
        return Names.same(name(level), name);
    }

    /** The distinguished name of an object above it; empty where there is none. */
    String above(int levels) {
        List<RDN> path = path();
        return levels >= path.size()
                ? ""
                : new DN(path.subList(levels, path.size()).toArray(RDN[]::new)).toString();
    }

    /** Whether it belongs to a class; false where the classes were not exported. */
    boolean isA(String objectClass) {
        return entry.hasObjectClass(objectClass);
    }

    /** Whether it does not say what it is. */
    boolean isUnclassified() {
        return !entry.hasAttribute("objectClass");
    }

    boolean has(String attribute) {
        return entry.hasAttribute(attribute);
    }

    /** The first value that is not blank. */
    Optional<String> value(String attribute) {
        return LdapValues.first(entry, attribute);
    }

    /** All values as text. */
    List<String> values(String attribute) {
        return LdapValues.of(entry, attribute);
    }

    /** A number; empty when it is none. */
    Optional<Long> number(String attribute) {
        return value(attribute)
                .map(String::strip)
                .filter(text -> text.matches("-?\\d{1,18}"))
                .map(Long::valueOf);
    }

    /** A truth value; empty when nothing is said. */
    Optional<Boolean> flag(String attribute) {
        return value(attribute).map(text -> text.strip().equalsIgnoreCase("TRUE"));
    }
}
