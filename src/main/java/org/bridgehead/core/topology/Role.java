package org.bridgehead.core.topology;

/** What a server does. */
public enum Role {
    /** Routes mail for its site. */
    HUB_TRANSPORT("hubTransport"),
    /** Takes and sends mail at the border, in no site. */
    EDGE_TRANSPORT("edgeTransport"),
    /** Holds mailboxes. */
    MAILBOX("mailbox"),
    /** Lets users in. */
    CLIENT_ACCESS("clientAccess"),
    /** Voice mail. */
    UNIFIED_MESSAGING("unifiedMessaging"),
    /** Answers directory questions. */
    DOMAIN_CONTROLLER("domainController");

    private final String keyword;

    Role(String keyword) {
        this.keyword = keyword;
    }

    /** The word in the topology file. */
    public String keyword() {
        return keyword;
    }
}
