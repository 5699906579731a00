package org.bridgehead.core.categorizer;

import java.util.Optional;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.mail.Recipient;

/**
 * A leaf that expansion found.
 *
 * @param recipient as it goes on
 * @param sender who takes the place of the message's sender, because a group's manager hears of its members; empty =
 *     nobody
 * @param destination what it stands for
 */
public record Member(Recipient recipient, Optional<EmailAddress> sender, Destination destination) {}
