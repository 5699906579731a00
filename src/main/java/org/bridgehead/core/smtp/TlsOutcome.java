package org.bridgehead.core.smtp;

import java.time.LocalDate;
import java.util.List;

/** What came of STARTTLS at a peer (RFC 3207), as the wire saw it; what it means is for {@link TlsVerdict} to say. */
public sealed interface TlsOutcome {
    /** The peer does not offer STARTTLS, or somebody on the way has taken the offer away. */
    record NotOffered() implements TlsOutcome {}

    /**
     * The peer offers it, and refused when asked.
     *
     * @param reply its words, one line
     */
    record Declined(String reply) implements TlsOutcome {}

    /** Octets in clear followed the {@code 220}: they would count as said under TLS if anybody believed them. */
    record Intruded() implements TlsOutcome {}

    /**
     * No TLS session came about: no common version, garbage, a broken connection, silence.
     *
     * @param reason one line
     */
    record Failed(String reason) implements TlsOutcome {}

    /** The connection is encrypted; the certificate is in order where that was asked for. */
    record Secured() implements TlsOutcome {}

    /**
     * Encrypted, but the certificate is too old.
     *
     * @param on its last day, UTC
     */
    record Expired(LocalDate on) implements TlsOutcome {}

    /**
     * Encrypted, but the certificate is not valid yet.
     *
     * @param from its first day, UTC
     */
    record Premature(LocalDate from) implements TlsOutcome {}

    /**
     * Encrypted, but the certificate is another host's.
     *
     * @param names the names in it; perhaps none
     */
    record WrongName(List<String> names) implements TlsOutcome {
        /** Copies the list. */
        public WrongName {
            names = List.copyOf(names);
        }
    }

    /**
     * Encrypted, but nobody we trust vouches for the certificate.
     *
     * @param why one line
     */
    record Untrusted(String why) implements TlsOutcome {}
}
