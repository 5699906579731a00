package org.bridgehead.core.directory;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.topology.DatabaseRef;

/** A mail-enabled object of the directory. */
public sealed interface DirectoryEntry {
    /** Its name, unique ignoring case; the distinguished name for entries from LDAP. */
    String name();

    /** Its proxy addresses, primary first; at least one. */
    List<EmailAddress> addresses();

    /** Who may write to it. */
    Restrictions restrictions();

    /** The address others see. */
    default EmailAddress primaryAddress() {
        return addresses().get(0);
    }

    /** An entry that stands for its members. */
    sealed interface Group extends DirectoryEntry {
        /** The only hub that may expand it (BEHAVIOUR 2.4); empty = the first that meets it. */
        Optional<String> expansionServer();

        /** Who hears what became of the members' copies. */
        ReportTo reportTo();

        /** Name of the entry that manages it. */
        Optional<String> manager();
    }

    /**
     * A user's mailbox.
     *
     * @param name unique name
     * @param addresses primary first
     * @param database where it lives
     * @param forwardTo another address that gets its mail
     * @param deliverAndForward whether the mailbox keeps a copy of what is forwarded
     * @param maxReceiveSize octets it takes at most; empty = any
     * @param maxSendSize octets its user may send at most; empty = any
     * @param maxRecipients recipients its user may write in one envelope; empty = as the organisation has it
     * @param restrictions who may write to it
     */
    record Mailbox(
            String name,
            List<EmailAddress> addresses,
            DatabaseRef database,
            Optional<EmailAddress> forwardTo,
            boolean deliverAndForward,
            OptionalLong maxReceiveSize,
            OptionalLong maxSendSize,
            OptionalInt maxRecipients,
            Restrictions restrictions)
            implements DirectoryEntry {
        /** Copies the list. */
        public Mailbox {
            addresses = List.copyOf(addresses);
        }

        /** A mailbox without any setting. */
        public static Mailbox of(String name, EmailAddress address, DatabaseRef database) {
            return of(name, List.of(address), database);
        }

        /** A mailbox of several addresses without any setting. */
        public static Mailbox of(String name, List<EmailAddress> addresses, DatabaseRef database) {
            return new Mailbox(
                    name,
                    addresses,
                    database,
                    Optional.empty(),
                    false,
                    OptionalLong.empty(),
                    OptionalLong.empty(),
                    OptionalInt.empty(),
                    Restrictions.NONE);
        }
    }

    /**
     * A group with a written member list.
     *
     * @param name unique name
     * @param addresses primary first
     * @param expansionServer the only hub that may expand it (BEHAVIOUR 2.4)
     * @param reportTo who hears what became of the members' copies
     * @param manager name of the entry that manages it
     * @param restrictions who may write to it
     */
    record DistributionGroup(
            String name,
            List<EmailAddress> addresses,
            Optional<String> expansionServer,
            ReportTo reportTo,
            Optional<String> manager,
            Restrictions restrictions)
            implements Group {
        /** Copies the list. */
        public DistributionGroup {
            addresses = List.copyOf(addresses);
        }

        /** A group without any setting. */
        public static DistributionGroup of(String name, EmailAddress address) {
            return new DistributionGroup(
                    name, List.of(address), Optional.empty(), ReportTo.ORIGINATOR, Optional.empty(), Restrictions.NONE);
        }
    }

    /**
     * A group whose members are found by a filter when mail comes.
     *
     * @param name unique name
     * @param addresses primary first
     * @param filter LDAP filter (RFC 4515)
     * @param expansionServer the only hub that may expand it
     * @param reportTo who hears what became of the members' copies
     * @param manager name of the entry that manages it
     * @param restrictions who may write to it
     */
    record DynamicDistributionGroup(
            String name,
            List<EmailAddress> addresses,
            String filter,
            Optional<String> expansionServer,
            ReportTo reportTo,
            Optional<String> manager,
            Restrictions restrictions)
            implements Group {
        /** Copies the list. */
        public DynamicDistributionGroup {
            addresses = List.copyOf(addresses);
        }
    }

    /**
     * Somebody outside with an address inside.
     *
     * @param name unique name
     * @param addresses primary first
     * @param target where mail goes
     * @param restrictions who may write to it
     */
    record Contact(String name, List<EmailAddress> addresses, EmailAddress target, Restrictions restrictions)
            implements DirectoryEntry {
        /** Copies the list. */
        public Contact {
            addresses = List.copyOf(addresses);
        }

        /** A contact everyone may write to. */
        public Contact(String name, List<EmailAddress> addresses, EmailAddress target) {
            this(name, addresses, target, Restrictions.NONE);
        }
    }
}
