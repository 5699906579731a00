package org.bridgehead.render;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.bridgehead.core.topology.Role;
import org.bridgehead.core.topology.Server;
import org.bridgehead.render.draw.Outline;

/** How servers of each role look: told apart by shape and letter, and by colour besides. */
enum ServerSymbol {
    HUB(Role.HUB_TRANSPORT, "H", "hub", "hub transport"),
    EDGE(Role.EDGE_TRANSPORT, "E", "edge", "edge transport"),
    MAILBOX(Role.MAILBOX, "M", "mailbox", "mailbox"),
    CLIENT_ACCESS(Role.CLIENT_ACCESS, "C", "cas", "client access"),
    UNIFIED_MESSAGING(Role.UNIFIED_MESSAGING, "U", "um", "unified messaging"),
    DOMAIN_CONTROLLER(Role.DOMAIN_CONTROLLER, "D", "dc", "domain controller");

    /** Hubs first, as they matter most to mail; then by name. */
    static final Comparator<Server> ORDER =
            Comparator.comparing((Server server) -> of(server).get(0));

    private final Role role;
    private final String letter;
    private final String part;
    private final String meaning;

    ServerSymbol(Role role, String letter, String part, String meaning) {
        this.role = role;
        this.letter = letter;
        this.part = part;
        this.meaning = meaning;
    }

    /** One for each role of a server, in the order above. */
    static List<ServerSymbol> of(Server server) {
        return List.of(values()).stream()
                .filter(symbol -> server.is(symbol.role))
                .toList();
    }

    /** All roles in words. */
    static String roles(Server server) {
        return of(server).stream().map(symbol -> symbol.meaning).collect(Collectors.joining(", "));
    }

    /** The row of the style sheet. */
    String part() {
        return part;
    }

    String letter() {
        return letter;
    }

    /** In words. */
    String meaning() {
        return meaning;
    }

    /** The shape round a centre. */
    Outline outline(double x, double y, double size) {
        double r = size / 2;
        return switch (this) {
            case HUB -> Outline.circle(x, y, r);
            case EDGE -> shield(x, y, r);
            case MAILBOX -> Outline.box(x, y, r * 0.94, r * 0.94, r * 0.2);
            case CLIENT_ACCESS -> Outline.box(x, y, r, r * 0.74, r * 0.74);
            case UNIFIED_MESSAGING ->
                Outline.polygon(
                        x - r,
                        y,
                        x - r * 0.55,
                        y - r * 0.9,
                        x + r * 0.55,
                        y - r * 0.9,
                        x + r,
                        y,
                        x + r * 0.55,
                        y + r * 0.9,
                        x - r * 0.55,
                        y + r * 0.9);
            case DOMAIN_CONTROLLER ->
                Outline.polygon(x, y - r * 1.12, x + r * 1.12, y, x, y + r * 1.12, x - r * 1.12, y);
        };
    }

    private static Outline shield(double x, double y, double r) {
        return Outline.polygon(
                x - r * 0.9,
                y - r * 0.95,
                x + r * 0.9,
                y - r * 0.95,
                x + r * 0.9,
                y + r * 0.2,
                x,
                y + r * 1.1,
                x - r * 0.9,
                y + r * 0.2);
    }
}
