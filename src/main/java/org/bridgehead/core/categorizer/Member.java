package org.bridgehead.core.categorizer;

import org.bridgehead.core.mail.Recipient;

/**
 * A leaf that expansion found.
 *
 * @param recipient as it goes on
 * @param destination what it stands for
 */
public record Member(Recipient recipient, Destination destination) {}
