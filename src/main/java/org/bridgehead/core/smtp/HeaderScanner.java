package org.bridgehead.core.smtp;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.bridgehead.core.mail.HeaderFacts;
import org.bridgehead.core.mail.HeaderField;
import org.bridgehead.core.mail.MessageId;
import org.bridgehead.core.mail.Priority;
import org.bridgehead.core.mail.TraceContext;

/**
 * Holds back the header of a message while it passes and reads the few fields the transport needs. It refuses nothing
 * but size: lines that are no field are skipped (RFC 5322 would end the header there, and mail that people want to
 * read contains them). The header ends with the first empty line. A message has no header at all when it begins with
 * white space, or when no line before its first empty line looks like a field.
 */
final class HeaderScanner {
    private static final int LF = 10;
    private static final List<String> READ = List.of(
            "received",
            "message-id",
            "subject",
            "auto-submitted",
            "importance",
            "x-priority",
            "priority",
            TraceContext.PARENT,
            TraceContext.STATE);
    private static final int LONGEST_SUBJECT = 255;
    private static final int LONGEST_ID = 995;
    /** Further fields kept: a header of a thousand of them must not fill the memory. */
    private static final int MOST_FOUND = 32;

    private final int longest;
    private final List<String> others;
    private final List<HeaderField> found = new ArrayList<>(0);
    private byte[] header;
    private int length;
    private int lineStart;
    private boolean complete;
    private boolean tooLong;

    private int fields;
    private int receivedLines;
    private int mask;
    private String fieldName = "";
    private int valueStart;
    private Optional<String> messageId = Optional.empty();
    private Optional<String> subject = Optional.empty();
    private Optional<String> autoSubmitted = Optional.empty();
    private Optional<Priority> priority = Optional.empty();
    /** The fields of the trace that the message is part of; nearly always none. */
    private final List<HeaderField> trace = new ArrayList<>(0);

    HeaderScanner(int longest) {
        this(longest, List.of());
    }

    /** {@code others}: names, in small letters, of further fields to read. */
    HeaderScanner(int longest, List<String> others) {
        this.longest = longest;
        this.others = others;
        this.header = new byte[Math.min(longest, 512)];
    }

    /** Takes octets up to the end of the header; answers where it stopped. Not to be called once it is complete. */
    int take(byte[] data, int from, int to) {
        int pos = from;
        while (pos < to && !complete) {
            int lineEnd = pos;
            while (lineEnd < to && data[lineEnd] != LF) {
                lineEnd++;
            }
            boolean whole = lineEnd < to;
            int end = whole ? lineEnd + 1 : lineEnd;
            if (length + (end - pos) > longest) {
                int room = longest - length;
                keep(data, pos, pos + room);
                overflow();
                return pos + room;
            }
            keep(data, pos, end);
            pos = end;
            if (whole) {
                line();
            }
        }
        return pos;
    }

    /** The message ends here, within the header. */
    void finish() {
        if (!complete) {
            if (lineStart < length) {
                line();
            }
            field("", length);
            complete = true;
        }
    }

    /** Whether the header has been seen to its end; what follows is body. */
    boolean complete() {
        return complete;
    }

    boolean tooLong() {
        return tooLong;
    }

    /** The octets held back, the empty line included; valid for {@link #length()} octets. */
    byte[] octets() {
        return header;
    }

    int length() {
        return length;
    }

    /**
     * Whether what is prepended has to end with an empty line, because the message would otherwise read as part of the
     * prepended fields.
     */
    boolean needsSeparator() {
        boolean empty = length == 0 || header[0] == '\r';
        return !empty && (fields == 0 || isBlank(header[0]));
    }

    int receivedLines() {
        return receivedLines;
    }

    /** Whether the header has a Message-ID field, be it empty. */
    boolean hasMessageId() {
        return messageId.isPresent() && !needsSeparator();
    }

    /** How urgent the sender calls the message. */
    Priority priority() {
        return needsSeparator() ? Priority.NORMAL : priority.orElse(Priority.NORMAL);
    }

    HeaderFacts facts(Supplier<MessageId> substitute, boolean eightBit) {
        boolean none = needsSeparator();
        Optional<String> id = none ? Optional.empty() : messageId.filter(text -> !text.isEmpty());
        return new HeaderFacts(
                id.map(MessageId::new).orElseGet(substitute),
                none ? "" : subject.orElse(""),
                receivedLines(),
                eightBit,
                !none && mask < 0,
                none ? Optional.empty() : autoSubmitted,
                none ? List.of() : fields());
    }

    private List<HeaderField> fields() {
        List<HeaderField> all = new ArrayList<>(found);
        TraceContext.of(trace).ifPresent(context -> all.addAll(context.fields()));
        return all;
    }

