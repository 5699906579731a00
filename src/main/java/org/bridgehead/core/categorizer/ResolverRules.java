package org.bridgehead.core.categorizer;

import java.util.Optional;
import org.bridgehead.core.directory.DirectoryEntry.Group;
import org.bridgehead.core.directory.DirectoryEntry.Mailbox;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.topology.AcceptedDomain;
import org.bridgehead.core.topology.Names;

/**
 * What settings and directory entries mean for the message of one request (BEHAVIOUR 2.2, 2.4); the same for direct
 * recipients and members. Immutable; owned by a {@link Categorization}.
 */
final class ResolverRules {
    private final CategorizerRequest request;

    ResolverRules(CategorizerRequest request) {
        this.request = request;
    }

    /** Whether the directory is asked about an address; all others lie outside. */
    boolean isAskedFor(EmailAddress address) {
        return request.settings()
                .acceptedDomain(address.domain())
                .filter(domain -> domain.type() != AcceptedDomain.Type.EXTERNAL_RELAY)
                .isPresent();
    }

    /** Whether an address that the directory does not know may still exist elsewhere. */
    boolean isRelayed(EmailAddress address) {
        return is(address, AcceptedDomain.Type.INTERNAL_RELAY);
    }

    /** Whether nobody but this organisation has addresses of that domain. */
    boolean isOwn(EmailAddress address) {
        return is(address, AcceptedDomain.Type.AUTHORITATIVE);
    }

    private boolean is(EmailAddress address, AcceptedDomain.Type type) {
        return request.settings()
                .acceptedDomain(address.domain())
                .filter(domain -> domain.type() == type)
                .isPresent();
    }

    boolean isTooBigFor(Mailbox mailbox) {
        return request.submission().size() > mailbox.maxReceiveSize().orElse(Long.MAX_VALUE);
    }

    /** Whether the message is a report, which groups take none of. */
    boolean isReport() {
        return request.submission().sender().isEmpty();
    }

    /** The server that must expand a group; empty = this one may. */
    Optional<String> expansionServer(Group group) {
        return group.expansionServer().filter(name -> !Names.same(name, request.self()));
    }
}
