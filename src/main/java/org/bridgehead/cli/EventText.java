package org.bridgehead.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Tracking events for people: server by server, a line an event. One thread. */
final class EventText {
    private static final int CLOCK_AT = 11;

    private final PrintWriter out;
    private final Colors colors;
    private @Nullable String server;

    EventText(Output output) {
        this.out = output.text();
        this.colors = output.colors();
    }

    /** Prints an event, below its server where that is not the one before. */
    void print(Map<String, @Nullable Object> event) {
        String its = event.get("server") + "/" + event.get("internalId");
        if (!its.equals(server)) {
            server = its;
            Object site = event.get("site");
            out.println(colors.name(String.valueOf(event.get("server")))
                    + (Objects.equals(site, "") ? ", edge" : " in " + site)
                    + colors.faint(", hop " + event.get("hop") + ", message " + event.get("internalId") + " there, "
                            + Octets.text(event.get("bytes") instanceof Number bytes ? bytes.longValue() : 0)));
        }
        String time = String.valueOf(event.get("time"));
        String clock =
                time.length() > CLOCK_AT ? time.substring(CLOCK_AT).replaceAll("(\\.\\d{3})\\d*Z$|Z$", "$1") : time;
        String kind = String.valueOf(event.get("event"));
        StringBuilder line = new StringBuilder("  " + colors.faint(clock) + "  " + tone(kind) + "  ");
        if (event.get("recipients") instanceof List<?> recipients) {
            line.append(recipients.isEmpty() ? "" : recipients.get(0));
            line.append(recipients.size() > 1 ? " and " + (recipients.size() - 1) + " more" : "");
        }
        append(line, " > ", event.get("nextHop"));
        append(line, "  ", event.get("status"));
        append(line, "  ", event.get("reason"));
        out.println(line);
    }

    private String tone(String kind) {
        String wide = String.format(Locale.ROOT, "%-8s", kind);
        return switch (kind) {
            case "DELIVER" -> colors.good(wide);
            case "DEFER" -> colors.warning(wide);
            case "FAIL" -> colors.bad(wide);
            default -> wide;
        };
    }

    private static void append(StringBuilder line, String gap, @Nullable Object value) {
        if (value != null && !value.toString().isEmpty()) {
            line.append(gap).append(value);
        }
    }

    /** Prints where a message is now. */
    void printWhere(List<Map<String, @Nullable Object>> where) {
        for (Map<String, @Nullable Object> view : where) {
            Object next = view.get("nextRetryTime");
            Object error = view.get("lastError");
            out.println(colors.warning("now in " + view.get("identity") + ", " + view.get("status"))
                    + (next == null ? "" : ", next try " + next)
                    + (error == null || error.toString().isEmpty() ? "" : ": " + error));
        }
    }
}
