package org.bridgehead.engine;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bridgehead.core.mail.EnhancedStatus;
import org.bridgehead.core.smtp.Reply;

/**
 * What a server is to say, or not to say, at some point of the dialogue; made by {@link Replies}. It does nothing until
 * it is told what: {@link #with}, {@link #disconnect} or {@link #disconnectAfter}. Safe for any thread.
 */
public final class ScriptedReply {
    /** What happens. */
    sealed interface Effect {
        /** This is said instead. */
        record Say(Reply reply) implements Effect {}

        /** The connection breaks once so many octets of the message have come. */
        record Break(long octets) implements Effect {}
    }

    private static final Pattern WORDS = Pattern.compile("(?s)([245]\\.\\d{1,3}\\.\\d{1,3})(?: (.*))?");

    private final Replies.Moment moment;
    private Optional<Effect> effect = Optional.empty();
    private int skipped;
    private int left = Integer.MAX_VALUE;
    private int met;

    ScriptedReply(Replies.Moment moment) {
        this.moment = moment;
    }

    /**
     * Says this instead of what the server would have said.
     *
     * @param code 400 to 599; 421 closes the connection
     * @param text the words, an enhanced status in front of them if there shall be one: {@code "4.3.0 not now"}
     */
    public synchronized ScriptedReply with(int code, String text) {
        if (code < 400 || code > 599) {
            throw new IllegalArgumentException("a scripted reply has a code of 400 to 599: " + code);
        }
        effect = Optional.of(new Effect.Say(reply(code, text)));
        return this;
    }

    private static Reply reply(int code, String text) {
        Matcher words = WORDS.matcher(text);
        if (!words.matches()) {
            return Reply.plain(code, text);
        }
        EnhancedStatus status = EnhancedStatus.of(words.group(1));
        String rest = words.group(2) == null ? "" : words.group(2);
        return Reply.of(code, status.toString(), rest);
    }

    /** Breaks the connection without a word. At the end of a message: the message is taken, its reply is lost. */
    public ScriptedReply disconnect() {
        return disconnectAfter(0);
    }

    /**
     * Breaks the connection when so many octets of the message have come: for {@link Replies#onData()}.
     *
     * @param octets 0 or more
     */
    public synchronized ScriptedReply disconnectAfter(long octets) {
        if (octets < 0 || octets > 0 && moment != Replies.Moment.DATA) {
            throw new IllegalArgumentException("octets come behind onData() only, and are counted from 0: " + octets);
        }
        effect = Optional.of(new Effect.Break(octets));
        return this;
    }

    /** At most so many times; without this call each time. */
    public synchronized ScriptedReply times(int most) {
        if (most < 1) {
            throw new IllegalArgumentException("how often? " + most);
        }
        left = most;
        return this;
    }

    /** Lets the first {@code count} pass: {@code after(2).times(1)} is the third time only. */
    public synchronized ScriptedReply after(int count) {
        if (count < 0) {
            throw new IllegalArgumentException("after how many? " + count);
        }
        skipped = count;
        return this;
    }

    /** How often it has happened. */
    public synchronized int met() {
        return met;
    }

    /** It is its turn, unless it is used up, or lets this one pass. */
    synchronized Optional<Effect> meet() {
        if (effect.isEmpty() || left == 0) {
            return Optional.empty();
        }
        if (skipped > 0) {
            skipped--;
            return Optional.empty();
        }
        left--;
        met++;
        return effect;
    }
}
