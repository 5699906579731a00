package org.bridgehead.io.imap;

import java.net.InetSocketAddress;

/**
 * How every mailbox of a server is read by one account, as Dovecot and others offer it: the login name is
 * {@code mailbox*master}, the password the master's. An immutable value.
 *
 * @param server where IMAP is spoken
 * @param master the account
 * @param password its password; never shown
 * @param secured whether the password and what is read may only travel after STARTTLS, by a certificate that the
 *     platform trusts; false on loopback
 */
public record MasterAccess(InetSocketAddress server, String master, String password, boolean secured) {
    private static final char SEPARATOR = '*';

    /** The login name for a mailbox. */
    String login(String mailbox) {
        return mailbox + SEPARATOR + master;
    }

    @Override
    public String toString() {
        return master + " at " + server;
    }
}
