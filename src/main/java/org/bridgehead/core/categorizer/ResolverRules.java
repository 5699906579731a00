package org.bridgehead.core.categorizer;

import java.util.Optional;
import org.bridgehead.core.directory.DirectoryEntry;
import org.bridgehead.core.directory.DirectoryEntry.Group;
import org.bridgehead.core.directory.DirectoryEntry.Mailbox;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.mail.EnhancedStatus;
import org.bridgehead.core.topology.AcceptedDomain;
import org.bridgehead.core.topology.Names;

/**
 * What settings and directory entries allow for the message of one request (BEHAVIOUR 2.2, 2.4), and the words for what
 * they do not; the same for direct recipients and members. Immutable; owned by a {@link Categorization}.
 */
final class ResolverRules {
    static final EnhancedStatus TOO_BIG = EnhancedStatus.of("5.2.3");
    static final EnhancedStatus LOOP = EnhancedStatus.of("5.4.6");
    static final EnhancedStatus NOT_ALLOWED = EnhancedStatus.of("5.7.1");
    static final String SIZE_WORDS = "RESOLVER.RST.RecipSizeLimit; message too large for this recipient";
    static final String LOOP_WORDS = "RESOLVER.FWD.Loop; forwarding leads back to ";

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
        return request.settings()
                .acceptedDomain(address.domain())
                .filter(domain -> domain.type() == AcceptedDomain.Type.INTERNAL_RELAY)
                .isPresent();
    }

    boolean isTooBigFor(Mailbox mailbox) {
        return request.size() > mailbox.maxReceiveSize().orElse(Long.MAX_VALUE);
    }

    /** The server that must expand a group; empty = this one may. */
    Optional<String> expansionServer(Group group) {
        return group.expansionServer().filter(name -> !Names.same(name, request.self()));
    }

    /** Why the sender may not write to an entry; empty = it may. */
    Optional<String> barred(DirectoryEntry entry) {
        return entry.restrictions().authenticatedOnly() && !request.authenticated()
                ? Optional.of("RESOLVER.RST.AuthRequired; authentication required")
                : Optional.empty();
    }
}
