/**
 * Which way mail goes: least paths over the site graph, the stops on them, the servers and connectors that come next.
 *
 * <p>Pure: facts in, decisions with their reasons out (BEHAVIOUR 1). Nothing here knows what is up; what is lost is an
 * argument ({@link org.bridgehead.core.routing.Reachability}), as are turns and avoid lists. "No way" is a value
 * ({@link java.util.Optional}, {@link org.bridgehead.core.routing.NextHop.Unreachable},
 * {@link org.bridgehead.core.routing.NextHop.Rejected}); an exception means a caller's bug, such as a server name that
 * the topology does not have. Every type is immutable and safe for any thread. JGraphT types do not leave the package.
 */
@NullMarked
package org.bridgehead.core.routing;

import org.jspecify.annotations.NullMarked;
