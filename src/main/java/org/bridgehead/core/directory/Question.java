package org.bridgehead.core.directory;

import org.bridgehead.core.mail.EmailAddress;

/** What a hub asks the directory. */
public sealed interface Question {
    /**
     * Which object has this proxy address?
     *
     * @param address any of its addresses
     */
    record ByAddress(EmailAddress address) implements Question {}

    /**
     * Which object does a reference lead to, as restrictions and managers are written? Asked together with addresses or
     * alone.
     *
     * @param name as in {@link DirectoryEntry#name()}, or else an address
     */
    record ByName(String name) implements Question {}

    /**
     * Who are the members of this group? Asked alone, answered page by page; the answers are the members themselves
     * ({@link Answer.Found}, or {@link Answer.NotFound} for a member that leads nowhere).
     *
     * @param group name of the group as in {@link DirectoryEntry#name()}
     */
    record MembersOf(String group) implements Question {}
}
