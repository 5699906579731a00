package org.bridgehead.core.directory;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.topology.DatabaseRef;

/** A mail-enabled object of the directory. */
public sealed interface DirectoryEntry {
    /** Its name, unique ignoring case; the distinguished name for entries from LDAP. */
    String name();

    /** Its proxy addresses, primary first; at least one. */
    List<EmailAddress> addresses();

    /** The address others see. */
    default EmailAddress primaryAddress() {
        return addresses().get(0);
    }

    /**
     * A user's mailbox.
     *
     * @param name unique name
     * @param addresses primary first
     * @param database where it lives
     * @param forwardTo another address that gets its mail
     * @param deliverAndForward whether the mailbox keeps a copy of what is forwarded
     * @param maxReceiveSize octets it takes at most
     * @param acceptFrom names of senders or groups it takes mail from; empty = everyone
     * @param authenticatedOnly whether anonymous senders are refused
     */
    record Mailbox(
            String name,
            List<EmailAddress> addresses,
            DatabaseRef database,
            Optional<EmailAddress> forwardTo,
            boolean deliverAndForward,
            OptionalLong maxReceiveSize,
            List<String> acceptFrom,
            boolean authenticatedOnly)
            implements DirectoryEntry {
        /** Copies the lists. */
        public Mailbox {
            addresses = List.copyOf(addresses);
            acceptFrom = List.copyOf(acceptFrom);
        }

        /** A mailbox without any setting. */
        public static Mailbox of(String name, EmailAddress address, DatabaseRef database) {
            return new Mailbox(
                    name, List.of(address), database, Optional.empty(), false, OptionalLong.empty(), List.of(), false);
        }
    }

    /**
     * A group with a written member list.
     *
     * @param name unique name
     * @param addresses primary first
     * @param expansionServer the only hub that may expand it (BEHAVIOUR 2.4)
     * @param acceptFrom names of senders or groups it takes mail from; empty = everyone
     * @param authenticatedOnly whether anonymous senders are refused
     */
    record DistributionGroup(
            String name,
            List<EmailAddress> addresses,
            Optional<String> expansionServer,
            List<String> acceptFrom,
            boolean authenticatedOnly)
            implements DirectoryEntry {
        /** Copies the lists. */
        public DistributionGroup {
            addresses = List.copyOf(addresses);
            acceptFrom = List.copyOf(acceptFrom);
        }
    }

    /**
     * A group whose members are found by a filter when mail comes.
     *
     * @param name unique name
     * @param addresses primary first
     * @param filter LDAP filter (RFC 4515)
     * @param expansionServer the only hub that may expand it
     * @param acceptFrom names of senders or groups it takes mail from; empty = everyone
     * @param authenticatedOnly whether anonymous senders are refused
     */
    record DynamicDistributionGroup(
            String name,
            List<EmailAddress> addresses,
            String filter,
            Optional<String> expansionServer,
            List<String> acceptFrom,
            boolean authenticatedOnly)
            implements DirectoryEntry {
        /** Copies the lists. */
        public DynamicDistributionGroup {
            addresses = List.copyOf(addresses);
            acceptFrom = List.copyOf(acceptFrom);
        }
    }

    /**
     * Somebody outside with an address inside.
     *
     * @param name unique name
     * @param addresses primary first
     * @param target where mail goes
     */
    record Contact(String name, List<EmailAddress> addresses, EmailAddress target) implements DirectoryEntry {
        /** Copies the list. */
        public Contact {
            addresses = List.copyOf(addresses);
        }
    }
}
