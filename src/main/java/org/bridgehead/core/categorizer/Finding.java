package org.bridgehead.core.categorizer;

import java.util.Optional;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.mail.EnhancedStatus;
import org.bridgehead.core.mail.Recipient;
import org.bridgehead.core.topology.TransportRule;

/** Something the categorizer found out about a recipient; the hub tracks, routes or reports it. */
public sealed interface Finding {
    /**
     * A recipient of the copy is known.
     *
     * @param index in the copy
     * @param recipient as it goes on
     * @param destination what it stands for
     */
    record Leaf(int index, Recipient recipient, Destination destination) implements Finding {}

    /**
     * A recipient cannot get the message.
     *
     * @param index in the copy
     * @param recipient as it was asked for
     * @param status kind 5
     * @param reason one line
     */
    record Refused(int index, Recipient recipient, EnhancedStatus status, String reason) implements Finding {}

    /**
     * An address was replaced by the primary one.
     *
     * @param from as written
     * @param to primary
     */
    record Resolved(EmailAddress from, EmailAddress to) implements Finding {}

    /**
     * A recipient was forwarded.
     *
     * @param from whose mail
     * @param to who gets it
     */
    record Redirected(EmailAddress from, EmailAddress to) implements Finding {}

    /**
     * A group is being expanded.
     *
     * @param group its primary address
     * @param name its name
     */
    record Expanding(EmailAddress group, String name) implements Finding {}

    /**
     * A member was reached a second time, or a group contains itself.
     *
     * @param member whose address
     * @param redirected whether forwarding led there
     * @param why one line
     */
    record Duplicate(EmailAddress member, boolean redirected, String why) implements Finding {}

    /**
     * A member that leads nowhere.
     *
     * @param group in which group
     * @param member as the directory names it
     */
    record Lost(EmailAddress group, String member) implements Finding {}

    /**
     * A group that nobody is in.
     *
     * @param group its address
     */
    record Empty(EmailAddress group) implements Finding {}

    /**
     * A recipient that needs nothing and gets nothing.
     *
     * @param recipient its address
     * @param why one line
     */
    record Dropped(EmailAddress recipient, String why) implements Finding {}

    /**
     * A transport rule was applied to a recipient.
     *
     * @param recipient its address
     * @param rule which
     */
    record Ruled(EmailAddress recipient, TransportRule rule) implements Finding {}

    /**
     * Not the sender hears what becomes of a group's members.
     *
     * @param group its address
     * @param manager who does; empty = nobody
     */
    record Reports(EmailAddress group, Optional<EmailAddress> manager) implements Finding {}
}
