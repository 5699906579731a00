/**
 * Runs it: the nodes of an organisation, the drivers that perform effects, faults, the clock, and all threads. The shell
 * decides nothing: every decision is {@code core}'s. A bug in a node stops that node loudly; trouble of the machine is
 * answered to the hub as an outcome. {@link org.bridgehead.engine.MailOrganization} and its handles are safe for any
 * thread.
 */
@NullMarked
package org.bridgehead.engine;

import org.jspecify.annotations.NullMarked;
