package org.bridgehead.camel;

/** What an endpoint does: the first part of its URI, in any letter case. */
public enum BridgeheadOperation {
    /** Producer: the body enters the organisation as a message. */
    SUBMIT,
    /** Consumer: what a foreign connector carries. */
    DELIVER,
    /** Producer: tells the way of a message without sending it. */
    ROUTE,
    /** Consumer: tracking events. */
    TRACK,
    /** Consumer: hubs ask what becomes of messages. */
    AGENT
}
