package org.bridgehead.core.topology;

import java.util.regex.Pattern;

/** Whether texts are names or addresses of hosts and domains. Only the syntax; asks no name server. Stateless. */
public final class HostNames {
    private static final int LONGEST = 255;
    private static final Pattern LABEL =
            Pattern.compile("[\\p{L}\\p{N}_](?:[\\p{L}\\p{M}\\p{N}_-]{0,61}[\\p{L}\\p{M}\\p{N}_])?");
    private static final Pattern IPV4 =
            Pattern.compile("(?:(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)\\.){3}(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)");

    private HostNames() {}

    /** Whether the text is an IPv4 or IPv6 address, without brackets. */
    public static boolean isAddress(String text) {
        return IPV4.matcher(text).matches()
                || (text.indexOf(':') >= 0 && IpAddress.parse(text).isPresent());
    }

    /** Whether the text is a domain name: labels of letters, digits, hyphens (and underscores), in any script. */
    public static boolean isDomain(String text) {
        if (text.length() > LONGEST) {
            return false;
        }
        for (String label : text.split("\\.", -1)) {
            if (!LABEL.matcher(label).matches()) {
                return false;
            }
        }
        return true;
    }

    /** A domain, or {@code *.} and a domain. */
    public static boolean isDomainPattern(String text) {
        return isDomain(text.startsWith("*.") ? text.substring(2) : text);
    }
}
