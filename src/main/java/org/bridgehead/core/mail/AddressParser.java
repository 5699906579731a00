package org.bridgehead.core.mail;

import java.nio.charset.StandardCharsets;

/**
 * The grammar of RFC 5321 section 4.1.2 and 4.1.3 with RFC 6531, read strictly from left to right. One instance per
 * text, used once.
 */
final class AddressParser {
    private static final int LONGEST_LOCAL_PART = 64;
    private static final int LONGEST_DOMAIN = 255;
    /** A path has 256 octets, angle brackets included. */
    private static final int LONGEST = 254;

    private static final int LONGEST_LABEL = 63;
    private static final String ATEXT = "!#$%&'*+-/=?^_`{|}~";
    /** Allowed in U-labels beside letters, digits and marks: RFC 5892 appendix A. */
    private static final String CONTEXTUAL = "\u00B7\u0375\u05F3\u05F4\u30FB\u200C\u200D";

    private final String text;
    private int pos;

    AddressParser(String text) {
        this.text = text;
    }

    /** Whether the text could stand unquoted before the {@code @}. */
    static boolean isDotString(String text) {
        try {
            AddressParser parser = new AddressParser(text);
            parser.dotString();
            return parser.pos == text.length();
        } catch (AddressSyntaxException e) {
            return false;
        }
    }

    /** Checks the whole text; answers where the {@code @} between local part and domain is. */
    int mailbox() throws AddressSyntaxException {
        if (text.isEmpty()) {
            throw new AddressSyntaxException("address is empty");
        }
        if (peek() == '"') {
            quotedString();
        } else {
            dotString();
        }
        int at = pos;
        limit("local part", octets(0, at), LONGEST_LOCAL_PART);
        if (peek() != '@') {
            throw pos == text.length() ? wrong("'@' expected") : unexpected("in the local part");
        }
        pos++;
        if (peek() == '[') {
            literal();
        } else {
            domain();
        }
        limit("domain", octets(at + 1, text.length()), LONGEST_DOMAIN);
        limit("address", octets(0, text.length()), LONGEST);
        return at;
    }

    private void dotString() throws AddressSyntaxException {
        while (true) {
            int start = pos;
            while (isAtext(peek())) {
                pos += width();
            }
            if (pos == start) {
                throw emptyAtom();
            }
            if (peek() != '.') {
                return;
            }
            pos++;
        }
    }

    private AddressSyntaxException emptyAtom() {
        if (pos == text.length() || peek() == '.' || peek() == '@') {
            return wrong(pos == 0 && peek() == '@' ? "local part is empty" : "empty part beside a dot");
        }
        return unexpected("in the local part");
    }

    private void quotedString() throws AddressSyntaxException {
        pos++;
        while (peek() != '"') {
            if (peek() == '\\') {
                pos++;
                if (peek() < 0x20 || peek() > 0x7E) {
                    throw unexpected("behind a backslash");
                }
                pos++;
            } else if (peek() >= 0x20 && peek() != 0x7F && isText(peek())) {
                pos += width();
            } else {
                throw unexpected("in the quoted local part");
            }
        }
        pos++;
    }

    private void domain() throws AddressSyntaxException {
        while (true) {
            label();
            if (peek() != '.') {
                break;
            }
            pos++;
        }
        if (pos < text.length()) {
            throw unexpected("in the domain");
        }
    }

    private void label() throws AddressSyntaxException {
        int start = pos;
        while (isLetterOrDigit(peek()) || peek() == '-') {
            if (peek() == '-' && pos == start) {
                throw wrong("label begins with a hyphen");
            }
            pos += width();
        }
        if (pos == start) {
            boolean missing = pos == text.length() || peek() == '.';
            throw missing
                    ? wrong(pos == text.indexOf('@') + 1 ? "domain is empty" : "empty label")
                    : unexpected("in the domain");
        }
        if (text.charAt(pos - 1) == '-') {
            pos--;
            throw wrong("label ends with a hyphen");
        }
        limit("label", octets(start, pos), LONGEST_LABEL);
    }

    private void literal() throws AddressSyntaxException {
        int start = pos + 1;
        int end = text.length() - 1;
        if (text.charAt(end) != ']') {
            pos = text.length();
            throw wrong("']' expected");
        }
        int colon = text.indexOf(':', start);
        boolean valid = colon < 0
                ? AddressLiteral.isIpv4(text.substring(start, end))
                : AddressLiteral.isTagged(text.substring(start, colon), text.substring(colon + 1, end));
        if (!valid) {
            throw wrong("no address literal");
        }
    }

    private static boolean isAtext(int c) {
        return c < 0x80 ? isLetterOrDigit(c) || (c > 0 && ATEXT.indexOf(c) >= 0) : isText(c);
    }

    /** Outside ASCII: everything but controls, unpaired surrogates and non-characters. */
    private static boolean isText(int c) {
        if (c < 0x80) {
            return true;
        }
        boolean nonCharacter = (c & 0xFFFE) == 0xFFFE || (c >= 0xFDD0 && c <= 0xFDEF);
        return c > 0x9F && Character.getType(c) != Character.SURROGATE && !nonCharacter;
    }

    private static boolean isLetterOrDigit(int c) {
        if (c < 0x80) {
            return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        }
        int type = Character.getType(c);
        return Character.isLetterOrDigit(c)
                || type == Character.NON_SPACING_MARK
                || type == Character.COMBINING_SPACING_MARK
                || CONTEXTUAL.indexOf(c) >= 0;
    }

    /** The code point at the place reached; -1 at the end. */
    private int peek() {
        return pos < text.length() ? text.codePointAt(pos) : -1;
    }

    private int width() {
        return Character.charCount(text.codePointAt(pos));
    }

    private int octets(int from, int to) {
        for (int i = from; i < to; i++) {
            if (text.charAt(i) >= 0x80) {
                return text.substring(from, to).getBytes(StandardCharsets.UTF_8).length;
            }
        }
        return to - from;
    }

    private static void limit(String what, int octets, int most) throws AddressSyntaxException {
        if (octets > most) {
            throw new AddressSyntaxException(what + " has " + octets + " octets, at most " + most + " are allowed");
        }
    }

    private AddressSyntaxException unexpected(String where) {
        int c = peek();
        if (c < 0) {
            return wrong("address ends " + where);
        }
        boolean shows = c > 0x20 && c < 0x7F;
        return wrong((shows ? "'" + (char) c + "'" : String.format("U+%04X", c)) + " not allowed " + where);
    }

    private AddressSyntaxException wrong(String what) {
        return new AddressSyntaxException(what + " at character " + (pos + 1));
    }
}
