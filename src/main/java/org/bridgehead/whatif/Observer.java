package org.bridgehead.whatif;

import java.util.List;
import java.util.Optional;
import org.bridgehead.core.hub.Admission.Trust;
import org.bridgehead.core.hub.ConnectOutcome;
import org.bridgehead.core.hub.SpoolRecord;
import org.bridgehead.core.hub.StorageGroupId;
import org.bridgehead.core.hub.Target;
import org.bridgehead.core.hub.TrackingEvent;
import org.bridgehead.core.mail.DeliveryReport;
import org.bridgehead.core.mail.InternalId;
import org.bridgehead.core.mail.Recipient;
import org.bridgehead.core.mail.TransportId;
import org.bridgehead.core.topology.JournalRule;

/** Looks on while an imagined organisation works. */
interface Observer {
    /** A client was told {@code 250}. */
    default void acknowledged(TransportId id) {}

    /** No hub answers: a letter stays in the Outbox of a mailbox server, where its sender sees it. */
    default void stays(String mailboxServer, long number) {}

    /**
     * A letter has left the Outbox; {@code accounted}: for each who was still waiting a hub has said that it took it, or a
     * report to the sender, which is a letter of the Outbox now, says that none will.
     */
    default void left(String mailboxServer, long number, boolean accounted) {}

    /** The final reply of a transmission to these recipients was lost. */
    default void unanswered(TransportId id, List<Recipient> recipients) {}

    /**
     * A message whose acceptance could not be synced, and was refused, was there all the same when its server started
     * again: its sender, who heard the refusal, hands it over anew.
     */
    default void keptUnheard(VirtualServer server, SpoolRecord.Accepted message) {}

    /** The door of a server has decided on a message. */
    default void judged(VirtualServer server, Trust trust, Door.Replies replies) {}

    /** A bug has ended the life of a server, which had this message in its hands, or so it says. */
    default void crashed(VirtualServer server, InternalId message, Optional<InternalId> suspect) {}

    /** A server asks for a connection, and will be told what became of it. */
    default void connecting(VirtualServer server, Target target) {}

    /** It is told. */
    default void connected(VirtualServer server, Target target, ConnectOutcome outcome) {}

    /** A server has said that it is in trouble: that it was the server, not the message. */
    default void pressed(VirtualServer server, Target target) {}

    /** A batch is on the disk of a server, synced or not. */
    default void written(VirtualServer server, List<SpoolRecord> batch) {}

    /** A journal report about {@code about} was written, to be sent as the message {@code id}. */
    default void journaled(VirtualServer server, TransportId id, JournalRule rule, SpoolRecord.Accepted about) {}

    /** A report on {@code subject} was written, to be sent as the message {@code id}. */
    default void reported(TransportId id, TransportId subject, DeliveryReport report) {}

    /** A server has carried out a redelivery request. */
    default void redelivered(VirtualServer server, long request, int messages) {}

    /** A mailbox, or somebody outside, got a message. */
    default void arrived(Delivery delivery, boolean inside) {}

    /**
     * Clients of a storage group see another copy of its log now: {@code gone} was in the one before only, {@code back} is
     * in this one only.
     */
    default void switched(StorageGroupId group, List<Delivery> gone, List<Delivery> back) {}

    /** A line of the tracking log. */
    default void tracked(TrackingEvent event) {}

    /** A server is about to die; its disk and what it was doing are as they were. */
    default void dying(VirtualServer server) {}

    /** A server has died; its disk is as the next life will find it. */
    default void died(VirtualServer server) {}

    /** Nothing more is due at this time; time is about to move, or the end is near. */
    default void paused() {}
}
