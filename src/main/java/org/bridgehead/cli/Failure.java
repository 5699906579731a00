package org.bridgehead.cli;

/** Ends a verb with an exit code and a message that says who can do what about it. */
final class Failure extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final int exitCode;

    private Failure(int exitCode, String message, Throwable cause) {
        super(message, cause);
        this.exitCode = exitCode;
    }

    private Failure(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    /** The user asked for something that cannot be, or gave a bad file. */
    static Failure usage(String message) {
        return new Failure(ExitCode.USAGE, message);
    }

    /** As {@link #usage(String)}, with what was caught. */
    static Failure usage(String message, Throwable cause) {
        return new Failure(ExitCode.USAGE, message, cause);
    }

    /** The question makes sense, and this bad answer is all there is to say. */
    static Failure answer(String message) {
        return new Failure(ExitCode.BAD_ANSWER, message);
    }

    /** A port, a disk or a server failed. */
    static Failure environment(String message) {
        return new Failure(ExitCode.ENVIRONMENT, message);
    }

    /** As {@link #environment(String)}, with what was caught. */
    static Failure environment(String message, Throwable cause) {
        return new Failure(ExitCode.ENVIRONMENT, message, cause);
    }

    int exitCode() {
        return exitCode;
    }
}
