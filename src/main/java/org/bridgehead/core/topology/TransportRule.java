package org.bridgehead.core.topology;

import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.mail.EnhancedStatus;
import org.bridgehead.core.mail.HeaderField;

/**
 * A rule of the organisation about mail in transport, applied by the hub that resolves a recipient, after the limits of
 * sender and recipient (BEHAVIOUR 2.1). Immutable.
 *
 * @param name unique; it travels with the message once the rule has been applied
 * @param when what must hold, all of it; nothing = every message
 * @param except what must not hold, none of it
 * @param action what is done then
 */
public record TransportRule(String name, Conditions when, Conditions except, Action action) {
    /**
     * Conditions on one recipient of one message. Lists hold when one of their items does; an empty one asks nothing.
     *
     * @param from addresses of senders, {@code *@domain} for all of a domain
     * @param memberOf names of groups, or of entries, that the sender is in
     * @param to addresses of recipients after expansion, written as in {@code from}
     * @param toMemberOf names of groups, or of entries, that the recipient is in
     * @param subject words in the subject, in any letter case
     * @param header words in other fields of the header
     * @param largerThan octets that the message exceeds
     */
    public record Conditions(
            List<String> from,
            List<String> memberOf,
            List<String> to,
            List<String> toMemberOf,
            List<String> subject,
            List<HeaderWords> header,
            OptionalLong largerThan) {
        /** Asks nothing. */
        public static final Conditions NONE =
                new Conditions(List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), OptionalLong.empty());

        /** Copies the lists. */
        public Conditions {
            from = List.copyOf(from);
            memberOf = List.copyOf(memberOf);
            to = List.copyOf(to);
            toMemberOf = List.copyOf(toMemberOf);
            subject = List.copyOf(subject);
            header = List.copyOf(header);
        }
    }

    /**
     * Words in a field of the header.
     *
     * @param field its name
     * @param words one of them is in one of the fields of that name, in any letter case; empty = there is such a field
     */
    public record HeaderWords(String field, List<String> words) {
        /** Copies the list. */
        public HeaderWords {
            words = List.copyOf(words);
        }
    }

    /** What a rule does to a recipient it holds for. */
    public sealed interface Action {
        /** One line for people. */
        String words();
    }

    /**
     * The recipient does not get the message, and the sender hears of it.
     *
     * @param status kind 5
     * @param text one line
     */
    public record Reject(EnhancedStatus status, String text) implements Action {
        @Override
        public String words() {
            return "rejects it: " + status + " " + text;
        }
    }

    /**
     * Another one gets the message instead.
     *
     * @param to who
     */
    public record Redirect(EmailAddress to) implements Action {
        @Override
        public String words() {
            return "redirects it to " + to;
        }
    }

    /**
     * Another one gets the message, too.
     *
     * @param recipient who
     */
    public record AddRecipient(EmailAddress recipient) implements Action {
        @Override
        public String words() {
            return "adds the recipient " + recipient;
        }
    }

    /** What changes the octets that the recipient gets; those of the message itself stay as they are. */
    public sealed interface Change extends Action {}

    /**
     * Fields are put in front of the header. One of the same name that is there already stays below: what a sender wrote
     * is not taken away (DECISIONS 4.1).
     *
     * @param fields in order
     */
    public record SetHeader(List<HeaderField> fields) implements Change {
        /** Copies the list. */
        public SetHeader {
            fields = List.copyOf(fields);
        }

        @Override
        public String words() {
            return fields.stream()
                    .map(field -> field.name() + ": " + field.value())
                    .collect(Collectors.joining(", ", "sets ", ""));
        }
    }

    /**
     * The message becomes the first part of a {@code multipart/mixed}, a text of the organisation the second one.
     * Signatures inside the message stay valid.
     *
     * @param text as people read it, lines ended by LF
     */
    public record Disclaimer(String text) implements Change {
        @Override
        public String words() {
            return "adds a disclaimer";
        }
    }
}
