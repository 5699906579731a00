package org.bridgehead.io.ldap.forest;

import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.Entry;
import java.util.List;
import java.util.Optional;

/** Values of attributes as texts, without null. Stateless. */
final class LdapValues {
    private LdapValues() {}

    /** All of them; empty where there is no such attribute. */
    static List<String> of(Entry entry, String attribute) {
        return Optional.ofNullable(entry.getAttribute(attribute))
                .map(Attribute::getValues)
                .map(List::of)
                .orElse(List.of());
    }

    /** The first one that is not blank. */
    static Optional<String> first(Entry entry, String attribute) {
        return of(entry, attribute).stream().filter(text -> !text.isBlank()).findFirst();
    }
}
