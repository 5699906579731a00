package org.bridgehead.core.smtp;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A name within a comment of a header field: quoted pairs of RFC 5322 section 3.2.1 where it is ASCII, encoded words of
 * RFC 2047 where it is not. Stateless.
 */
final class CommentText {
    private static final String PREFIX = "=?utf-8?Q?";
    private static final Pattern WORD = Pattern.compile("=\\?utf-8\\?Q\\?([^? ]*)\\?=");
    private static final Pattern OCTET = Pattern.compile("=([0-9A-F]{2})");
    /** An encoded word has at most 75 characters. */
    private static final int ROOM = 60;

    private CommentText() {}

    static String encode(String text) {
        boolean quoting = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x20 || c >= 0x7F) {
                return words(text);
            }
            quoting |= c == '(' || c == ')' || c == '\\' || c == '=';
        }
        if (!quoting) {
            return text;
        }
        return text.contains("=?") ? words(text) : text.replaceAll("[()\\\\]", "\\\\$0");
    }

    static String decode(String comment) {
        if (!comment.startsWith(PREFIX)) {
            return comment.replaceAll("\\\\(.)", "$1");
        }
        StringBuilder out = new StringBuilder();
        Matcher word = WORD.matcher(comment);
        while (word.find()) {
            out.append(word(word.group(1)));
        }
        return out.toString();
    }

    private static String words(String text) {
        StringBuilder out = new StringBuilder(PREFIX);
        int room = ROOM;
        for (int c : text.codePoints().toArray()) {
            String encoded = encoded(c);
            if (encoded.length() > room) {
                out.append("?= ").append(PREFIX);
                room = ROOM;
            }
            out.append(encoded);
            room -= encoded.length();
        }
        return out.append("?=").toString();
    }

    private static String encoded(int c) {
        if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-') {
            return String.valueOf((char) c);
        }
        StringBuilder out = new StringBuilder();
        for (byte octet : Character.toString(c).getBytes(StandardCharsets.UTF_8)) {
            out.append(String.format(Locale.ROOT, "=%02X", octet));
        }
        return out.toString();
    }

    private static String word(String encoded) {
        byte[] out = new byte[encoded.length()];
        int n = 0;
        for (int i = 0; i < encoded.length(); i++) {
            Matcher octet = OCTET.matcher(encoded).region(i, encoded.length());
            if (octet.lookingAt()) {
                out[n++] = (byte) Integer.parseInt(octet.group(1), 16);
                i += 2;
            } else {
                out[n++] = (byte) encoded.charAt(i);
            }
        }
        return new String(out, 0, n, StandardCharsets.UTF_8);
    }
}
