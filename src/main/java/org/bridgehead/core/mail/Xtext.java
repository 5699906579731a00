package org.bridgehead.core.mail;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/** The xtext encoding of RFC 3461 section 4: everything outside printable ASCII, {@code +} and {@code =} as {@code +HH}. */
public final class Xtext {
    private Xtext() {}

    /** Encodes the UTF-8 octets of a text. */
    public static String encode(String text) {
        StringBuilder out = new StringBuilder(text.length());
        for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
            int c = octet & 0xFF;
            if (c > 0x20 && c < 0x7F && c != '+' && c != '=') {
                out.append((char) c);
            } else {
                out.append(String.format(Locale.ROOT, "+%02X", c));
            }
        }
        return out.toString();
    }

    /** Decodes; empty when the text is no xtext. */
    public static Optional<String> decode(String text) {
        byte[] out = new byte[text.length()];
        int length = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '+') {
                if (i + 2 >= text.length() || hex(text.charAt(i + 1)) < 0 || hex(text.charAt(i + 2)) < 0) {
                    return Optional.empty();
                }
                out[length++] = (byte) (hex(text.charAt(i + 1)) * 16 + hex(text.charAt(i + 2)));
                i += 2;
            } else if (c > 0x20 && c < 0x7F && c != '=') {
                out[length++] = (byte) c;
            } else {
                return Optional.empty();
            }
        }
        return Optional.of(new String(out, 0, length, StandardCharsets.UTF_8));
    }

    private static int hex(char c) {
        return c >= '0' && c <= '9' ? c - '0' : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
    }
}
