package org.bridgehead.engine;

/** An organisation could not be started: a port, a folder, a file. The message says which and what to do. */
public final class OrganizationStartException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Says why. */
    public OrganizationStartException(String message, Throwable cause) {
        super(message, cause);
    }
}
