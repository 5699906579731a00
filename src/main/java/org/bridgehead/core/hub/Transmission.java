package org.bridgehead.core.hub;

import org.bridgehead.core.mail.BodyRef;
import org.bridgehead.core.mail.CopyId;
import org.bridgehead.core.mail.Envelope;
import org.bridgehead.core.mail.HeaderFacts;
import org.bridgehead.core.mail.TransferState;

/**
 * One message as it goes over one connection.
 *
 * @param copy which copy it is taken from
 * @param envelope sender, and those recipients of the copy that go this way
 * @param state for peers of the organisation
 * @param header for the choice of extensions
 * @param body its octets
 */
public record Transmission(CopyId copy, Envelope envelope, TransferState state, HeaderFacts header, BodyRef body) {}
