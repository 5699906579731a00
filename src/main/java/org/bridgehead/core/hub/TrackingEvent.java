package org.bridgehead.core.hub;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.mail.InternalId;
import org.bridgehead.core.mail.MessageId;
import org.bridgehead.core.mail.TransportId;

/**
 * One line of the message tracking log (BEHAVIOUR 3.4, CONTRACT 3).
 *
 * @param time when, by the clock of the server
 * @param event what happened
 * @param source which part of the server
 * @param server where
 * @param site its site; empty on an edge
 * @param messageId Message-ID
 * @param internalId number in this server's spool
 * @param transportId identity in the organisation
 * @param sender reverse path; empty = null sender
 * @param recipients concerned
 * @param nextHop server or queue it goes to
 * @param hop servers that handled the message before, plus one
 * @param bytes octets at first acceptance
 * @param status enhanced status with its words; empty when there is none
 * @param reason why, for people; empty when there is nothing to say
 */
public record TrackingEvent(
        Instant time,
        Kind event,
        Source source,
        String server,
        Optional<String> site,
        MessageId messageId,
        InternalId internalId,
        TransportId transportId,
        Optional<EmailAddress> sender,
        List<EmailAddress> recipients,
        Optional<String> nextHop,
        int hop,
        long bytes,
        String status,
        String reason) {
    /** Kinds of event, named as in the log. */
    public enum Kind {
        /** A message was accepted from a client or another server. */
        RECEIVE,
        /** A mailbox submitted a message. */
        SUBMIT,
        /** A recipient was rewritten to its primary address. */
        RESOLVE,
        /** A group was expanded. */
        EXPAND,
        /** A recipient was forwarded. */
        REDIRECT,
        /** A message was split into copies. */
        TRANSFER,
        /** A copy was handed to another server. */
        SEND,
        /** A copy was stored in mailboxes. */
        DELIVER,
        /** Delivery was put off. */
        DEFER,
        /** Delivery failed for good. */
        FAIL,
        /** A report was made. */
        DSN,
        /** A message went through the categorizer again. */
        RESUBMIT,
        /** The store dropped a second copy. */
        DUPLICATEDELIVER,
        /** Another server handed over once more what had been accepted; no second copy was made. */
        DUPLICATERECEIVE,
        /** A member was reached twice during expansion. */
        DUPLICATEEXPAND,
        /** Forwarding led to somebody who is a recipient already. */
        DUPLICATEREDIRECT,
        /** A message was set aside because it kept crashing the server. */
        POISONMESSAGE,
        /** The dumpster was asked to redeliver. */
        REDELIVER,
        /** What was decided about a recipient beside its way: a transport rule, or who hears of a group's members. */
        AGENTINFO,
        /** An agent dropped a message, or a recipient has nobody behind it. */
        DROP
    }

    /** Parts of the server. */
    public enum Source {
        /** SMTP in or out. */
        SMTP,
        /** The mailbox store. */
        STOREDRIVER,
        /** Recipient resolution. */
        RESOLVER,
        /** Routing. */
        ROUTING,
        /** Delivery queues. */
        QUEUE,
        /** Reports. */
        DSN,
        /** Foreign connectors. */
        GATEWAY,
        /** Agents. */
        AGENT,
        /** Operators. */
        ADMIN,
        /** The name system. */
        DNS,
        /** The transport dumpster. */
        REDUNDANCY
    }

    /** Copies the list. */
    public TrackingEvent {
        recipients = List.copyOf(recipients);
    }

    /** Whether the server wrote the message itself at this moment: a delivery report, or a journal report. */
    public boolean tellsOfReport() {
        return event == Kind.DSN || event == Kind.RECEIVE && source == Source.AGENT;
    }
}
