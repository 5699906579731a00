package org.bridgehead.core.smtp;

import org.bridgehead.core.mail.HeaderFacts;
import org.bridgehead.core.mail.MessageId;

/** Reads the header of a whole message as the door of a server reads it while it arrives. Stateless, pure. */
public final class HeaderReader {
    private HeaderReader() {}

    /**
     * What the transport needs to know of a message.
     *
     * @param octets header and body, lines ended by CR LF
     * @param substitute stands for a Message-ID that is not there
     */
    public static HeaderFacts read(byte[] octets, MessageId substitute) {
        HeaderScanner scanner = new HeaderScanner(Math.max(1, octets.length));
        scanner.take(octets, 0, octets.length);
        scanner.finish();
        return scanner.facts(() -> substitute, hasEightBit(octets));
    }

    private static boolean hasEightBit(byte[] octets) {
        for (byte octet : octets) {
            if (octet < 0) {
                return true;
            }
        }
        return false;
    }
}
