package org.bridgehead.engine;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.mail.Envelope;
import org.bridgehead.core.mail.Facts;
import org.bridgehead.core.scenario.Mishap;
import org.bridgehead.core.smtp.MessageStart;
import org.bridgehead.core.smtp.Peer;
import org.bridgehead.core.smtp.ReceivePolicy;
import org.bridgehead.core.smtp.Reply;
import org.bridgehead.io.net.HangUpException;
import org.bridgehead.io.net.MessageSink;

/**
 * A door at which scripted mishaps happen on the wire. In lockstep there is one transaction at a time in the whole
 * organisation, so what was met at MAIL is what the message that follows meets.
 */
final class TroubledDoor extends ForwardingDoor {
    private final String target;
    private final Troubles troubles;
    private volatile Optional<Mishap> met = Optional.empty();

    TroubledDoor(String target, Troubles troubles, ReceivePolicy policy, MessageSink sink) {
        super(policy, sink);
        this.target = target;
        this.troubles = troubles;
    }

    @Override
    public Optional<Reply> connected(Peer peer) {
        return troubles.atConnection(target).flatMap(Mishap::spoken).or(() -> super.connected(peer));
    }

    @Override
    public Optional<Reply> sender(Peer peer, Optional<EmailAddress> sender, long declaredSize) {
        met = troubles.atMessage(target);
        return met.flatMap(Mishap::spoken).or(() -> super.sender(peer, sender, declaredSize));
    }

    /** In lockstep everything has its turn, for which it waits. */
    @Override
    public boolean isPrompt() {
        return false;
    }

    @Override
    public MessageSink.Answer begin(Peer peer, Envelope envelope, long declaredSize) {
        Optional<Mishap> mishap = met;
        if (mishap.filter(Mishap.LoseConnection.class::isInstance).isPresent()) {
            return new MessageSink.Answer.HungUp("scripted: before the message");
        }
        MessageSink.Answer answer = super.begin(peer, envelope, declaredSize);
        boolean mute = mishap.filter(Mishap.LoseReply.class::isInstance).isPresent();
        return mute && answer instanceof MessageSink.Answer.Begun begun
                ? new MessageSink.Answer.Begun(new Mute(begun.message()))
                : answer;
    }

    /** Takes the message, and hangs up instead of saying so. */
    private record Mute(MessageSink.Incoming message) implements MessageSink.Incoming {
        @Override
        public MessageStart start() {
            return message.start();
        }

        @Override
        public void write(byte[] octets, int offset, int length) throws IOException {
            message.write(octets, offset, length);
        }

        @Override
        public List<Reply> end(Envelope envelope, Facts facts) throws IOException {
            message.end(envelope, facts);
            throw new HangUpException("scripted: before the final reply");
        }

        @Override
        public void abort() {
            message.abort();
        }
    }
}
