package org.bridgehead.core.topology;

import java.util.List;
import org.bridgehead.core.mail.EmailAddress;

/**
 * A rule about mail that is to be kept on record: a journal report with the message and its recipients goes to a journal
 * mailbox (BEHAVIOUR 2.1). Whoever a hub resolves is journaled there, when routed, after the transport rules; hubs behind
 * it do not do so again. Immutable.
 *
 * @param name unique
 * @param scope which mail
 * @param of addresses, {@code *@domain} for all of a domain, that the sender or the recipient is one of
 * @param memberOf names of groups, or of entries, that the sender or the recipient is in; with {@code of} empty, too, the
 *     rule is about everybody
 * @param to where journal reports go
 */
public record JournalRule(String name, Scope scope, List<String> of, List<String> memberOf, EmailAddress to) {
    /** Which mail a rule is about. */
    public enum Scope {
        /** All of it. */
        GLOBAL,
        /** From somebody of the organisation to somebody of it. */
        INTERNAL,
        /** From or to somebody outside. */
        EXTERNAL
    }

    /** Copies the lists. */
    public JournalRule {
        of = List.copyOf(of);
        memberOf = List.copyOf(memberOf);
    }
}
