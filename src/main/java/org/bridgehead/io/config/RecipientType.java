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
            "password",
            "acceptFrom",
            "authenticatedOnly"),
    /** A group with a written member list. */
    GROUP("group", "members", "expansionServer", "acceptFrom", "authenticatedOnly"),
    /** A group found by a filter. */
    DYNAMIC_GROUP("dynamicGroup", "filter", "expansionServer", "acceptFrom", "authenticatedOnly"),
    /** Somebody outside. */
    CONTACT("contact", "target");

    private static final List<String> COMMON = List.of("type", "addresses", "attributes");

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
