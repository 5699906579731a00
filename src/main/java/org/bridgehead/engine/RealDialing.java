package org.bridgehead.engine;

import java.util.Optional;
import org.bridgehead.core.hub.Target;
import org.bridgehead.core.smtp.Scram;

/**
 * One server's way to real mailbox nodes; everything else goes as {@code others} say. Safe for any thread.
 *
 * @param self the server that connects
 */
record RealDialing(String self, RealMailboxes mailboxes, Outbound.Dialer others) implements Outbound.Dialer {
    @Override
    public Optional<String> obstacle(Target target) {
        return others.obstacle(target);
    }

    @Override
    public Optional<String> obstacle(Target target, RealNode node) {
        return others.obstacle(target)
                .or(() -> target instanceof Target.Mailbox mailbox
                        ? mailboxes.obstacle(mailbox.server(), node)
                        : Optional.empty());
    }

    @Override
    public Pace pace(Target target) {
        return others.pace(target);
    }

    @Override
    public Outbound.Route route(Target target, Optional<Scram.Salted> salted) {
        if (!(target instanceof Target.Mailbox mailbox) || !mailboxes.has(mailbox.server())) {
            return others.route(target, salted);
        }
        return obstacle(target)
                .<Outbound.Route>map(Outbound.Route.Barred::new)
                .orElseGet(() -> mailboxes.route(self, mailbox.server()));
    }

    @Override
    public Optional<ConnectorDriver> driver(Target.Foreign target) {
        return others.driver(target);
    }
}
