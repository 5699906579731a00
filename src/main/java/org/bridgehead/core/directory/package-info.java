/**
 * Who people are: mailboxes, groups, contacts, and the questions a hub asks about them. Pure values and one port,
 * {@link org.bridgehead.core.directory.Directory}; implementations live in {@code io.ldap}. "No such object" is an
 * answer, "the directory is unavailable" is another one; neither is an exception.
 */
@NullMarked
package org.bridgehead.core.directory;

import org.jspecify.annotations.NullMarked;
