package org.bridgehead.io.ldap.forest;

import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.RDN;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bridgehead.io.ldap.LdifRecipients;

/** The entries of a forest that is written, each behind the one it stands in. One thread. */
final class LdifTree {
    private final List<Entry> entries = new ArrayList<>();
    private final Map<String, String> names = new LinkedHashMap<>();

    /** The root: the domain of that DNS name. */
    DN domain(String name) {
        String[] labels = name.split("\\.");
        RDN[] path = new RDN[labels.length];
        for (int i = 0; i < labels.length; i++) {
            path[i] = new RDN("DC", labels[i]);
        }
        DN dn = new DN(path);
        put(dn, name, List.of("top", "domain", "domainDNS"), new Attribute("dc", labels[0]));
        return dn;
    }

    /**
     * A common name below another object.
     *
     * @throws IllegalArgumentException when Active Directory cannot tell it from another there
     */
    DN add(DN parent, String name, String objectClass, Attribute... attributes) {
        return add(parent, name, List.of("top", objectClass), attributes);
    }

    /** As {@link #add(DN, String, String, Attribute...)}, with all its classes. */
    DN add(DN parent, String name, List<String> classes, Attribute... attributes) {
        DN dn = new DN(new RDN("CN", name), parent);
        Entry entry = put(dn, name, classes, new Attribute("cn", name));
        for (Attribute attribute : attributes) {
            entry.addAttribute(attribute);
        }
        return dn;
    }

    /** An organizational unit. */
    DN unit(DN parent, String name) {
        DN dn = new DN(new RDN("OU", name), parent);
        put(dn, name, List.of("top", "organizationalUnit"), new Attribute("ou", name));
        return dn;
    }

    private Entry put(DN dn, String name, List<String> classes, Attribute naming) {
        String other = names.putIfAbsent(LdifRecipients.key(dn.toString()), name);
        if (other != null) {
            throw new IllegalArgumentException("Active Directory cannot tell \"" + name + "\" from \"" + other
                    + "\" at " + dn.getParentString() + ": rename one");
        }
        Entry entry = new Entry(dn, new Attribute("objectClass", classes), naming);
        entries.add(entry);
        return entry;
    }

    /** All entries in the order in which they were added. */
    List<Entry> entries() {
        return entries;
    }
}
