package org.bridgehead.cli;

/** What the process ends with (CONTRACT 3). */
final class ExitCode {
    /** Done and the answer is good. */
    static final int OK = 0;
    /** Done and the answer is bad: unreachable, an error found, mail lost. */
    static final int BAD_ANSWER = 1;
    /** Wrong usage or bad input. */
    static final int USAGE = 2;
    /** The environment failed: port, disk, server. */
    static final int ENVIRONMENT = 3;
    /** Our bug. */
    static final int BUG = 70;

    private ExitCode() {}
}
