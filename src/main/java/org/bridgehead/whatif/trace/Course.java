package org.bridgehead.whatif.trace;

import java.util.Optional;
import org.bridgehead.core.routing.ConnectorDecision;
import org.bridgehead.core.routing.Decision;
import org.bridgehead.core.routing.NextHop;

/**
 * What a server decides about a recipient: where it is to get to in the end, and by which way.
 *
 * @param destination for people: a mailbox server with its site, a connector, a group's expansion server
 * @param home site of the deciding server
 * @param site where the way inside the organisation ends; empty = there is no way
 * @param hop the next hop as the router says
 * @param path the path there and why; empty = none is needed, or there is none
 * @param connector the connector and why; empty = the recipient is inside
 */
record Course(
        String destination,
        String home,
        Optional<String> site,
        NextHop hop,
        Optional<Decision> path,
        Optional<ConnectorDecision> connector) {}
