package org.bridgehead.admin;

/** A request that leads to nothing: what the answer says, and with which status. */
final class Problem extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final int status;
    private final String hint;

    Problem(int status, String error, String hint) {
        super(error);
        this.status = status;
        this.hint = hint;
    }

    static Problem badRequest(String error, String hint) {
        return new Problem(400, error, hint);
    }

    static Problem notFound(String error, String hint) {
        return new Problem(404, error, hint);
    }

    static Problem conflict(String error, String hint) {
        return new Problem(409, error, hint);
    }

    static Problem unavailable(String error, String hint) {
        return new Problem(503, error, hint);
    }

    int status() {
        return status;
    }

    /** What to do about it; empty when there is nothing to say. */
    String hint() {
        return hint;
    }

    String error() {
        return String.valueOf(getMessage());
    }
}
