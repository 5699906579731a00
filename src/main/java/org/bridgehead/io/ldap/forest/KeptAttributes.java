package org.bridgehead.io.ldap.forest;

import com.unboundid.ldap.sdk.Filter;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import org.bridgehead.core.topology.Names;

/**
 * Which of the many attributes of a person are worth a line of a topology file: those that filters of dynamic groups
 * ask for, and a few that such filters are usually written with. One thread.
 */
final class KeptAttributes {
    /** What a recipient shows filters without writing it, or what stands elsewhere in a topology file. */
    static final List<String> NEVER = List.of(
            "objectClass",
            "objectCategory",
            "cn",
            "name",
            "mail",
            "proxyAddresses",
            "targetAddress",
            "homeMDB",
            "member",
            "uniqueMember",
            "userPassword",
            "unicodePwd",
            "msExchDynamicDLFilter",
            "msExchDynamicDLBaseDN");

    /** The same, as long as it is the recipient's name. */
    private static final List<String> NAMES = List.of("displayName", "mailNickname", "sAMAccountName");

    private static final List<String> USUAL = List.of(
            "department",
            "company",
            "division",
            "title",
            "employeeType",
            "l",
            "st",
            "c",
            "co",
            "physicalDeliveryOfficeName");

    private static final int MOST_EXTENSIONS = 15;
    private static final int LONGEST = 4_096;

    private final SortedSet<String> kept = Names.set();

    KeptAttributes() {
        kept.addAll(USUAL);
        for (int i = 1; i <= MOST_EXTENSIONS; i++) {
            kept.add("extensionAttribute" + i);
        }
    }

    /** Keeps what a filter asks for. */
    void askedBy(Filter filter) {
        for (Filter part : filter.getComponents()) {
            askedBy(part);
        }
        if (filter.getNOTComponent() != null) {
            askedBy(filter.getNOTComponent());
        }
        String attribute = filter.getAttributeName();
        if (attribute != null
                && attribute.matches("[A-Za-z][A-Za-z0-9-]*")
                && NEVER.stream().noneMatch(never -> Names.same(never, attribute))) {
            kept.add(attribute);
        }
    }

    /** Those of an object that is called {@code name} in the topology. */
    SortedMap<String, List<String>> of(ForestObject object, String name) {
        SortedMap<String, List<String>> attributes = Names.map();
        for (String attribute : kept) {
            List<String> values = object.values(attribute).stream()
                    .filter(value -> !value.isBlank() && value.length() <= LONGEST)
                    .toList();
            boolean silent =
                    NAMES.stream().anyMatch(known -> Names.same(known, attribute)) && values.equals(List.of(name));
            if (!values.isEmpty() && !silent) {
                attributes.put(attribute, values);
            }
        }
        return Collections.unmodifiableSortedMap(attributes);
    }

    /** All of them, for asking a server. */
    SortedSet<String> names() {
        return kept;
    }
}
