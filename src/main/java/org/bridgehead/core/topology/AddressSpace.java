package org.bridgehead.core.topology;

import java.util.Locale;
import java.util.Optional;

/**
 * What a connector carries, written {@code TYPE:SPACE;COST} (BEHAVIOUR 1.8.2).
 *
 * @param type address type in upper case, {@code SMTP} when not given
 * @param pattern {@code *}, {@code *.example.test} or a domain, lower case
 * @param cost 1 to 100, 1 by default
 */
public record AddressSpace(String type, String pattern, int cost) {
    /** Checks the range. */
    public AddressSpace {
        if (cost < 1 || cost > 100) {
            throw new IllegalArgumentException("the cost of an address space is 1 to 100: " + cost);
        }
    }

    /** Reads {@code TYPE:SPACE;COST} with type SMTP and cost 1 when not written; empty for any other text. */
    public static Optional<AddressSpace> parse(String text) {
        int colon = text.indexOf(':');
        int semicolon = text.lastIndexOf(';');
        String type = colon < 0 ? "SMTP" : text.substring(0, colon).strip().toUpperCase(Locale.ROOT);
        String rest = text.substring(colon + 1, semicolon > colon ? semicolon : text.length());
        String cost = semicolon > colon ? text.substring(semicolon + 1).strip() : "1";
        String pattern = rest.strip().toLowerCase(Locale.ROOT);
        boolean good = type.matches("[A-Z0-9][A-Z0-9._-]*") && cost.matches("\\d{1,3}") && !pattern.isEmpty();
        if (good && type.equals("SMTP")) {
            good = pattern.equals("*") || HostNames.isDomainPattern(pattern);
        }
        int units = good ? Integer.parseInt(cost) : 0;
        return units >= 1 && units <= 100 ? Optional.of(new AddressSpace(type, pattern, units)) : Optional.empty();
    }

    @Override
    public String toString() {
        return type + ":" + pattern + ";" + cost;
    }
}
