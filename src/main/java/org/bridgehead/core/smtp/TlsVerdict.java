package org.bridgehead.core.smtp;

import org.bridgehead.core.mail.EnhancedStatus;
import org.bridgehead.core.smtp.SendConfig.Tls;

/**
 * What becomes of a connection, given the policy and what came of STARTTLS. {@code required} and {@code verified} never
 * send in clear: the mail waits, other servers are tried, the operator reads why. {@code opportunistic} takes any
 * certificate and prefers clear text to no mail (RFC 7435 section 3), since a peer without TLS gets it in clear, too.
 * One thing no policy puts up with: octets slipped in behind the {@code 220}, which no honest server sends.
 */
public sealed interface TlsVerdict {
    /** On this connection, encrypted. */
    record Secure() implements TlsVerdict {}

    /** On this connection, in clear. */
    record Clear() implements TlsVerdict {}

    /**
     * This connection is spoilt: in clear over a new one.
     *
     * @param why one line
     */
    record ClearAgain(String why) implements TlsVerdict {}

    /**
     * Not at all; the next server, or later.
     *
     * @param status 4.7.4 security not offered, 4.7.5 cryptographic failure (RFC 3463 section 3.8)
     * @param words for the operator
     * @param politely whether a QUIT reaches the peer still
     */
    record Defer(EnhancedStatus status, String words, boolean politely) implements TlsVerdict {}

    /**
     * Decides.
     *
     * @param policy of the connector or server
     * @param outcome of STARTTLS
     * @param peer the name the peer was asked for
     * @param owner whose policy it is, such as {@code connector "Internet"}
     */
    static TlsVerdict of(Tls policy, TlsOutcome outcome, String peer, String owner) {
        if (outcome instanceof TlsOutcome.Intruded) {
            return defer(
                    "4.7.5", peer + " sent data in clear behind its answer to STARTTLS: it is not believed", false);
        }
        if (outcome instanceof TlsOutcome.NotOffered) {
            return without(policy, "the peer offers no STARTTLS and " + owner + " requires it");
        }
        if (outcome instanceof TlsOutcome.Declined declined) {
            return without(
                    policy,
                    "the peer offers STARTTLS but refused it, and " + owner + " requires it: " + declined.reply());
        }
        if (outcome instanceof TlsOutcome.Failed failed) {
            String words = "TLS handshake with " + peer + " failed: " + failed.reason();
            return policy.isMandatory() ? defer("4.7.5", words, false) : new ClearAgain(words);
        }
        return policy == Tls.VERIFIED ? certified(outcome, peer) : new Secure();
    }

    private static TlsVerdict without(Tls policy, String words) {
        return policy.isMandatory() ? defer("4.7.4", words, true) : new Clear();
    }

    private static TlsVerdict certified(TlsOutcome outcome, String peer) {
        if (outcome instanceof TlsOutcome.Secured) {
            return new Secure();
        }
        String fault;
        if (outcome instanceof TlsOutcome.Expired expired) {
            fault = "expired " + expired.on();
        } else if (outcome instanceof TlsOutcome.Premature premature) {
            fault = "is valid from " + premature.from() + " only";
        } else if (outcome instanceof TlsOutcome.WrongName wrong) {
            fault = wrong.names().isEmpty() ? "names no host" : "is for " + String.join(", ", wrong.names());
        } else {
            fault = "is not trusted: " + ((TlsOutcome.Untrusted) outcome).why();
        }
        return defer("4.7.5", "certificate of " + peer + " " + fault, true);
    }

    private static TlsVerdict defer(String status, String words, boolean politely) {
        return new Defer(EnhancedStatus.of(status), words, politely);
    }
}
