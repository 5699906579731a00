package org.bridgehead.core.mail;

import java.time.Instant;
import java.util.Optional;

/**
 * Everything a server knows of an accepted message beside envelope and octets; written once at acceptance.
 *
 * @param state what travels with it between servers
 * @param header what its header says
 * @param acceptedAt when this server took responsibility
 * @param source who handed it over, for people ({@code smtp 127.0.0.1}, {@code dsn}, {@code server BER-EDGE1})
 * @param handover which copy of another server it came as; empty = none, or one that does not say. It matters at the door
 *     only, and a spool that is read back does not know it: what has to outlive the message is a record of its own
 */
public record Facts(
        TransferState state, HeaderFacts header, Instant acceptedAt, String source, Optional<Handover> handover) {
    /** Of a message that no server handed over. */
    public Facts(TransferState state, HeaderFacts header, Instant acceptedAt, String source) {
        this(state, header, acceptedAt, source, Optional.empty());
    }
}
