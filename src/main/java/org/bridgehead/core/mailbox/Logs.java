package org.bridgehead.core.mailbox;

/** Words for numbers of logs. */
final class Logs {
    private Logs() {}

    static String count(long logs) {
        return logs == 1 ? "1 log" : logs + " logs";
    }
}
