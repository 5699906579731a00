package org.bridgehead.whatif;

import java.util.List;
import java.util.Optional;
import org.bridgehead.core.categorizer.Destination;
import org.bridgehead.core.categorizer.Submission;
import org.bridgehead.core.directory.Directory;
import org.bridgehead.core.directory.Restrictions;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.topology.Settings;

/**
 * Who would get a message: the hub's own categorizer run dry, from expansion server to expansion server (BEHAVIOUR 2.4).
 *
 * @param address asked for
 * @param recipients mailboxes and outside addresses that get a copy, in the order of expansion
 * @param duplicates members met again, with why; they get one copy all the same
 * @param loops cycles of groups: primary addresses, the last equal to the first
 * @param forwardLoops cycles of forwarding that keep nothing, in the same way
 * @param refused who gets a non-delivery report
 * @param redirected forwards followed
 * @param dropped reports to groups, and groups that nobody is in
 * @param reports groups whose members' failures are not told to the sender
 * @param restricted entries that take mail from some senders only
 * @param ruled what transport rules do
 * @param journaled who is put on record
 * @param lost members that lead nowhere, without a report to anyone (BEHAVIOUR 11, wish 16)
 * @param groups primary addresses of the groups walked
 * @param expansionServers where parts of it have to be expanded
 * @param unavailable why the directory could not be asked; empty = the answer is whole
 */
public record DryExpansion(
        EmailAddress address,
        List<Member> recipients,
        List<Duplicate> duplicates,
        List<List<String>> loops,
        List<List<String>> forwardLoops,
        List<Refused> refused,
        List<Redirected> redirected,
        List<Dropped> dropped,
        List<Reports> reports,
        List<Restricted> restricted,
        List<Ruled> ruled,
        List<Journaled> journaled,
        List<Lost> lost,
        List<EmailAddress> groups,
        List<ExpansionServer> expansionServers,
        Optional<String> unavailable) {
    /**
     * One who gets a copy.
     *
     * @param address final address
     * @param destination a mailbox, or outside
     */
    public record Member(EmailAddress address, Destination destination) {}

    /**
     * One met again.
     *
     * @param address of a recipient or group
     * @param why one line
     */
    public record Duplicate(EmailAddress address, String why) {}

    /**
     * One who cannot get it.
     *
     * @param address as it was reached
     * @param status enhanced status
     * @param reason one line
     */
    public record Refused(EmailAddress address, String status, String reason) {}

    /**
     * A forward.
     *
     * @param from whose mail
     * @param to who gets it
     */
    public record Redirected(EmailAddress from, EmailAddress to) {}

    /**
     * One that has nobody behind it.
     *
     * @param address of a group
     * @param why one line
     */
    public record Dropped(EmailAddress address, String why) {}

    /**
     * A group whose members' failures are not told to the sender.
     *
     * @param group its address
     * @param to who hears of them; empty = nobody
     */
    public record Reports(EmailAddress group, Optional<EmailAddress> to) {}

    /**
     * An entry that takes mail from some senders only.
     *
     * @param address its address
     * @param restrictions whose mail it takes
     */
    public record Restricted(EmailAddress address, Restrictions restrictions) {}

    /**
     * A transport rule at work.
     *
     * @param address of a recipient
     * @param rule its name
     * @param what one line
     */
    public record Ruled(EmailAddress address, String rule, String what) {}

    /**
     * A recipient that is put on record.
     *
     * @param address of the recipient
     * @param rule name of the journal rule
     */
    public record Journaled(EmailAddress address, String rule) {}

    /**
     * A member that does not exist.
     *
     * @param group where it stands
     * @param member as written
     */
    public record Lost(EmailAddress group, String member) {}

    /**
     * A group that one server alone may expand.
     *
     * @param group its address
     * @param server the only one
     */
    public record ExpansionServer(EmailAddress group, String server) {}

    /** Copies the lists. */
    public DryExpansion {
        recipients = List.copyOf(recipients);
        duplicates = List.copyOf(duplicates);
        loops = List.copyOf(loops);
        refused = List.copyOf(refused);
        forwardLoops = List.copyOf(forwardLoops);
        redirected = List.copyOf(redirected);
        dropped = List.copyOf(dropped);
        reports = List.copyOf(reports);
        restricted = List.copyOf(restricted);
        ruled = List.copyOf(ruled);
        journaled = List.copyOf(journaled);
        lost = List.copyOf(lost);
        groups = List.copyOf(groups);
        expansionServers = List.copyOf(expansionServers);
    }

    /**
     * Expands an address.
     *
     * @param settings of the organisation
     * @param directory asked page by page, as a hub does
     * @param address any address
     * @param submission of the message
     */
    public static DryExpansion of(Settings settings, Directory directory, EmailAddress address, Submission submission) {
        return new DryRun(settings, directory, submission).of(address);
    }

    /** A message of somebody inside whom every entry takes mail from. */
    public static Submission fromInside(Settings settings, long size) {
        EmailAddress postmaster = EmailAddress.of("postmaster@" + settings.defaultDomain());
        return new Submission(Optional.of(postmaster), true, size);
    }
}
