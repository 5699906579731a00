/**
 * What would happen: a whole organisation imagined in one thread and in virtual time, with the very hubs that the live
 * engine runs. Pure: no files, sockets, clocks or chance; the same calls give the same log. Whatever cannot be is an
 * {@link IllegalStateException}: a bug of a hub or of the simulation. Everything belongs to the thread that made it.
 */
@NullMarked
package org.bridgehead.whatif;

import org.jspecify.annotations.NullMarked;
