package org.bridgehead.core.mail;

/** A text from outside is no address of RFC 5321 section 4.1.2; the message says what is wrong and where. */
public final class AddressSyntaxException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Reports {@code message}, which names the offending part. */
    public AddressSyntaxException(String message) {
        super(message);
    }
}
