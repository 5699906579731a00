package org.bridgehead.core.mail;

/** The BODY parameter of RFC 6152 and RFC 3030. */
public enum BodyType {
    /** Lines of ASCII. */
    SEVEN_BIT("7BIT"),
    /** Lines of octets. */
    EIGHT_BIT_MIME("8BITMIME"),
    /** Octets without line structure; travels by BDAT only. */
    BINARY_MIME("BINARYMIME");

    private final String keyword;

    BodyType(String keyword) {
        this.keyword = keyword;
    }

    /** The word on the wire. */
    public String keyword() {
        return keyword;
    }
}
