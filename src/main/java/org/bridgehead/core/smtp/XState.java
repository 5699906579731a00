package org.bridgehead.core.smtp;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bridgehead.core.mail.CopyId;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.mail.Handover;
import org.bridgehead.core.mail.InternalId;
import org.bridgehead.core.mail.TransferState;
import org.bridgehead.core.mail.TransferState.Flag;
import org.bridgehead.core.mail.TransportId;
import org.bridgehead.core.mail.Xtext;

/**
 * The argument of the XSTATE command, by which servers of one organisation tell each other what they know of a
 * message beside its envelope: {@code id=… submitted=… size=… auth=… flags=… expanded=… avoid=… trace=… origin=…
 * rules=… transfer=…}. Values are
 * xtext (RFC 3461), lists are separated by commas, empty parts are left out. Keys that this version does not know are
 * ignored, so that servers of two versions work together; the known ones are read strictly. Stateless, safe for any
 * thread.
 *
 * <p>All but {@code transfer} is of the message and travels on. {@code transfer=SPOOL-MESSAGE.COPY} is of this one hop: 16
 * hexadecimal digits that name the sender's store, and the numbers of message and copy there. It is the same at each
 * attempt to hand this copy over, so that the receiver knows a copy again that it has taken (ADR 17). A hub or edge says it
 * to hubs and edges.
 */
public final class XState {
    /** The longest argument, in characters: with verb, blank and CR LF the line has 64 KB. */
    public static final int MAX_ARGUMENT = 65_536 - "XSTATE ".length() - 2;

