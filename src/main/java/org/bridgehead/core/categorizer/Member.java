package org.bridgehead.core.categorizer;

import java.util.Optional;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.mail.Recipient;
import org.bridgehead.core.mail.Treatment;

/**
 * A leaf that expansion found.
 *
 * @param recipient as it goes on
 * @param sender who takes the place of the message's sender, because a group's manager hears of its members; empty =
 *     nobody
 * @param destination what it stands for
 * @param treatment what is done for it before it goes on
 */
public record Member(
        Recipient recipient, Optional<EmailAddress> sender, Destination destination, Treatment treatment) {}
