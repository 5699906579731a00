package org.bridgehead.core.mail;

/** The keywords of the NOTIFY parameter, RFC 3461 section 4.1. NEVER excludes the others. */
public enum DsnCondition {
    /** No report whatever happens. */
    NEVER,
    /** A report when delivered. */
    SUCCESS,
    /** A report when undeliverable; the default where nothing is asked. */
    FAILURE,
    /** A report when delivery is delayed. */
    DELAY
}
