/**
 * Directories that answer a hub's questions. {@link org.bridgehead.io.ldap.FileDirectory} holds the recipients of the
 * topology file and of LDIF files in memory; its filters are those of the LDAP library. Trouble with a directory is an
 * answer, never an exception; a file that cannot be understood is reported with its line. No threads of its own;
 * immutable, safe for any thread.
 */
@NullMarked
package org.bridgehead.io.ldap;

import org.jspecify.annotations.NullMarked;
