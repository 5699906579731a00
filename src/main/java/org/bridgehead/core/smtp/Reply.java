package org.bridgehead.core.smtp;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.bridgehead.core.mail.EnhancedStatus;

/**
 * What a server answers, RFC 5321 section 4.2. Immutable.
 *
 * @param code 200 to 599
 * @param status the enhanced status of RFC 2034; empty for greetings and 3yz
 * @param lines the texts of its lines, without code and status, at least one
 */
public record Reply(int code, Optional<EnhancedStatus> status, List<String> lines) {
    /** RFC 5321 section 4.5.3.1.5: 512 octets with code and CR LF; a status has up to 10. */
    private static final int LONGEST_TEXT = 480;

    /** Checks code and status and copies the list. */
    public Reply {
        lines = List.copyOf(lines);
        boolean agree = status.map(s -> s.kind() == code / 100).orElse(true);
        if (code < 200 || code > 599 || lines.isEmpty() || !agree) {
            throw new IllegalArgumentException("no reply: " + code + " " + status + " " + lines);
        }
    }

    /** A reply of one line. */
    public static Reply of(int code, String status, String text) {
        return new Reply(code, Optional.of(EnhancedStatus.of(status)), List.of(text));
    }

    /** A reply of one line without enhanced status. */
    public static Reply plain(int code, String text) {
        return new Reply(code, Optional.empty(), List.of(text));
    }

    /** 2yz: done. */
    public boolean isPositive() {
        return code / 100 == 2;
    }

    /** 4yz: not now. */
    public boolean isTransient() {
        return code / 100 == 4;
    }

    /** 5yz: not ever. */
    public boolean isPermanent() {
        return code / 100 == 5;
    }

    /** 421: the connection ends with it. */
    public boolean closes() {
        return code == 421;
    }

    Reply withoutStatus() {
        return new Reply(code, Optional.empty(), lines);
    }

    /** The lines as they go over the wire; what is not printable ASCII becomes {@code ?}, overlong texts are cut. */
    public byte[] octets() {
        StringBuilder out = new StringBuilder(64);
        for (int i = 0; i < lines.size(); i++) {
            out.append(code).append(i < lines.size() - 1 ? '-' : ' ');
            status.ifPresent(s -> out.append(s).append(' '));
            appendText(out, lines.get(i));
            out.append("\r\n");
        }
        return out.toString().getBytes(StandardCharsets.US_ASCII);
    }

    private static void appendText(StringBuilder out, String text) {
        int length = Math.min(text.length(), LONGEST_TEXT);
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            out.append(c >= 0x20 && c < 0x7F ? c : '?');
        }
    }

    /** Code, status and texts in one line. */
    @Override
    public String toString() {
        return code + status.map(s -> " " + s).orElse("") + " " + String.join(" ", lines);
    }
}
