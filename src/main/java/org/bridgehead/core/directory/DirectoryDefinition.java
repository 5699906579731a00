package org.bridgehead.core.directory;

import java.util.List;
import java.util.Optional;

/**
 * The {@code directory:} part of a topology file.
 *
 * @param recipients written in the file itself, in file order
 * @param ldif further files, relative to the topology file
 * @param ldap where domain controllers are asked instead
 */
public record DirectoryDefinition(List<RecipientDefinition> recipients, List<String> ldif, Optional<Ldap> ldap) {
    /** Nobody at all. */
    public static final DirectoryDefinition EMPTY = new DirectoryDefinition(List.of(), List.of(), Optional.empty());

    /**
     * How domain controllers are asked.
     *
     * @param baseDn search base
     * @param bindDn who asks
     * @param passwordFile the password's file, relative to the topology file
     * @param access time limits, protection, cache
     */
    public record Ldap(String baseDn, Optional<String> bindDn, Optional<String> passwordFile, LdapAccess access) {
        /** Asked as usual. */
        public Ldap(String baseDn, Optional<String> bindDn, Optional<String> passwordFile) {
            this(baseDn, bindDn, passwordFile, LdapAccess.DEFAULT);
        }
    }

    /** Copies the lists. */
    public DirectoryDefinition {
        recipients = List.copyOf(recipients);
        ldif = List.copyOf(ldif);
    }
}
