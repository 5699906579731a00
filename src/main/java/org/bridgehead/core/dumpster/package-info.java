/**
 * What can be resent: the transport dumpster of one hub for one storage group, and the window that a newly active
 * mailbox node asks for (BEHAVIOUR 4.1, 4.2). Pure: time is an argument, octets stay in the spool. A dumpster belongs to
 * the hub that owns it (one thread); everything else is a value.
 */
@NullMarked
package org.bridgehead.core.dumpster;

import org.jspecify.annotations.NullMarked;
