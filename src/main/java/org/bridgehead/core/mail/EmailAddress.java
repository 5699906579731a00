package org.bridgehead.core.mail;

import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A mailbox of RFC 5321 section 4.1.2, with the UTF-8 extension of RFC 6531. Two addresses are equal when they
 * differ in letter case or in needless quoting only: a comparison that heeds case would be allowed by the RFC, but no
 * directory of the modelled system tells {@code Anna@} from {@code anna@}. Immutable.
 */
public final class EmailAddress implements Comparable<EmailAddress> {
    private final String text;
    private final int at;
    private final String key;
    /** Cut out when it is asked for; two threads may both do so, with equal results. */
    private @Nullable String domain;

    private EmailAddress(String text, int at, String key) {
        this.text = text;
        this.at = at;
        this.key = key;
    }

    /**
     * Parses {@code local@domain}: a dot-string or quoted string, and a domain or address literal. No angle brackets,
     * no source route, no display name.
     *
     * @throws AddressSyntaxException naming what is wrong and at which character, counted from 1
     */
    public static EmailAddress parse(String text) throws AddressSyntaxException {
        AddressParser parser = new AddressParser(text);
        int at = parser.mailbox();
        return new EmailAddress(text, at, key(text, at));
    }

    /** As {@link #parse}, for texts that the program itself wrote; a bad one is a bug. */
    public static EmailAddress of(String text) {
        try {
            return parse(text);
        } catch (AddressSyntaxException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    /** As {@link #parse}; empty when the text is no address. */
    public static Optional<EmailAddress> tryParse(String text) {
        try {
            return Optional.of(parse(text));
        } catch (AddressSyntaxException e) {
            return Optional.empty();
        }
    }

    /** The part before the {@code @} as it was written, quotes included. */
    public String localPart() {
        return text.substring(0, at);
    }

    /** The domain or address literal (brackets included) as it was written. */
    public String domain() {
        String known = domain;
        if (known == null) {
            known = text.substring(at + 1);
            domain = known;
        }
        return known;
    }

    /** What identifies the address: lower case, needless quotes and backslashes removed. */
    public String key() {
        return key;
    }

    /** Whether the address can only be spoken to a peer that offers SMTPUTF8. */
    public boolean needsSmtpUtf8() {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                return true;
            }
        }
        return false;
    }

    private static String key(String text, int at) {
        if (text.charAt(0) != '"') {
            return text.toLowerCase(Locale.ROOT);
        }
        String content = unescape(text.substring(1, at - 1));
        boolean bare = AddressParser.isDotString(content);
        String local = bare ? content : '"' + content.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
        return (local + text.substring(at)).toLowerCase(Locale.ROOT);
    }

    private static String unescape(String quoted) {
        StringBuilder out = new StringBuilder(quoted.length());
        for (int i = 0; i < quoted.length(); i++) {
            if (quoted.charAt(i) == '\\') {
                i++;
            }
            out.append(quoted.charAt(i));
        }
        return out.toString();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof EmailAddress that && key.equals(that.key);
    }

    @Override
    public int hashCode() {
        return key.hashCode();
    }

    @Override
    public int compareTo(EmailAddress other) {
        return key.compareTo(other.key);
    }

    /** {@code local@domain} as it was written. */
    @Override
    public String toString() {
        return text;
    }
}
