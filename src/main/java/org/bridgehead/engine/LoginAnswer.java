package org.bridgehead.engine;

import java.util.Optional;
import org.bridgehead.core.directory.DirectoryEntry.Mailbox;

/**
 * What became of a log-in.
 *
 * @param mailbox whose it is, when the password was right
 * @param undecided whether nobody can say now: to be tried again, not a wrong password
 */
record LoginAnswer(Optional<Mailbox> mailbox, boolean undecided) {
    /** Wrong user or password. */
    static final LoginAnswer REFUSED = new LoginAnswer(Optional.empty(), false);

    /** Nobody can say. */
    static final LoginAnswer UNDECIDED = new LoginAnswer(Optional.empty(), true);

    static LoginAnswer of(Mailbox mailbox) {
        return new LoginAnswer(Optional.of(mailbox), false);
    }
}
