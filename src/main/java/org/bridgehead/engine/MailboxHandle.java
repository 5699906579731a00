package org.bridgehead.engine;

import java.util.List;
import org.bridgehead.core.mail.EmailAddress;

/** A mailbox of a running organisation. Safe for any thread. */
public interface MailboxHandle {
    /** Its primary address. */
    EmailAddress address();

    /** What it holds, oldest first. */
    List<ReceivedMail> messages();

    /** Empties it, as if somebody had read and deleted everything. */
    void clear();

    /** The organisation it belongs to, or whose Internet it is in. */
    MailOrganization organization();
}
