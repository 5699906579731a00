package org.bridgehead.core.smtp;

/**
 * Limits of one incoming session; those of a receive connector (BEHAVIOUR 6), and our own for lines.
 *
 * @param maxMessageSize octets of a message; more is {@code 552 5.3.4}
 * @param maxHeaderSize octets of its header; more is {@code 552 5.3.4}
 * @param maxRecipients per message; one more is {@code 452 4.5.3}
 * @param maxHops number of servers a message may have passed, this one included: a message is {@code 554 5.4.6} when
 *     it brings that many Received fields along
 * @param maxProtocolErrors the error that reaches it is {@code 421 4.7.0}
 * @param maxLogonFailures the failure that reaches it is {@code 421 4.7.0}
 * @param maxIdleCommands NOOP, RSET, VRFY, EHLO and the like between two messages; from then on each is an error
 * @param maxCommandLine octets of a command with CR LF; MAIL and RCPT may have 2,048 more for parameters, AUTH has
 *     12,288 (RFC 4954), XSTATE 65,536
 * @param maxTextLine octets of a line within a message with CR LF; a longer one is {@code 552 5.6.0}
 */
public record ReceiveLimits(
        long maxMessageSize,
        int maxHeaderSize,
        int maxRecipients,
        int maxHops,
        int maxProtocolErrors,
        int maxLogonFailures,
        int maxIdleCommands,
        int maxCommandLine,
        int maxTextLine) {
    /** The documented defaults of a connector that faces strangers. */
    public static final ReceiveLimits EDGE = new ReceiveLimits(36L << 20, 256 << 10, 200, 30, 5, 3, 100, 512, 1 << 20);

    /** The documented defaults of a hub: as {@link #EDGE}, but 5,000 recipients. */
    public static final ReceiveLimits HUB = EDGE.withMaxRecipients(5_000);

    /** Checks the ranges. */
    public ReceiveLimits {
        boolean positive = maxMessageSize > 0
                && maxHeaderSize > 0
                && maxRecipients > 0
                && maxHops > 0
                && maxProtocolErrors > 0
                && maxLogonFailures > 0
                && maxIdleCommands > 0;
        // RFC 5321 section 4.5.3.1: everybody may rely on 512 octets of a command and 1,000 of a text line.
        if (!positive || maxCommandLine < 512 || maxTextLine < 1_000) {
            throw new IllegalArgumentException("limit too low: " + positive + " " + maxCommandLine + " " + maxTextLine);
        }
    }

    /**
     * What holds for a server of the organisation: twice the message and header size. Each server on the way adds a few
     * lines, and what was within the limits where it came in must not fail for that.
     */
    public ReceiveLimits betweenServers() {
        return new ReceiveLimits(
                maxMessageSize > Long.MAX_VALUE / 2 ? maxMessageSize : 2 * maxMessageSize,
                maxHeaderSize > Integer.MAX_VALUE / 2 ? maxHeaderSize : 2 * maxHeaderSize,
                maxRecipients,
                maxHops,
                maxProtocolErrors,
                maxLogonFailures,
                maxIdleCommands,
                maxCommandLine,
                maxTextLine);
    }

    /** With another message size. */
    public ReceiveLimits withMaxMessageSize(long octets) {
        return new ReceiveLimits(
                octets,
                maxHeaderSize,
                maxRecipients,
                maxHops,
                maxProtocolErrors,
                maxLogonFailures,
                maxIdleCommands,
                maxCommandLine,
                maxTextLine);
    }

    /** With another number of recipients. */
    public ReceiveLimits withMaxRecipients(int count) {
        return new ReceiveLimits(
                maxMessageSize,
                maxHeaderSize,
                count,
                maxHops,
                maxProtocolErrors,
                maxLogonFailures,
                maxIdleCommands,
                maxCommandLine,
                maxTextLine);
    }

    /** With another hop limit. */
    public ReceiveLimits withMaxHops(int count) {
        return new ReceiveLimits(
                maxMessageSize,
                maxHeaderSize,
                maxRecipients,
                count,
                maxProtocolErrors,
                maxLogonFailures,
                maxIdleCommands,
                maxCommandLine,
                maxTextLine);
    }
}
