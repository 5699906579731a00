/**
 * Where things are: sites, site links, servers, connectors and the organisation's settings, as immutable values. A
 * {@link org.bridgehead.core.topology.Topology} is always consistent: references resolve, names are unique ignoring
 * case; whoever reads one from outside ({@code io.config}) reports problems before it builds one, and constructors
 * throw {@link IllegalArgumentException}. Pure; safe for any thread.
 */
@NullMarked
package org.bridgehead.core.topology;

import org.jspecify.annotations.NullMarked;
