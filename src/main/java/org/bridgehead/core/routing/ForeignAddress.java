package org.bridgehead.core.routing;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.topology.AddressSpace;
import org.bridgehead.core.topology.Names;

/**
 * An address as connectors see it: a type and what their patterns are held against.
 *
 * @param type upper case, {@code SMTP} for plain addresses
 * @param value the domain in lower case for SMTP, else the address in its own notation
 */
record ForeignAddress(String type, String value) {
    private static final String SMTP = "SMTP";
    private static final String PREFIX = "IMCEA";
    private static final Pattern ENCAPSULATED = Pattern.compile("(?i)IMCEA([A-Z0-9]+)-(.+)");
    private static final Pattern ESCAPE = Pattern.compile("\\+([0-9A-Fa-f]{2})");

    /**
     * Reads an address. {@code IMCEATYPE-value@domain} in the organisation's default domain stands for a foreign
     * address (BEHAVIOUR 2.2): {@code _} for a slash, {@code +xx} for other characters.
     */
    static ForeignAddress of(EmailAddress address, String defaultDomain) {
        if (!address.toString().regionMatches(true, 0, PREFIX, 0, PREFIX.length())) {
            return new ForeignAddress(SMTP, address.domain().toLowerCase(Locale.ROOT));
        }
        Matcher matcher = ENCAPSULATED.matcher(address.localPart());
        if (!matcher.matches() || !Names.same(address.domain(), defaultDomain)) {
            return new ForeignAddress(SMTP, address.domain().toLowerCase(Locale.ROOT));
        }
        String value = ESCAPE.matcher(matcher.group(2).replace('_', '/'))
                .replaceAll(hex -> Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(hex.group(1), 16))));
        return new ForeignAddress(matcher.group(1).toUpperCase(Locale.ROOT), value);
    }

    boolean isSmtp() {
        return type.equals(SMTP);
    }

    /**
     * How closely an address space fits: 0 = not at all; an exact one beats any wildcard, a longer wildcard a shorter
     * one. {@code *.example.test} covers {@code example.test} too (BEHAVIOUR 12, W16).
     */
    int fit(AddressSpace space) {
        String pattern = space.pattern();
        if (!space.type().equalsIgnoreCase(type)) {
            return 0;
        }
        if (pattern.equalsIgnoreCase(value)) {
            return Integer.MAX_VALUE;
        }
        return pattern.equals("*") || covers(pattern.toLowerCase(Locale.ROOT)) ? pattern.length() : 0;
    }

    private boolean covers(String pattern) {
        if (isSmtp()) {
            return pattern.startsWith("*.")
                    && (value.equals(pattern.substring(2)) || value.endsWith(pattern.substring(1)));
        }
        return pattern.endsWith("*")
                && value.toLowerCase(Locale.ROOT).startsWith(pattern.substring(0, pattern.length() - 1));
    }
}
