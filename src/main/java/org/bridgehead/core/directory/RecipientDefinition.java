package org.bridgehead.core.directory;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * One recipient as the topology file has it.
 *
 * @param entry what the directory answers
 * @param members for a static group: names or addresses of its members in file order
 * @param password for IMAP, POP3 and submission; absent = the primary address
 * @param attributes what dynamic groups filter on, by LDAP attribute name
 */
public record RecipientDefinition(
        DirectoryEntry entry,
        List<String> members,
        Optional<String> password,
        SortedMap<String, List<String>> attributes) {
    /** Copies the list. */
    public RecipientDefinition {
        members = List.copyOf(members);
    }
}
