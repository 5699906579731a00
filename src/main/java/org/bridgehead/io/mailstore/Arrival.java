package org.bridgehead.io.mailstore;

import java.time.Instant;
import org.bridgehead.core.mail.TransferState;

/**
 * How a message came to the node.
 *
 * @param returnPath octets of its Return-Path line
 * @param state what the other servers know of it
 * @param received when
 */
record Arrival(byte[] returnPath, TransferState state, Instant received) {}
