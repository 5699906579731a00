package org.bridgehead.admin;

import java.io.IOException;

/** An admin server said no. */
public final class AdminException extends IOException {
    private static final long serialVersionUID = 1L;
    private final int status;
    private final String hint;

    AdminException(int status, String error, String hint) {
        super(error);
        this.status = status;
        this.hint = hint;
    }

    /** Status of HTTP. */
    public int status() {
        return status;
    }

    /** What to do about it; empty when nobody says. */
    public String hint() {
        return hint;
    }
}
