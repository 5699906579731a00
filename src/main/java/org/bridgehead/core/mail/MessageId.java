package org.bridgehead.core.mail;

/**
 * The Message-ID header field of RFC 5322 section 3.6.4. It identifies a mail to people and to other systems, is
 * chosen by the sender, and may therefore be used twice: inside the organisation {@link TransportId} is the identity.
 *
 * @param text the value with its angle brackets, as it stands in the header
 */
public record MessageId(String text) {
    @Override
    public String toString() {
        return text;
    }
}
