package org.bridgehead.io.spool;

/** A value of the store cannot be read; the message says why. */
final class TornException extends Exception {
    private static final long serialVersionUID = 1L;

    TornException(String why) {
        super(why);
    }

    TornException(String why, Throwable cause) {
        super(why, cause);
    }
}
