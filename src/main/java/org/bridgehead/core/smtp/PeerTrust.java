package org.bridgehead.core.smtp;

/** As whom a peer has authenticated. */
public sealed interface PeerTrust {
    /** Nobody has proved anything. */
    PeerTrust ANONYMOUS = new Anonymous();

    /** Not authenticated. */
    record Anonymous() implements PeerTrust {}

    /**
     * A person or program with a mailbox.
     *
     * @param name as {@link ReceivePolicy#user} gave it
     */
    record User(String name) implements PeerTrust {}

    /**
     * A server of the organisation.
     *
     * @param name as {@link ReceivePolicy#server} gave it
     */
    record Server(String name) implements PeerTrust {}

    /** Whether it is a server of the organisation, whose statements about a message are believed. */
    default boolean isServer() {
        return this instanceof Server;
    }

    /** Whether it has authenticated at all. */
    default boolean isAuthenticated() {
        return !(this instanceof Anonymous);
    }
}
