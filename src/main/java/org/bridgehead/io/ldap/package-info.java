/**
 * Directories that answer a hub's questions, asked with the LDAP library. {@link org.bridgehead.io.ldap.FileDirectory} holds
 * the recipients of the topology file and of LDIF files in memory; {@link org.bridgehead.io.ldap.LdapDirectories} asks domain
 * controllers, whom and in which order {@link org.bridgehead.core.directory.DirectoryAccess} decides. Trouble with a directory
 * is an answer, never an exception, and an answer that is not whole is none; a file that cannot be understood is reported with
 * its line. No threads of its own; safe for any thread.
 */
@NullMarked
package org.bridgehead.io.ldap;

import org.jspecify.annotations.NullMarked;
