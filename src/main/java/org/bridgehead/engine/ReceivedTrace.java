package org.bridgehead.engine;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the way of a message from the Received fields that servers of this product prepended to it. */
public final class ReceivedTrace {
    private static final Pattern OURS =
            Pattern.compile("\\bby\\s+(\\S+)\\s+\\(Bridgehead(?:;\\s*site\\s+([^)]*))?\\)", Pattern.CASE_INSENSITIVE);

    private ReceivedTrace() {}

    /** Servers in the order in which they handled the message. */
    public static List<String> servers(byte[] message) {
        return collect(message, 1);
    }

    /** Their sites in that order, equal neighbours once; an edge has none. */
    public static List<String> sites(byte[] message) {
        List<String> sites = new ArrayList<>();
        for (String site : collect(message, 2)) {
            if (!site.isEmpty()
                    && (sites.isEmpty() || !sites.get(sites.size() - 1).equals(site))) {
                sites.add(site);
            }
        }
        return sites;
    }

    private static List<String> collect(byte[] message, int group) {
        List<String> found = new ArrayList<>();
        for (String field : prepended(message)) {
            Matcher matcher = OURS.matcher(field);
            if (field.regionMatches(true, 0, "Received:", 0, 9) && matcher.find()) {
                found.add(
                        matcher.group(group) == null ? "" : matcher.group(group).strip());
            }
        }
        Collections.reverse(found);
        return found;
    }

    /** The unfolded header fields from the top. */
    private static List<String> prepended(byte[] message) {
        List<String> fields = new ArrayList<>();
        for (String line : new String(message, StandardCharsets.ISO_8859_1).split("\r\n", -1)) {
            if (line.isEmpty()) {
                return fields;
            }
            if ((line.charAt(0) == ' ' || line.charAt(0) == '\t') && !fields.isEmpty()) {
                fields.set(fields.size() - 1, fields.get(fields.size() - 1) + line);
            } else {
                fields.add(line);
            }
        }
        return fields;
    }
}
