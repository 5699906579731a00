package org.bridgehead.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.mail.Envelope;
import org.bridgehead.core.mail.Facts;
import org.bridgehead.core.mail.Recipient;
import org.bridgehead.core.smtp.MessageStart;
import org.bridgehead.core.smtp.Peer;
import org.bridgehead.core.smtp.ReceivePolicy;
import org.bridgehead.core.smtp.Reply;
import org.bridgehead.core.smtp.Scribe;
import org.bridgehead.engine.Replies.Moment;
import org.bridgehead.engine.ScriptedReply.Effect;
import org.bridgehead.io.net.HangUpException;
import org.bridgehead.io.net.MessageSink;

/** A door that says what a test scripted, writes down what was said, and is as slow as it shall be. Safe for any thread. */
final class ScriptedDoor extends ForwardingDoor {
    private final ServerRig rig;

    ScriptedDoor(ServerRig rig, ReceivePolicy policy, MessageSink sink) {
        super(policy, sink);
        this.rig = rig;
    }

    /** What was scripted; a connection that shall break does so by the exception. */
    private Optional<Reply> scripted(Moment moment, String subject) {
        Optional<Effect> effect = rig.replies().met(moment, subject);
        if (effect.isPresent() && effect.get() instanceof Effect.Break) {
            throw new UncheckedIOException(new HangUpException("scripted: at " + moment + " " + subject));
        }
        return effect.map(say -> ((Effect.Say) say).reply());
    }

    @Override
    public Scribe scribe(Peer peer) {
        return rig.record(peer);
    }

    @Override
    public Optional<Reply> connected(Peer peer) {
        return scripted(Moment.CONNECT, "").or(() -> super.connected(peer));
    }

    @Override
    public Optional<Reply> command(Peer peer, String verb) {
        return scripted(Moment.COMMAND, verb).or(() -> super.command(peer, verb));
    }

    @Override
    public Optional<Reply> sender(Peer peer, Optional<EmailAddress> sender, long declaredSize) {
        if (!peer.trust().isServer()) {
            rig.delay();
        }
        return scripted(Moment.MAIL, sender.map(EmailAddress::key).orElse(""))
                .or(() -> super.sender(peer, sender, declaredSize));
    }

    @Override
    public Optional<Reply> recipient(
            Peer peer, Optional<EmailAddress> sender, List<Recipient> soFar, Recipient recipient) {
        return scripted(Moment.RCPT, recipient.address().key())
                .or(() -> super.recipient(peer, sender, soFar, recipient));
    }

    @Override
    public boolean isPrompt() {
        return !rig.isSlow() && super.isPrompt();
    }

    @Override
    public MessageSink.Answer begin(Peer peer, Envelope envelope, long declaredSize) {
        Optional<Effect> effect = rig.replies().met(Moment.DATA, "");
        long until = Long.MAX_VALUE;
        if (effect.isPresent() && effect.get() instanceof Effect.Say say) {
            return new MessageSink.Answer.Refused(say.reply());
        } else if (effect.isPresent()) {
            until = ((Effect.Break) effect.get()).octets();
        }
        if (until == 0) {
            return new MessageSink.Answer.HungUp("scripted: before the message");
        }
        MessageSink.Answer answer = super.begin(peer, envelope, declaredSize);
        return answer instanceof MessageSink.Answer.Begun begun
                ? new MessageSink.Answer.Begun(
                        new Scripted(begun.message(), !peer.trust().isServer(), until))
                : answer;
    }

    private final class Scripted implements MessageSink.Incoming {
        private final MessageSink.Incoming message;
        private final boolean stranger;
        private long left;

        private Scripted(MessageSink.Incoming message, boolean stranger, long left) {
            this.message = message;
            this.stranger = stranger;
            this.left = left;
        }

        @Override
        public MessageStart start() {
            return message.start();
        }

        @Override
        public void write(byte[] octets, int offset, int length) throws IOException {
            left -= length;
            if (left <= 0) {
                throw new HangUpException("scripted: in the middle of the message");
            }
            if (stranger) {
                rig.delay(length);
            }
            message.write(octets, offset, length);
        }

        @Override
        public List<Reply> end(Envelope envelope, Facts facts) throws IOException {
            Optional<Effect> effect = rig.replies().met(Moment.MESSAGE, "");
            if (effect.isPresent() && effect.get() instanceof Effect.Say say) {
                message.abort();
                return List.of(say.reply());
            }
            return said(effect, () -> message.end(envelope, facts));
        }

        @Override
        public void end(Envelope envelope, Facts facts, Consumer<Ending> then) {
            Optional<Effect> effect = rig.replies().met(Moment.MESSAGE, "");
            if (effect.isPresent() && effect.get() instanceof Effect.Say say) {
                message.abort();
                then.accept(() -> List.of(say.reply()));
            } else {
                message.end(envelope, facts, ending -> then.accept(() -> said(effect, ending)));
            }
        }

        private List<Reply> said(Optional<Effect> effect, Ending ending) throws IOException {
            List<Reply> replies = ending.replies();
            if (effect.isPresent()) {
                throw new HangUpException("scripted: before the final reply");
            }
            return replies;
        }

        @Override
        public void abort() {
            message.abort();
        }
    }
}
