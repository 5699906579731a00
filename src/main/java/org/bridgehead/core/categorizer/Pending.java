package org.bridgehead.core.categorizer;

import java.util.List;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.mail.Lists;
import org.bridgehead.core.mail.Recipient;
import org.bridgehead.core.topology.Names;

/**
 * A recipient whose address is still to be looked up, of one {@link Categorization}.
 *
 * @param index of a direct recipient; below zero = member of a group
 * @param recipient as it stands now
 * @param chain names of the entries that forwarded it so far
 * @param open whether it still needs something; otherwise it only counts as seen
 */
record Pending(int index, Recipient recipient, List<String> chain, boolean open) {
    private static final int MEMBER = -1;

    /** A member of a group, or what one forwards to. */
    static Pending member(Recipient recipient, List<String> chain) {
        return new Pending(MEMBER, recipient, chain, true);
    }

    boolean isMember() {
        return index < 0;
    }

    EmailAddress address() {
        return recipient.address();
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

    static List<String> longer(List<String> chain, String name) {
        return Lists.plus(chain, name);
    }
}
