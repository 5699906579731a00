package org.bridgehead.io.net;

/**
 * What a listener has seen since it was opened.
 *
 * @param connections taken
 * @param refusedConnections turned away for a limit
 * @param open connections now
 * @param transactions between an accepted MAIL and its final reply, now
 * @param messages accepted, that is, answered positively for at least one recipient
 * @param refusedMessages begun and answered negatively, or given up
 * @param octets of accepted messages, prepended fields included
 * @param failures connections ended by a bug or by trouble of the sink
 */
public record ListenerCounters(
        long connections,
        long refusedConnections,
        int open,
        int transactions,
        long messages,
        long refusedMessages,
        long octets,
        long failures) {}
