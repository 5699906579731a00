package org.bridgehead.engine;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.bridgehead.core.mail.EmailAddress;

/**
 * What a server shall say instead of what it would, to whoever talks to it: {@code
 * server.replies().onRcpt("x@contoso.test").with(451, "4.3.0 not now").times(2)}. Of several that fit, the first one that
 * is not used up counts. They stand over kill and start. Safe for any thread.
 */
public final class Replies {
    /** Points of a dialogue. */
    enum Moment {
        CONNECT,
        COMMAND,
        MAIL,
        RCPT,
        DATA,
        MESSAGE
    }

    private record Rule(Moment moment, String subject, ScriptedReply reply) {
        boolean concerns(Moment when, String what) {
            return moment == when && (subject.isEmpty() || subject.equals(what));
        }
    }

    private final List<Rule> rules = new CopyOnWriteArrayList<>();

    Replies() {}

    /** Instead of the greeting; a refusal closes the connection. */
    public ScriptedReply onConnect() {
        return on(Moment.CONNECT, "");
    }

    /** At another command, such as {@code EHLO}, {@code AUTH}, {@code STARTTLS}, {@code RSET} or {@code QUIT}. */
    public ScriptedReply onCommand(String verb) {
        String upper = verb.toUpperCase(Locale.ROOT);
        if (List.of("MAIL", "RCPT", "DATA", "BDAT").contains(upper)) {
            throw new IllegalArgumentException("for " + upper + " there are onMail(), onRcpt() and onData()");
        }
        return on(Moment.COMMAND, upper);
    }

    /** At MAIL, whoever the sender is. */
    public ScriptedReply onMail() {
        return on(Moment.MAIL, "");
    }

    /** At MAIL from this sender. */
    public ScriptedReply onMail(String sender) {
        return on(Moment.MAIL, EmailAddress.of(sender).key());
    }

    /** At each RCPT. */
    public ScriptedReply onRcpt() {
        return on(Moment.RCPT, "");
    }

    /** At RCPT to this recipient, as the envelope names it at this server. */
    public ScriptedReply onRcpt(String recipient) {
        return on(Moment.RCPT, EmailAddress.of(recipient).key());
    }

    /** When the message is about to come: at DATA or the first BDAT. */
    public ScriptedReply onData() {
        return on(Moment.DATA, "");
    }

    /** When the message has come: instead of the final reply. */
    public ScriptedReply onMessage() {
        return on(Moment.MESSAGE, "");
    }

    /** Forgets everything: the server says what it would. */
    public void clear() {
        rules.clear();
    }

    private ScriptedReply on(Moment moment, String subject) {
        ScriptedReply reply = new ScriptedReply(moment);
        rules.add(new Rule(moment, subject, reply));
        return reply;
    }

    /** What happens now; empty = nothing was scripted for it. */
    Optional<ScriptedReply.Effect> met(Moment moment, String subject) {
        for (Rule rule : rules) {
            Optional<ScriptedReply.Effect> effect =
                    rule.concerns(moment, subject) ? rule.reply().meet() : Optional.empty();
            if (effect.isPresent()) {
                return effect;
            }
        }
        return Optional.empty();
    }
}