    private void overflow() {
        // Text that never had a header is no header too long.
        if (fields == 0 && !looksLikeField()) {
            complete = true;
        } else {
            tooLong = true;
        }
    }

    private void keep(byte[] data, int from, int to) {
        int needed = length + to - from;
        if (needed > header.length) {
            header = Arrays.copyOf(header, Math.min(longest, Math.max(needed, 2 * header.length)));
        }
        System.arraycopy(data, from, header, length, to - from);
        length = needed;
    }

    private void line() {
        for (int i = lineStart; i < length; i++) {
            mask |= header[i];
        }
        if (length - lineStart == 2 && header[lineStart] == '\r') {
            field("", lineStart);
            complete = true;
        } else if (!isBlank(header[lineStart])) {
            startField();
        } else if (lineStart == 0) {
            // Begins with white space: what follows belongs to no header.
            complete = true;
        }
        lineStart = length;
    }

    private void startField() {
        int colon = colon();
        field("", lineStart);
        if (colon < 0) {
            return;
        }
        fields++;
        int end = colon;
        while (isBlank(header[end - 1])) {
            end--;
        }
        fieldName = knownField(end);
        valueStart = colon + 1;
    }

    /** Which of the fields that are read the line begins with; empty = none of them. */
    private String knownField(int end) {
        for (String known : READ) {
            if (known.length() == end - lineStart && isNamed(known)) {
                return known;
            }
        }
        for (String other : others) {
            if (other.length() == end - lineStart && isNamed(other)) {
                return other;
            }
        }
        return "";
    }

    private boolean isNamed(String name) {
        for (int i = 0; i < name.length(); i++) {
            // Names are letters and hyphens, which have this bit set already.
            if ((header[lineStart + i] | 0x20) != name.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** A field ends before {@code end}; the next one has yet to be named. */
    private void field(String next, int end) {
        switch (fieldName) {
            case "received":
                receivedLines++;
                break;
            case "message-id":
                messageId = messageId.or(() -> Optional.of(id(value(end))));
                break;
            case "subject":
                subject = subject.or(() -> Optional.of(cut(value(end), LONGEST_SUBJECT)));
                break;
            case "auto-submitted":
                autoSubmitted = autoSubmitted.or(() -> auto(value(end)));
                break;
            case "importance", "x-priority", "priority":
                priority = priority.or(() -> Priority.ofField(value(end)));
                break;
            case TraceContext.PARENT, TraceContext.STATE:
                if (trace.size() < MOST_FOUND) {
                    trace.add(new HeaderField(fieldName, value(end)));
                }
                break;
            default:
                further(end);
                break;
        }
        fieldName = next;
    }

    private void further(int end) {
        if (!fieldName.isEmpty() && found.size() < MOST_FOUND) {
            found.add(new HeaderField(fieldName, cut(value(end), LONGEST_SUBJECT)));
        }
    }

    /** Where the name of the field on this line ends; -1 = it is none. */
    private int colon() {
        int i = lineStart;
        while (i < length && header[i] > 0x20 && header[i] < 0x7F && header[i] != ':') {
            i++;
        }
        int nameEnd = i;
        while (i < length && isBlank(header[i])) {
            i++;
        }
        return nameEnd > lineStart && i < length && header[i] == ':' ? i : -1;
    }

    private boolean looksLikeField() {
        return lineStart < length && colon() >= 0;
    }

    /** The value of the current field, unfolded. */
    private String value(int end) {
        byte[] out = new byte[end - valueStart];
        int n = 0;
        for (int i = valueStart; i < end; i++) {
            if (header[i] != '\r' && header[i] != LF) {
                out[n++] = header[i];
            }
        }
        return text(out, n).strip();
    }

    private String text(byte[] octets, int length) {
        if (mask >= 0) {
            return new String(octets, 0, length, StandardCharsets.US_ASCII);
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(octets, 0, length))
                    .toString();
        } catch (CharacterCodingException e) {
            return new String(octets, 0, length, StandardCharsets.ISO_8859_1);
        }
    }

    private static String id(String value) {
        int from = value.indexOf('<');
        int to = value.indexOf('>', from + 1);
        return cut(from >= 0 && to > from ? value.substring(from, to + 1) : value, LONGEST_ID);
    }

    private static Optional<String> auto(String value) {
        String keyword = value.split("[;( ]", 2)[0].strip().toLowerCase(Locale.ROOT);
        return keyword.isEmpty() || keyword.equals("no") ? Optional.empty() : Optional.of(keyword);
    }

    private static String cut(String text, int longest) {
        if (text.length() <= longest) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(longest - 1)) ? longest - 1 : longest);
    }

    private static boolean isBlank(byte c) {
        return c == ' ' || c == '\t';
    }
}
