package org.bridgehead.core.smtp;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bridgehead.core.mail.Envelope;
import org.bridgehead.core.mail.MessageId;
import org.bridgehead.core.smtp.ReceiveConfig.Protocol;

/**
 * The header fields a server prepends: {@code Received} (RFC 5321 section 4.4; protocol names of RFC 3848 and RFC 6531)
 * and {@code Message-ID}. Lines are folded at 78 characters where they can be. Stateless, safe for any thread.
 */
public final class TraceHeaders {
    private static final int LONGEST_LINE = 78;
    private static final String[] DAYS = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
    private static final String[] MONTHS = {
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"
    };
    private static final Pattern OURS =
            Pattern.compile("\\sby\\s+(\\S+)\\s+\\(Bridgehead(?:; site ((?:[^()\\\\]|\\\\.)*))?\\)");

    private TraceHeaders() {}

    /**
     * A server of ours that a message has passed.
     *
     * @param server its name
     * @param site its site; empty when it did not say
     */
    public record Stop(String server, String site) {}

    /** Which server of ours wrote this {@code Received} value; empty when another product did. */
    public static Optional<Stop> stop(String received) {
        Matcher matcher = OURS.matcher(" " + received.replaceAll("\r?\n", ""));
        if (!matcher.find()) {
            return Optional.empty();
        }
        String site = matcher.group(2);
        return Optional.of(new Stop(matcher.group(1), site == null ? "" : CommentText.decode(site)));
    }

    /** The date format of RFC 5322 section 3.3, in UTC. */
    public static String date(Instant instant) {
        LocalDateTime at = LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
        StringBuilder out = new StringBuilder(32);
        out.append(DAYS[at.getDayOfWeek().ordinal()]).append(", ").append(at.getDayOfMonth());
        out.append(' ').append(MONTHS[at.getMonthValue() - 1]).append(' ').append(at.getYear());
        appendTwo(out.append(' '), at.getHour());
        appendTwo(out.append(':'), at.getMinute());
        appendTwo(out.append(':'), at.getSecond());
        return out.append(" +0000").toString();
    }

    private static void appendTwo(StringBuilder out, int number) {
        out.append((char) ('0' + number / 10)).append((char) ('0' + number % 10));
    }

    /**
     * The {@code Received} field with its CR LF.
     *
     * @param extended whether the peer said EHLO or LHLO
     */
    static String received(ReceiveConfig config, Peer peer, boolean extended, Envelope envelope, MessageStart start) {
        String site = config.siteName().isEmpty() ? "" : "; site " + CommentText.encode(config.siteName());
        List<String> words = new ArrayList<>();
        words.add("Received: from " + printable(peer.hello()));
        words.add("([" + (peer.address().indexOf(':') >= 0 ? "IPv6:" : "") + peer.address() + "])");
        words.add("by " + config.serverName());
        words.add("(Bridgehead" + site + ")");
        words.add("with " + protocol(config.protocol(), peer, extended, envelope.smtpUtf8()));
        if (envelope.recipients().size() == 1) {
            words.add("id " + start.internalId());
            words.add("for <" + envelope.recipients().get(0).address() + ">;");
        } else {
            words.add("id " + start.internalId() + ";");
        }
        words.add(date(start.now()));
        return fold(words);
    }

    /** The {@code Message-ID} field with its CR LF. */
    static String messageId(MessageId id) {
        return "Message-ID: " + id + "\r\n";
    }

    private static String protocol(Protocol protocol, Peer peer, boolean extended, boolean utf8) {
        if (!extended) {
            return "SMTP";
        }
        String base = protocol == Protocol.LMTP ? "LMTP" : "SMTP";
        String name = utf8 ? "UTF8" + base : protocol == Protocol.LMTP ? base : "E" + base;
        return name + (peer.tls() ? "S" : "") + (peer.trust().isAuthenticated() ? "A" : "");
    }

    private static String fold(List<String> words) {
        StringBuilder out = new StringBuilder(256);
        int column = 0;
        for (String word : words) {
            if (column > 0 && column + 1 + word.length() > LONGEST_LINE) {
                out.append("\r\n");
                column = 0;
            }
            if (out.length() > 0) {
                out.append(column == 0 ? '\t' : ' ');
                column++;
            }
            out.append(word);
            column += word.length();
        }
        return out.append("\r\n").toString();
    }

    /** What a peer calls itself may be anything; only what a domain or a literal consists of is repeated. */
    private static String printable(String hello) {
        StringBuilder out = new StringBuilder(hello.length());
        for (int i = 0; i < hello.length(); i++) {
            char c = hello.charAt(i);
            boolean plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            out.append(plain || ".-_:[]".indexOf(c) >= 0 ? c : '?');
        }
        return out.toString();
    }

    static byte[] octets(String header) {
        return header.getBytes(StandardCharsets.UTF_8);
    }
}
