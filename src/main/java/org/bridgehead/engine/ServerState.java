package org.bridgehead.engine;

import java.util.List;
import java.util.Optional;
import org.bridgehead.core.hub.Pressure;
import org.bridgehead.core.topology.HostPort;
import org.bridgehead.core.topology.Role;

/**
 * How a server stands. An immutable value.
 *
 * @param name its name
 * @param roles what it does
 * @param site where; empty for an edge
 * @param here whether this process runs it: of others only what the topology says is known
 * @param running whether it runs
 * @param pressure what it takes at the moment, and why not more
 * @param messages it is responsible for
 * @param inMemory of these
 * @param transmitting being sent now
 * @param incoming connections open to its listeners
 * @param outgoing connections it has open or is opening
 * @param address where it takes SMTP (a mailbox server: LMTP)
 * @param trouble why it does not run; empty = it does, or was ended on purpose
 */
public record ServerState(
        String name,
        List<Role> roles,
        Optional<String> site,
        boolean here,
        boolean running,
        Pressure pressure,
        int messages,
        int inMemory,
        int transmitting,
        int incoming,
        int outgoing,
        Optional<HostPort> address,
        Optional<String> trouble) {
    /** Copies the list. */
    public ServerState {
        roles = List.copyOf(roles);
    }
}
