package org.bridgehead.engine;

import java.util.List;
import java.util.Optional;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.mail.Envelope;
import org.bridgehead.core.mail.Recipient;
import org.bridgehead.core.smtp.Peer;
import org.bridgehead.core.smtp.ReceivePolicy;
import org.bridgehead.core.smtp.Reply;
import org.bridgehead.core.smtp.Scram;
import org.bridgehead.core.smtp.Scribe;
import org.bridgehead.io.net.MessageSink;

/** What a door asks and where its mail goes, with something in between: all that a subclass leaves alone is passed on. */
abstract class ForwardingDoor implements ReceivePolicy, MessageSink {
    private final ReceivePolicy policy;
    private final MessageSink sink;

    ForwardingDoor(ReceivePolicy policy, MessageSink sink) {
        this.policy = policy;
        this.sink = sink;
    }

    @Override
    public Scribe scribe(Peer peer) {
        return policy.scribe(peer);
    }

    @Override
    public Optional<Reply> connected(Peer peer) {
        return policy.connected(peer);
    }

    @Override
    public Optional<Reply> command(Peer peer, String verb) {
        return policy.command(peer, verb);
    }

    @Override
    public Optional<Reply> sender(Peer peer, Optional<EmailAddress> sender, long declaredSize) {
        return policy.sender(peer, sender, declaredSize);
    }

    @Override
    public Optional<Reply> recipient(
            Peer peer, Optional<EmailAddress> sender, List<Recipient> soFar, Recipient recipient) {
        return policy.recipient(peer, sender, soFar, recipient);
    }

    @Override
    public Optional<Reply> data(Peer peer, Envelope envelope) {
        return policy.data(peer, envelope);
    }

    @Override
    public Optional<String> user(Peer peer, String login, String password) {
        return policy.user(peer, login, password);
    }

    @Override
    public Optional<Reply> userUndecided(Peer peer, String login, String password) {
        return policy.userUndecided(peer, login, password);
    }

    @Override
    public Optional<Scram.Credentials> serverCredentials() {
        return policy.serverCredentials();
    }

    @Override
    public Optional<String> server(Peer peer, String provedName) {
        return policy.server(peer, provedName);
    }

    @Override
    public boolean isPrompt() {
        return sink.isPrompt();
    }

    @Override
    public MessageSink.Answer begin(Peer peer, Envelope envelope, long declaredSize) {
        return sink.begin(peer, envelope, declaredSize);
    }
}
