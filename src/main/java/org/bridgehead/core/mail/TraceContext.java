package org.bridgehead.core.mail;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The trace that a message is part of, as its sender wrote it into the header by the rules of W3C Trace Context: field
 * {@code traceparent}, and perhaps {@code tracestate}. Since no octet of a message changes on its way, every server reads
 * the same one. What breaks the rules is as if it were not there.
 *
 * @param trace identity of the trace, 32 hexadecimal digits, not all of them zero
 * @param parent identity of the span that sent the message, 16 hexadecimal digits, not all of them zero
 * @param flags two hexadecimal digits; the lowest bit: the trace is being recorded
 * @param state members of vendors, {@code key=value}, in order; may be empty
 */
public record TraceContext(String trace, String parent, String flags, List<String> state) {
    /** The field that tells the trace and the parent; small letters. */
    public static final String PARENT = "traceparent";

    /** The field that tells what vendors know of it. */
    public static final String STATE = "tracestate";

    private static final Pattern FORM =
            Pattern.compile("([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?");
    private static final String UNKNOWN_VERSION = "ff";
    private static final String KEY =
            "(?:[a-z][a-z0-9_*/-]{0,255}|[a-z0-9][a-z0-9_*/-]{0,240}@[a-z][a-z0-9_*/-]{0,13})";
    private static final Pattern MEMBER = Pattern.compile(KEY + "=[ -+\\--<>-~]{0,255}[!-+\\--<>-~]");
    private static final int MOST_MEMBERS = 32;
    private static final int LONGEST_STATE = 512;

    /** Copies the list. */
    public TraceContext {
        state = List.copyOf(state);
    }

    /** What these header fields tell together; others among them don't matter. Empty = nothing, or against the rules. */
    public static Optional<TraceContext> of(List<HeaderField> fields) {
        if (fields.isEmpty()) {
            return Optional.empty();
        }
        List<HeaderField> parents = Lists.filter(fields, field -> field.name().equals(PARENT));
        if (parents.size() != 1) {
            return Optional.empty();
        }
        Matcher form = FORM.matcher(parents.get(0).value());
        boolean sound = form.matches()
                && !form.group(1).equals(UNKNOWN_VERSION)
                // A later version may say more, this one does not.
                && (form.group(5) == null || !form.group(1).equals("00"))
                && !isZero(form.group(2))
                && !isZero(form.group(3));
        return sound
                ? Optional.of(new TraceContext(form.group(2), form.group(3), form.group(4), state(fields)))
                : Optional.empty();
    }

    private static boolean isZero(String digits) {
        return digits.chars().allMatch(digit -> digit == '0');
    }

    /** One bad member, too many or too long, and none counts. */
    private static List<String> state(List<HeaderField> fields) {
        List<String> members = new ArrayList<>();
        int length = 0;
        for (HeaderField field : fields) {
            for (String member : field.name().equals(STATE) ? field.value().split(",", -1) : new String[0]) {
                if (!member.isBlank()) {
                    members.add(member.strip());
                    length += member.length() + 1;
                }
            }
        }
        TreeSet<String> keys = new TreeSet<>();
        boolean sound = members.size() <= MOST_MEMBERS
                && length <= LONGEST_STATE
                && members.stream().allMatch(member -> MEMBER.matcher(member).matches())
                && members.stream().allMatch(member -> keys.add(member.substring(0, member.indexOf('='))));
        return sound ? members : List.of();
    }

    /** The fields that tell it. */
    public List<HeaderField> fields() {
        HeaderField first = new HeaderField(PARENT, "00-" + trace + "-" + parent + "-" + flags);
        return state.isEmpty() ? List.of(first) : List.of(first, new HeaderField(STATE, String.join(",", state)));
    }

    /** Whether its sender records the trace. */
    public boolean isSampled() {
        return (Character.digit(flags.charAt(1), 16) & 1) != 0;
    }
}
