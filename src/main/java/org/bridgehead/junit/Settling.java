package org.bridgehead.junit;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.bridgehead.engine.MailOrganization;

/** Waits for mail that is under way before something is asserted about it. */
final class Settling {
    /** Of real time; mail on loopback takes milliseconds. */
    static final Duration PATIENCE = Duration.ofSeconds(10);

    private Settling() {}

    /**
     * In virtual time: until nothing is under way, time standing still, so what is to be retried has not come. In real
     * time: until {@code enough}, and then until nothing is under way, lest too much goes unseen.
     */
    static void settle(MailOrganization organization, BooleanSupplier enough) {
        settle(organization, enough, PATIENCE);
    }

    /** The same with another limit for real time. */
    static void settle(MailOrganization organization, BooleanSupplier enough, Duration limit) {
        if (organization.clock().isVirtual()) {
            organization.clock().runUntilIdle();
        } else if (organization.await(enough, limit)) {
            idle(organization);
        }
    }

    private static void idle(MailOrganization organization) {
        try {
            organization.awaitIdle(PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while mail was under way", e);
        }
    }
}
