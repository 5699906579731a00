package org.bridgehead.junit;

import java.util.Optional;
import java.util.TreeSet;
import org.bridgehead.core.directory.Answer;
import org.bridgehead.core.directory.DirectoryEntry;
import org.bridgehead.core.hub.TrackingEvent;
import org.bridgehead.core.hub.TrackingEvent.Kind;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.routing.Reasons;
import org.bridgehead.core.topology.Names;
import org.bridgehead.core.topology.Server;
import org.bridgehead.engine.MailOrganization;

/** Says why mail took its way, for a story: each decision once. One use, one thread. */
final class Routes {
    private final MailOrganization organization;
    private final TreeSet<String> told = Names.set();

    Routes(MailOrganization organization) {
        this.organization = organization;
    }

    /** Why a copy goes where an event sends it, or wanted to; empty = it stays in its site, or it was told before. */
    Optional<String> why(TrackingEvent event) {
        boolean onTheWay = event.event() == Kind.SEND || event.event() == Kind.DEFER;
        Optional<String> from = event.site().filter(site -> onTheWay);
        Optional<String> to = event.recipients().stream().findFirst().flatMap(this::site);
        if (from.isEmpty() || to.isEmpty() || Names.same(from.get(), to.get())) {
            return Optional.empty();
        }
        return told.add(from.get() + " " + to.get())
                ? organization
                        .routes()
                        .decide(from.get(), to.get())
                        .map(decision -> "because: " + String.join(" > ", decision.chosen().sites()) + ". "
                                + Reasons.of(decision, false))
                : Optional.empty();
    }

    /** Where a mailbox is. */
    private Optional<String> site(EmailAddress recipient) {
        return organization.lookUp(recipient) instanceof Answer.Found found
                        && found.entry() instanceof DirectoryEntry.Mailbox mailbox
                ? organization
                        .topology()
                        .server(mailbox.database().server())
                        .flatMap(Server::site)
                : Optional.empty();
    }
}
