package org.bridgehead.engine;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.bridgehead.core.smtp.TraceHeaders;

/** Reads the way of a message from the Received fields that servers of this product prepended to it. */
public final class ReceivedTrace {
    private static final String FIELD = "Received:";

    private ReceivedTrace() {}

    /** Servers in the order in which they handled the message. */
    public static List<String> servers(byte[] message) {
        return stops(message).stream().map(TraceHeaders.Stop::server).toList();
    }

    /** Their sites in that order, equal neighbours once; an edge has none. */
    public static List<String> sites(byte[] message) {
        List<String> sites = new ArrayList<>();
        for (TraceHeaders.Stop stop : stops(message)) {
            if (!stop.site().isEmpty()
                    && (sites.isEmpty() || !sites.get(sites.size() - 1).equals(stop.site()))) {
                sites.add(stop.site());
            }
        }
        return sites;
    }

    private static List<TraceHeaders.Stop> stops(byte[] message) {
        List<TraceHeaders.Stop> found = new ArrayList<>();
        for (String field : prepended(message)) {
            if (field.regionMatches(true, 0, FIELD, 0, FIELD.length())) {
                TraceHeaders.stop(field.substring(FIELD.length())).ifPresent(found::add);
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
