package org.bridgehead.core.categorizer;

import java.util.List;
import java.util.Optional;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.mail.Lists;
import org.bridgehead.core.mail.Recipient;
import org.bridgehead.core.topology.Names;

/**
 * A recipient whose address is still to be looked up, of one {@link Categorization}.
 *
 * @param index of a direct recipient; below zero = member of a group
 * @param recipient as it stands now
 * @param sender who takes the place of the message's sender; empty = nobody
 * @param chain names of the entries that forwarded it so far
 * @param byRule whether a transport rule put it there: no other one is applied to it
 * @param open whether it still needs something; otherwise it only counts as seen
 */
record Pending(
        int index,
        Recipient recipient,
        Optional<EmailAddress> sender,
        List<String> chain,
        boolean byRule,
        boolean open) {
    private static final int MEMBER = -1;

    /** A recipient of the message itself. */
    static Pending direct(int index, Recipient recipient, boolean open) {
        return new Pending(index, recipient, Optional.empty(), List.of(), false, open);
    }

    /** A member of a group, or what one forwards to. */
    static Pending member(Heritage heritage, List<String> chain) {
        return new Pending(MEMBER, heritage.recipient(), heritage.sender(), chain, false, true);
    }

    /** Somebody whom a transport rule names. */
    static Pending byRule(Heritage heritage) {
        return new Pending(MEMBER, heritage.recipient(), heritage.sender(), List.of(), true, true);
    }

    /** A direct recipient that is treated as the only member of itself. */
    Pending asMember(Recipient resolved) {
        return new Pending(MEMBER, resolved, sender, chain, byRule, true);
    }

    /** A member whom the member of the name {@code from} forwards to. */
    Pending forwardedTo(EmailAddress target, String from) {
        return new Pending(MEMBER, heritage().to(target), sender, Lists.plus(chain, from), byRule, true);
    }

    boolean isMember() {
        return index < 0;
    }

    EmailAddress address() {
        return recipient.address();
    }

    /** What its own members inherit. */
    Heritage heritage() {
        return new Heritage(recipient, sender);
    }

    /** Forwarded on by the entry {@code name} to another address. */
    Pending forwarded(Recipient from, EmailAddress target, String name) {
        return new Pending(index, from.rewrittenTo(target), sender, Lists.plus(chain, name), byRule, open);
    }

    /** Whether an entry of this name has forwarded along {@code chain} before. */
    static boolean isIn(List<String> chain, String name) {
        for (String seen : chain) {
            if (Names.same(seen, name)) {
                return true;
            }
        }
        return false;
    }

    /** The way from {@code name} along the chain back to it, {@code a > b > a}. */
    static String path(List<String> chain, String name) {
        StringBuilder path = new StringBuilder();
        for (String seen : chain) {
            if (!path.isEmpty() || Names.same(seen, name)) {
                path.append(seen).append(" > ");
            }
        }
        return path.append(name).toString();
    }
}
