package org.bridgehead.core.mail;

/** The RET parameter, RFC 3461 section 4.3: what a failure report gives back. */
public enum DsnReturn {
    /** The whole message. */
    FULL,
    /** The header only. */
    HDRS
}
