package org.bridgehead.camel;

import org.apache.camel.spi.Metadata;

/** Headers of exchanges. */
public final class BridgeheadConstants {
    /** Sender of the envelope. */
    @Metadata(
            javaType = "String",
            description = "The sender of the envelope; an empty text is the null sender of delivery reports.")
    public static final String FROM = "CamelBridgeheadFrom";

    /** Recipients of the envelope. */
    @Metadata(
            javaType = "java.util.List<String>",
            description = "The recipients of the envelope; producers also take a text with commas between them.")
    public static final String TO = "CamelBridgeheadTo";

    /** The server that took a submitted message, or on which a tracking event happened. */
    @Metadata(javaType = "String", description = "The server that took the message, or on which the event happened.")
    public static final String SERVER = "CamelBridgeheadServer";

    /** The connector by which a message leaves. */
    @Metadata(label = "consumer", javaType = "String", description = "The connector by which the message leaves.")
    public static final String CONNECTOR = "CamelBridgeheadConnector";

    /** Message-ID header field. */
    @Metadata(
            javaType = "String",
            description = "The Message-ID, angle brackets included; chosen by the sender, so not always unique. After"
                    + " submit the one that the server goes by, its own where the message had none.")
    public static final String MESSAGE_ID = "CamelBridgeheadMessageId";

    /** For whom a submitted message was taken. */
    @Metadata(
            label = "producer",
            javaType = "java.util.Map<String, String>",
            description =
                    "Those recipients for whom the server took the message, each with its words; also set when the"
                            + " exchange fails for others.")
    public static final String ACCEPTED = "CamelBridgeheadAccepted";

    /** For whom a submitted message was not taken, or failed later. */
    @Metadata(
            label = "producer",
            javaType = "java.util.Map<String, String>",
            description =
                    "Those recipients for whom the message was refused, or with waitFor=settled failed later, each"
                            + " with status and words, such as 5.1.1 no such user.")
    public static final String REJECTED = "CamelBridgeheadRejected";

    /** Whether a message may have been in a route before. */
    @Metadata(
            label = "consumer",
            javaType = "Boolean",
            description = "True when the message may have been through the route already: the route had finished or was"
                    + " running when its server ended, and whether it had been acknowledged is not known. False when the"
                    + " route sees it for the first time or after it failed.")
    public static final String REDELIVERED = "CamelBridgeheadRedelivered";

    /** Identity of a message in the organisation. */
    @Metadata(
            label = "consumer",
            javaType = "String",
            description = "The identity of the message in its organisation, constant on every hop: 32 hexadecimal"
                    + " digits. Together with the recipients the key for an idempotent consumer.")
    public static final String TRANSPORT_ID = "CamelBridgeheadTransportId";

    /** Subject header field as it was sent. */
    @Metadata(label = "consumer", javaType = "String", description = "The Subject as it was sent, not decoded.")
    public static final String SUBJECT = "CamelBridgeheadSubject";

    /** Kind of a tracking event. */
    @Metadata(
            label = "consumer",
            javaType = "String",
            description = "The kind of tracking event, such as RECEIVE, SEND, DELIVER, DEFER, FAIL.")
    public static final String EVENT = "CamelBridgeheadEvent";

    /** Of an agent's route: the message is refused. */
    @Metadata(
            label = "consumer",
            javaType = "String",
            description =
                    "Set by the route of an agent: the message is refused with this status and these words, such as"
                            + " 5.7.1 not outside.")
    public static final String REJECT = "CamelBridgeheadReject";

    /** Of an agent's route: nobody gets the message. */
    @Metadata(
            label = "consumer",
            javaType = "Boolean",
            description = "Set by the route of an agent: the message is dropped, and its sender hears nothing.")
    public static final String DROP = "CamelBridgeheadDrop";

    /** Of an agent's route: who gets the message, too. */
    @Metadata(
            label = "consumer",
            javaType = "java.util.List<String>",
            description = "Set by the route of onSubmitted: recipients that the message gets beside its own.")
    public static final String ADD = "CamelBridgeheadAdd";

    /** Of an agent's route: who gets the message instead. */
    @Metadata(
            label = "consumer",
            javaType = "String",
            description = "Set by the route of onSubmitted: who gets the message instead of its recipients.")
    public static final String REDIRECT = "CamelBridgeheadRedirect";

    /** Of an agent's route: fields of the header. */
    @Metadata(
            label = "consumer",
            javaType = "java.util.Map<String, String>",
            description = "Set by the route of onSubmitted: fields that are put in front of the message's header.")
    public static final String SET_FIELDS = "CamelBridgeheadSetFields";

    /** Of an agent's route: a text of the organisation. */
    @Metadata(
            label = "consumer",
            javaType = "String",
            description = "Set by the route of onSubmitted: a text that is added to the message as a part of its own.")
    public static final String DISCLAIMER = "CamelBridgeheadDisclaimer";

    /** Next hop of a route. */
    @Metadata(
            label = "producer",
            javaType = "String",
            description = "The queue that a message for the recipient would wait in, such as site:Munich,"
                    + " mailbox:MUC-MBX1 or connector:Internet; absent when it would be refused.")
    public static final String NEXT_HOP = "CamelBridgeheadNextHop";

    /** Sites of a route. */
    @Metadata(
            label = "producer",
            javaType = "java.util.List<String>",
            description = "The sites on the way, the first and the last included.")
    public static final String PATH = "CamelBridgeheadPath";

    /** Reason of a route. */
    @Metadata(label = "producer", javaType = "String", description = "Why this way, for people.")
    public static final String REASON = "CamelBridgeheadReason";

    private BridgeheadConstants() {}
}
