package org.bridgehead.render;

import org.bridgehead.core.topology.SiteLink;

/** Links in words. */
final class LinkText {
    private static final long KILO = 1024;

    private LinkText() {}

    /** What stands on the line: the mail cost, starred when mail has a cost of its own, and the size limit. */
    static String label(SiteLink link) {
        String cost = link.mailCost() + (link.exchangeCost().isPresent() ? "*" : "");
        return link.maxMessageSize().isPresent()
                ? cost + " ≤" + size(link.maxMessageSize().getAsLong())
                : cost;
    }

    /** Everything that matters to mail. */
    static String title(SiteLink link) {
        StringBuilder title = new StringBuilder(link.name() + ": " + String.join(", ", link.sites()));
        title.append(", cost ").append(link.cost());
        link.exchangeCost().ifPresent(cost -> title.append(", for mail ").append(cost));
        link.maxMessageSize()
                .ifPresent(size -> title.append(", messages up to ").append(size(size)));
        return title.toString();
    }

    /** Octets in the largest unit that leaves no fraction. */
    static String size(long octets) {
        String[] units = {"B", "KB", "MB", "GB"};
        int unit = 0;
        long size = octets;
        while (unit < units.length - 1 && size >= KILO && size % KILO == 0) {
            size /= KILO;
            unit++;
        }
        return size + " " + units[unit];
    }
}