    private static final Pattern PARAMETER = Pattern.compile("([A-Za-z][A-Za-z0-9-]{0,31})=([!-<>-~]*)");
    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,18}");
    private static final Pattern ID = Pattern.compile("[0-9a-f]{32}");
    private static final Pattern TRANSFER = Pattern.compile("([0-9a-f]{16})-([0-9]{1,18})\\.([0-9]{1,9})");

    private XState() {}

    /**
     * What an argument says.
     *
     * @param state of the message
     * @param handover of this transfer; empty = the sender does not tell
     */
    public record Told(TransferState state, Optional<Handover.Mark> handover) {}

    /** The part of {@link #read} that is of the message. */
    public static TransferState parse(String argument) {
        return read(argument).state();
    }

    /**
     * Reads an argument.
     *
     * @throws IllegalArgumentException when it is too long, malformed, or lacks {@code id}, {@code submitted} or
     *     {@code size}; the message fits into a reply
     */
    public static Told read(String argument) {
        if (argument.length() > MAX_ARGUMENT) {
            throw new IllegalArgumentException("state longer than " + MAX_ARGUMENT);
        }
        Map<String, String> values = parameters(argument);
        return new Told(
                state(values), Optional.ofNullable(values.get("transfer")).map(XState::transfer));
    }

    private static TransferState state(Map<String, String> values) {
        return new TransferState(
                id(required(values, "id")),
                instant(required(values, "submitted")),
                number(required(values, "size")),
                Optional.ofNullable(values.get("auth")).map(text -> word("auth", text)),
                list(values, "flags").stream().map(XState::flag).toList(),
                list(values, "expanded"),
                list(values, "avoid"),
                list(values, "trace"),
                Optional.ofNullable(values.get("origin")).map(XState::address),
                list(values, "rules"));
    }

    /** As {@link #format(TransferState, Optional)}, of a transfer that the receiver need not know again. */
    public static String format(TransferState state) {
        return format(state, Optional.empty());
    }

    /**
     * Writes the argument, without verb and CR LF. Should it be too long, the older halves of {@code trace}, then
     * of {@code expanded}, then of {@code avoid} are left out until it fits: they save work and cut loops early, but
     * the limit of hops stands without them.
     */
    public static String format(TransferState state, Optional<Handover.Mark> handover) {
        String text = write(state) + handover.map(XState::write).orElse("");
        if (text.length() <= MAX_ARGUMENT) {
            return text;
        }
        boolean trace = !state.trace().isEmpty();
        boolean expanded = !trace && !state.expanded().isEmpty();
        boolean avoid = !trace && !expanded && !state.avoid().isEmpty();
        if (!trace && !expanded && !avoid) {
            throw new IllegalArgumentException("state longer than " + MAX_ARGUMENT);
        }
        TransferState shorter = new TransferState(
                state.id(),
                state.submitted(),
                state.size(),
                state.auth(),
                state.flags(),
                expanded ? newerHalf(state.expanded()) : state.expanded(),
                avoid ? newerHalf(state.avoid()) : state.avoid(),
                trace ? newerHalf(state.trace()) : state.trace(),
                state.origin(),
                state.rules());
        return format(shorter, handover);
    }

    private static String write(Handover.Mark mark) {
        return " transfer=" + HexFormat.of().toHexDigits(mark.spool()) + "-" + mark.copy();
    }

    private static List<String> newerHalf(List<String> list) {
        return list.subList((list.size() + 1) / 2, list.size());
    }

    private static String write(TransferState state) {
        List<String> parts = new ArrayList<>();
        parts.add("id=" + state.id());
        parts.add("submitted=" + Xtext.encode(state.submitted().toString()));
        parts.add("size=" + state.size());
        state.auth().ifPresent(auth -> parts.add("auth=" + Xtext.encode(auth)));
        add(parts, "flags", state.flags().stream().map(f -> f.name().toLowerCase(Locale.ROOT)));
        add(parts, "expanded", state.expanded().stream());
        add(parts, "avoid", state.avoid().stream());
        add(parts, "trace", state.trace().stream());
        state.origin().ifPresent(origin -> parts.add("origin=" + Xtext.encode(origin.toString())));
        add(parts, "rules", state.rules().stream());
        return String.join(" ", parts);
    }

    private static void add(List<String> parts, String key, Stream<String> items) {
        String joined = items.map(XState::item).collect(Collectors.joining(","));
        if (!joined.isEmpty()) {
            parts.add(key + "=" + joined);
        }
    }

    private static String item(String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("an empty name cannot travel");
        }
        return Xtext.encode(text).replace(",", "+2C");
    }

    private static Map<String, String> parameters(String argument) {
        Map<String, String> values = new TreeMap<>();
        for (String part : argument.strip().split(" +")) {
            var matcher = PARAMETER.matcher(part);
            if (!matcher.matches()) {
                throw new IllegalArgumentException("not key=value: " + shortened(part));
            }
            String key = matcher.group(1).toLowerCase(Locale.ROOT);
            if (values.put(key, matcher.group(2)) != null) {
                throw new IllegalArgumentException(key + " given twice");
            }
        }
        return values;
    }

    private static String required(Map<String, String> values, String key) {
        String value = values.get(key);
        if (value == null) {
            throw new IllegalArgumentException(key + " is missing");
        }
        return value;
    }

    private static TransportId id(String text) {
        if (!ID.matcher(text).matches()) {
            throw new IllegalArgumentException("id is not 32 hexadecimal digits: " + shortened(text));
        }
        return TransportId.parse(text);
    }

    private static Instant instant(String text) {
        try {
            return Instant.parse(word("submitted", text));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("submitted is no instant: " + shortened(text), e);
        }
    }

    private static EmailAddress address(String text) {
        return EmailAddress.tryParse(word("origin", text))
                .orElseThrow(() -> new IllegalArgumentException("origin is no address: " + shortened(text)));
    }

    private static long number(String text) {
        if (!DIGITS.matcher(text).matches()) {
            throw new IllegalArgumentException("size is no number of octets: " + shortened(text));
        }
        return Long.parseLong(text);
    }

    private static Handover.Mark transfer(String text) {
        Matcher matcher = TRANSFER.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("transfer is not spool-message.copy: " + shortened(text));
        }
        return new Handover.Mark(
                Long.parseUnsignedLong(matcher.group(1), 16),
                new CopyId(new InternalId(Long.parseLong(matcher.group(2))), Integer.parseInt(matcher.group(3))));
    }

    private static Flag flag(String text) {
        for (Flag flag : Flag.values()) {
            if (flag.name().toLowerCase(Locale.ROOT).equals(text)) {
                return flag;
            }
        }
        throw new IllegalArgumentException("unknown flag: " + shortened(text));
    }

    private static List<String> list(Map<String, String> values, String key) {
        String value = values.get(key);
        return value == null
                ? List.of()
                : Stream.of(value.split(",", -1)).map(text -> word(key, text)).toList();
    }

    private static String word(String key, String text) {
        return Xtext.decode(text)
                .filter(word -> !word.isEmpty())
                .orElseThrow(() -> new IllegalArgumentException(key + " is empty or no xtext: " + shortened(text)));
    }

    private static String shortened(String text) {
        String plain = text.replaceAll("[^!-~]", "?");
        return plain.length() <= 60 ? plain : plain.substring(0, 60) + "...";
    }
}
