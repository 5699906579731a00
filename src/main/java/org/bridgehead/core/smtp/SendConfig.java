package org.bridgehead.core.smtp;

import java.util.Optional;

/**
 * How one connection to a peer is opened and used.
 *
 * @param ownName for EHLO: a domain or an address literal
 * @param protocol SMTP or LMTP
 * @param tls the policy for STARTTLS
 * @param credentials who we are
 * @param sendState whether XSTATE is sent, provided that the peer offers XBRIDGEHEAD
 * @param useBdat whether BDAT is used instead of DATA, provided that the peer offers CHUNKING: one round trip less
 */
public record SendConfig(
        String ownName, Protocol protocol, Tls tls, Credentials credentials, boolean sendState, boolean useBdat) {
    /** Which of the two protocols is spoken. */
    public enum Protocol {
        /** RFC 5321: one final reply for the message. */
        SMTP,
        /** RFC 2033: one final reply for each accepted recipient. */
        LMTP
    }

    /** When TLS is used (RFC 3207). */
    public enum Tls {
        /** Never. */
        NONE,
        /** When offered. */
        OPPORTUNISTIC,
        /** Always; a peer that does not offer it is refused. */
        REQUIRED,
        /** Always, and the peer's certificate must be valid for its name. */
        VERIFIED;

        boolean isMandatory() {
            return this == REQUIRED || this == VERIFIED;
        }
    }

    /** How the client authenticates. Whatever is asked for here is done, or the peer counts as refusing. */
    public sealed interface Credentials {
        /** Not at all. */
        record Anonymous() implements Credentials {}

        /**
         * AUTH PLAIN, or AUTH LOGIN where only that is offered.
         *
         * @param user the user name
         * @param password its password
         * @param withoutTls whether it may be sent in clear (tests on loopback)
         */
        record Password(String user, String password, boolean withoutTls) implements Credentials {}

        /**
         * AUTH SCRAM-SHA-256 with the secret that the servers of one organisation share.
         *
         * @param name of this server
         * @param secret printable ASCII
         * @param nonce random, printable ASCII without comma, another one for every connection
         * @param known what an earlier connection derived from the secret ({@link SendSession#salted()})
         */
        record Organization(String name, String secret, String nonce, Optional<Scram.Salted> known)
                implements Credentials {}

        /** AUTH EXTERNAL (RFC 4422 appendix A): the client certificate of the TLS layer. */
        record External() implements Credentials {}
    }

    /** Checks the name. */
    public SendConfig {
        if (ownName.isEmpty() || !ownName.chars().allMatch(c -> c > 0x20 && c < 0x7F)) {
            throw new IllegalArgumentException("no name for EHLO: " + ownName);
        }
    }

    /** Without TLS and authentication, with BDAT where offered. */
    public static SendConfig plain(String ownName, Protocol protocol) {
        return new SendConfig(ownName, protocol, Tls.NONE, new Credentials.Anonymous(), false, true);
    }

    /** The same with another TLS policy. */
    public SendConfig with(Tls policy) {
        return new SendConfig(ownName, protocol, policy, credentials, sendState, useBdat);
    }

    /** The same with other credentials; state is sent when they are those of an organisation's server. */
    public SendConfig with(Credentials other) {
        boolean server = other instanceof Credentials.Organization || other instanceof Credentials.External;
        return new SendConfig(ownName, protocol, tls, other, server, useBdat);
    }
}
