package org.bridgehead.io.config;

import java.util.List;
import java.util.stream.Stream;

/** Types of recipient and the keys that only they have. */
enum RecipientType {
    /** A user's mailbox. */
    MAILBOX(
            "mailbox",
            "database",
            "forwardTo",
            "deliverAndForward",
            "maxReceiveSize",
            "maxSendSize",
            "maxRecipients",
            "password"),
    /** A group with a written member list. */
    GROUP("group", "members", "expansionServer", "reportTo", "manager"),
    /** A group found by a filter. */
    DYNAMIC_GROUP("dynamicGroup", "filter", "expansionServer", "reportTo", "manager"),
    /** Somebody outside. */
    CONTACT("contact", "target");

    private static final List<String> COMMON =
            List.of("type", "addresses", "acceptFrom", "rejectFrom", "authenticatedOnly", "attributes");

    private final String keyword;
    private final List<String> own;

    RecipientType(String keyword, String... own) {
        this.keyword = keyword;
        this.own = List.of(own);
    }

    /** The word in the topology file. */
    String keyword() {
        return keyword;
    }

    /** The keys of other types. */
    List<String> foreignKeys() {
        List<String> its = Stream.concat(COMMON.stream(), own.stream()).toList();
        return Shape.RECIPIENT.keys().stream().filter(key -> !its.contains(key)).toList();
    }
}
