package org.bridgehead.core.smtp;

/** A SCRAM exchange failed: a malformed message, a wrong proof, or a peer that could not prove itself. */
public final class ScramException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Reports {@code message}, which never contains a secret. */
    public ScramException(String message) {
        super(message);
    }
}
