package org.bridgehead.core.topology;

import java.util.Optional;

/**
 * One machine of a mailbox server: embedded, unless {@code lmtp} or {@code smtp} names a real one.
 *
 * @param name unique ignoring case among servers and nodes; equals the server's name for a stand-alone server
 * @param lmtp where a real node takes mail by LMTP
 * @param smtp where a real node takes mail by SMTP
 * @param imap where the node is read; for an embedded node the wanted listen address
 * @param imapMasterUser account that may read every mailbox of a real node
 * @param imapPasswordFile its password
 */
public record MailboxNode(
        String name,
        Optional<HostPort> lmtp,
        Optional<HostPort> smtp,
        Optional<HostPort> imap,
        Optional<String> imapMasterUser,
        Optional<String> imapPasswordFile) {
    /** A node inside the engine. */
    public static MailboxNode embedded(String name) {
        return new MailboxNode(
                name, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** Whether the engine itself is the node. */
    public boolean isEmbedded() {
        return lmtp.isEmpty() && smtp.isEmpty();
    }
}
