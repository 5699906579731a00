package org.bridgehead.core.hub;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bridgehead.core.categorizer.CategorizerRequest;
import org.bridgehead.core.categorizer.Submission;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.mail.TransferState;
import org.bridgehead.core.topology.Role;
import org.bridgehead.core.topology.Settings;

/** What the categorizer is asked to do for recipients of a copy. Keeps nothing; asked by the {@link Intake}. */
final class ResolverRequests {
    private final Desk desk;

    ResolverRequests(Desk desk) {
        this.desk = desk;
    }

    /** These recipients of a copy are to be resolved. */
    CategorizerRequest of(MailCopy copy, List<Integer> indices) {
        return new CategorizerRequest(
                copy.recipients(),
                indices,
                copy.isResolved(),
                copy.id().number() == 0 ? copy.item().madeFor() : List.of(),
                expandedBefore(copy),
                submission(copy.item()),
                desk.self(),
                settings(copy.item()),
                desk.snapshot().settings().limits().expansionChunk());
    }

    private Settings settings(MailItem item) {
        Settings all = desk.snapshot().settings();
        return item.ownRules().isEmpty() ? all : all.withRules(item.rules(all.rules()), all.journal());
    }

    private static List<String> expandedBefore(MailCopy copy) {
        if (copy.expanded().isEmpty()) {
            return copy.item().state().expanded();
        }
        List<String> before = new ArrayList<>(copy.item().state().expanded());
        before.addAll(copy.expanded());
        return before;
    }

    private Submission submission(MailItem item) {
        TransferState state = item.state();
        Optional<EmailAddress> sender = item.accepted().envelope().sender();
        return new Submission(
                sender.isPresent() && state.origin().isPresent() ? state.origin() : sender,
                state.auth().isPresent(),
                isFirst(state.trace()),
                item.limitedSize(),
                item.accepted().facts().header().subject(),
                item.accepted().facts().header().fields(),
                item.rules());
    }

    /** Edges check no sender. */
    private boolean isFirst(List<String> trace) {
        for (String server : trace) {
            if (desk.snapshot()
                    .topology()
                    .server(server)
                    .filter(its -> its.is(Role.HUB_TRANSPORT))
                    .isPresent()) {
                return false;
            }
        }
        return true;
    }
}
