package org.bridgehead.core.mail;

/** The content of an address literal, RFC 5321 section 4.1.3. Stateless. */
final class AddressLiteral {
    private AddressLiteral() {}

    static boolean isIpv4(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length != 4) {
            return false;
        }
        for (String part : parts) {
            if (part.isEmpty() || part.length() > 3 || !all(part, AddressLiteral::isDigit)) {
                return false;
            }
            if (Integer.parseInt(part) > 255) {
                return false;
            }
        }
        return true;
    }

    static boolean isTagged(String tag, String content) {
        if (tag.equalsIgnoreCase("IPv6")) {
            return isIpv6(content);
        }
        boolean word = !tag.isEmpty() && all(tag, c -> isLetter(c) || isDigit(c) || c == '-') && !tag.endsWith("-");
        return word && !content.isEmpty() && all(content, c -> c > 0x20 && c < 0x7F && (c < '[' || c > ']'));
    }

    private static boolean isIpv6(String text) {
        int gap = text.indexOf("::");
        if (gap < 0) {
            return groups(text, true) == 8;
        }
        int before = groups(text.substring(0, gap), false);
        int after = groups(text.substring(gap + 2), true);
        // A gap stands for at least two groups.
        return before >= 0 && after >= 0 && before + after <= 6;
    }

    /** How many 16-bit groups the text spells, an IPv4 address at the end counting two; -1 = it is malformed. */
    private static int groups(String text, boolean atEnd) {
        if (text.isEmpty()) {
            return 0;
        }
        String[] parts = text.split(":", -1);
        int count = 0;
        for (int i = 0; i < parts.length; i++) {
            if (atEnd && i == parts.length - 1 && isIpv4(parts[i])) {
                count += 2;
            } else if (parts[i].isEmpty() || parts[i].length() > 4 || !all(parts[i], AddressLiteral::isHex)) {
                return -1;
            } else {
                count++;
            }
        }
        return count;
    }

    private interface CharTest {
        boolean holds(char c);
    }

    private static boolean all(String text, CharTest test) {
        for (int i = 0; i < text.length(); i++) {
            if (!test.holds(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    private static boolean isHex(char c) {
        return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    }
}
