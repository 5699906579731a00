package org.bridgehead.core.mail;

/**
 * One durable copy of a message in one server's spool. Number 0 is the message as it was accepted; expansion makes
 * the further ones.
 *
 * @param message the message it is a copy of
 * @param number 0 for the accepted envelope itself, counting up in order of making
 */
public record CopyId(InternalId message, int number) implements Comparable<CopyId> {
    /** Checks the range. */
    public CopyId {
        if (number < 0) {
            throw new IllegalArgumentException("copy numbers are not negative: " + number);
        }
    }

    /** The copy that stands for the accepted envelope. */
    public static CopyId original(InternalId message) {
        return new CopyId(message, 0);
    }

    @Override
    public int compareTo(CopyId other) {
        int byMessage = message.compareTo(other.message);
        return byMessage != 0 ? byMessage : Integer.compare(number, other.number);
    }

    @Override
    public String toString() {
        return message + "." + number;
    }
}
