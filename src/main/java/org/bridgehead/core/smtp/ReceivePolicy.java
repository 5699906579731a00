package org.bridgehead.core.smtp;

import java.util.List;
import java.util.Optional;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.mail.Envelope;
import org.bridgehead.core.mail.Recipient;

/**
 * The port by which a {@link ReceiveSession} asks who may do what. An empty reply means: no objection. Called in the
 * thread of the session, many at a time for one policy; a live policy may wait for a directory, a simulated one
 * answers at once. Refusals of {@link #connected} and any 421 end the connection.
 */
public interface ReceivePolicy {
    /** Who writes down what is said on a new connection; asked before {@link #connected}. */
    default Scribe scribe(Peer peer) {
        return Scribe.NONE;
    }

    /** A peer has connected; a 220 follows. */
    default Optional<Reply> connected(Peer peer) {
        return Optional.empty();
    }

    /**
     * A command that has no question of its own here: all but MAIL, RCPT, DATA and BDAT.
     *
     * @param verb upper case
     * @return what is said instead of carrying it out
     */
    default Optional<Reply> command(Peer peer, String verb) {
        return Optional.empty();
    }

    /**
     * MAIL.
     *
     * @param sender empty = the null sender
     * @param declaredSize the SIZE parameter in octets; 0 = not given
     */
    default Optional<Reply> sender(Peer peer, Optional<EmailAddress> sender, long declaredSize) {
        return Optional.empty();
    }

    /**
     * RCPT.
     *
     * @param sender empty = the null sender
     * @param soFar the recipients accepted before in this transaction
     * @param recipient the one to decide about
     */
    Optional<Reply> recipient(Peer peer, Optional<EmailAddress> sender, List<Recipient> soFar, Recipient recipient);

    /** DATA, or the first BDAT: the envelope is complete. */
    default Optional<Reply> data(Peer peer, Envelope envelope) {
        return Optional.empty();
    }

    /**
     * AUTH PLAIN or LOGIN.
     *
     * @return the user's name when the password is right; empty when it is not
     */
    default Optional<String> user(Peer peer, String login, String password) {
        return Optional.empty();
    }

    /**
     * What is said when {@link #user} was empty because nobody can tell now; empty = the password is wrong.
     */
    default Optional<Reply> userUndecided(Peer peer, String login, String password) {
        return Optional.empty();
    }

    /** What servers of the organisation prove themselves by (AUTH SCRAM-SHA-256); empty = none has access. */
    default Optional<Scram.Credentials> serverCredentials() {
        return Optional.empty();
    }

    /**
     * Which server of the organisation a proved name stands for.
     *
     * @param provedName a DNS name or common name of a verified certificate (AUTH EXTERNAL), or the name given with a
     *     right proof of the organisation's secret (AUTH SCRAM-SHA-256)
     * @return the server's name; empty when it is none of ours
     */
    default Optional<String> server(Peer peer, String provedName) {
        return Optional.empty();
    }
}
