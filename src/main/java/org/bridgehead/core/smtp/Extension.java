package org.bridgehead.core.smtp;

import java.util.List;

/** Service extensions a session may offer beside STARTTLS and AUTH, which its configuration decides. */
public enum Extension {
    /** RFC 2920. */
    PIPELINING,
    /** RFC 1870. */
    SIZE,
    /** RFC 6152. */
    EIGHT_BIT_MIME,
    /** RFC 6531. */
    SMTPUTF8,
    /** RFC 2034. */
    ENHANCEDSTATUSCODES,
    /** RFC 3461. */
    DSN,
    /** RFC 3030, without BINARYMIME: lines stay lines. */
    CHUNKING;

    /** All of them. */
    public static final List<Extension> ALL = List.of(values());

    /** The word in the EHLO reply. */
    String keyword() {
        return this == EIGHT_BIT_MIME ? "8BITMIME" : name();
    }
}
