package org.bridgehead.core.topology;

/** How a connector uses STARTTLS (DECISIONS 3.5). */
public enum TlsMode {
    /** Never. */
    NONE("none"),
    /** When offered. */
    OPPORTUNISTIC("opportunistic"),
    /** Always; a peer without it defers the mail. */
    REQUIRED("required"),
    /** Always, with a certificate that names the peer. */
    VERIFIED("verified");

    private final String keyword;

    TlsMode(String keyword) {
        this.keyword = keyword;
    }

    /** The word in the topology file. */
    public String keyword() {
        return keyword;
    }
}
