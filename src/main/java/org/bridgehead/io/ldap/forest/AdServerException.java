package org.bridgehead.io.ldap.forest;

/** A directory server that could not be read, or not to the end: nothing of it was imported. */
public final class AdServerException extends Exception {
    private static final long serialVersionUID = 1L;

    AdServerException(String message) {
        super(message);
    }

    AdServerException(String message, Throwable cause) {
        super(message, cause);
    }
}
