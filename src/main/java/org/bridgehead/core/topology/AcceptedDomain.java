package org.bridgehead.core.topology;

/**
 * A domain the organisation takes mail for.
 *
 * @param name lower case; {@code *.example.test} covers subdomains
 * @param type what acceptance means
 */
public record AcceptedDomain(String name, Type type) {
    /** Kinds of accepted domain. */
    public enum Type {
        /** All recipients are in the directory; others are unknown. */
        AUTHORITATIVE("authoritative"),
        /** Recipients not in the directory are sent on by a connector. */
        INTERNAL_RELAY("internalRelay"),
        /** Relayed at the edge to another mail system. */
        EXTERNAL_RELAY("externalRelay");

        private final String keyword;

        Type(String keyword) {
            this.keyword = keyword;
        }

        /** The word in the topology file. */
        public String keyword() {
            return keyword;
        }
    }

    /** Whether an address in {@code domain} (any case) falls under this entry. */
    public boolean covers(String domain) {
        if (name.startsWith("*.")) {
            String suffix = name.substring(1);
            return domain.length() > suffix.length()
                    && domain.regionMatches(true, domain.length() - suffix.length(), suffix, 0, suffix.length());
        }
        return name.equalsIgnoreCase(domain);
    }
}
