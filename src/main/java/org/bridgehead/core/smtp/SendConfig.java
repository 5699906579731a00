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
 * @param parties who is spoken of when something about TLS or AUTH goes wrong
 */
public record SendConfig(
        String ownName,
        Protocol protocol,
        Tls tls,
        Credentials credentials,
        boolean sendState,
        boolean useBdat,
        Parties parties) {
    /**
     * For words to the operator.
     *
     * @param peer the name the peer was asked for
     * @param owner whose policy it is that counts, such as {@code connector "Internet"}
     */
    public record Parties(String peer, String owner) {
        static final Parties UNNAMED = new Parties("the peer", "our policy");
    }

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
         * AUTH SCRAM-SHA-256 where it can be had and is not refused, else PLAIN, else LOGIN.
         *
         * @param user the user name
         * @param password its password
         * @param withoutTls whether it may be used in clear (tests on loopback)
         * @param nonce for SCRAM: random, printable ASCII without comma, another one for every connection; empty = no
         *     SCRAM
         */
        record Password(String user, String password, boolean withoutTls, Optional<String> nonce)
                implements Credentials {
            /** By PLAIN or LOGIN only. */
            public Password(String user, String password, boolean withoutTls) {
                this(user, password, withoutTls, Optional.empty());
            }

            /** The peer shows that it knows the password, and is not shown it; SASLprep is not built, so ASCII only. */
            boolean fitsScram() {
                return nonce.isPresent()
                        && (user + password).chars().allMatch(c -> c >= 0x20 && c < 0x7F)
                        && !password.isEmpty();
            }
        }

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

    /** As the full form, with parties unnamed. */
    public SendConfig(
            String ownName, Protocol protocol, Tls tls, Credentials credentials, boolean sendState, boolean useBdat) {
        this(ownName, protocol, tls, credentials, sendState, useBdat, Parties.UNNAMED);
    }

    /** Without TLS and authentication, with BDAT where offered. */
    public static SendConfig plain(String ownName, Protocol protocol) {
        return new SendConfig(ownName, protocol, Tls.NONE, new Credentials.Anonymous(), false, true);
    }

    /** The same with another TLS policy. */
    public SendConfig with(Tls policy) {
        return new SendConfig(ownName, protocol, policy, credentials, sendState, useBdat, parties);
    }

    /** The same with other credentials; state is sent when they are those of an organisation's server. */
    public SendConfig with(Credentials other) {
        boolean server = other instanceof Credentials.Organization || other instanceof Credentials.External;
        return new SendConfig(ownName, protocol, tls, other, server, useBdat, parties);
    }

    /** The same, speaking of these. */
    public SendConfig with(Parties named) {
        return new SendConfig(ownName, protocol, tls, credentials, sendState, useBdat, named);
    }
}
