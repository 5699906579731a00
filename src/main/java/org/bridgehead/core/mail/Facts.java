package org.bridgehead.core.mail;

import java.time.Instant;

/**
 * Everything a server knows of an accepted message beside envelope and octets; written once at acceptance.
 *
 * @param state what travels with it between servers
 * @param header what its header says
 * @param acceptedAt when this server took responsibility
 * @param source who handed it over, for people ({@code smtp 127.0.0.1}, {@code dsn}, {@code server BER-EDGE1})
 */
public record Facts(TransferState state, HeaderFacts header, Instant acceptedAt, String source) {}
