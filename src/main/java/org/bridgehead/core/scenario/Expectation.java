package org.bridgehead.core.scenario;

import java.util.List;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.mail.EnhancedStatus;

/** What must be true at the end of a scene, of the letters of that scene. */
public sealed interface Expectation {
    /**
     * A mailbox got letters.
     *
     * @param mailbox whose
     * @param count how many, each once
     */
    record Delivered(EmailAddress mailbox, int count) implements Expectation {}

    /**
     * Each letter that reached a mailbox passed these sites.
     *
     * @param mailbox whose
     * @param sites in order, those without a hub left out
     */
    record Path(EmailAddress mailbox, List<String> sites) implements Expectation {
        /** Copies the list. */
        public Path {
            sites = List.copyOf(sites);
        }
    }

    /**
     * Somebody's letter failed for good.
     *
     * @param recipient whose
     * @param status why
     */
    record Bounced(EmailAddress recipient, EnhancedStatus status) implements Expectation {}

    /**
     * Letters waited in this site and in no other.
     *
     * @param site its name
     */
    record HeldAt(String site) implements Expectation {}

    /**
     * Copies that crossed from one site to another, all letters together.
     *
     * @param copies how many
     */
    record CopiesOverWan(int copies) implements Expectation {}

    /** Every accepted letter reached everybody it was for, once, or its sender was told. */
    record NothingLost() implements Expectation {}
}
