package org.bridgehead.core.directory;

import java.time.Duration;
import java.util.Optional;

/**
 * How domain controllers are asked: what of {@code directory.ldap} is not about who asks for what. Immutable.
 *
 * @param tls how connections to {@code ldap:} addresses are protected; {@code ldaps:} always is
 * @param caFile certificates that vouch for the controllers, relative to the topology file; empty = the platform's
 * @param transitive whether controllers beyond directly linked sites are asked, which the modelled system never does
 *     (BEHAVIOUR 7)
 * @param timeLimit for one answer of one controller, and for connecting to it
 * @param retryInterval how long a controller that failed is not asked; doubled with each further failure, up to
 *     {@link #LONGEST_RETRY}
 * @param cacheTime how long an answer stays good
 * @param missTime how long it stays good that there is no such recipient, or that there are several
 * @param cacheSize most addresses remembered; 0 = none
 * @param connections most connections to one controller at a time
 */
public record LdapAccess(
        Tls tls,
        Optional<String> caFile,
        boolean transitive,
        Duration timeLimit,
        Duration retryInterval,
        Duration cacheTime,
        Duration missTime,
        int cacheSize,
        int connections) {
    /** How a connection is protected. */
    public enum Tls {
        /** Not at all. */
        NONE("none"),
        /** By StartTLS before anything else is said (RFC 4511 4.14); a controller that does not offer it is not asked. */
        START_TLS("startTls");

        private final String keyword;

        Tls(String keyword) {
            this.keyword = keyword;
        }

        /** The word in a topology file. */
        public String keyword() {
            return keyword;
        }
    }

    /** The longest pause that {@code retryInterval} grows to. */
    public static final Duration LONGEST_RETRY = Duration.ofMinutes(5);

    /** What holds where a file says nothing. */
    public static final LdapAccess DEFAULT = new LdapAccess(
            Tls.NONE,
            Optional.empty(),
            false,
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            Duration.ofMinutes(5),
            Duration.ofMinutes(1),
            10_000,
            8);

    /** Checks the limits. */
    public LdapAccess {
        if (timeLimit.isZero() || timeLimit.isNegative() || retryInterval.isZero() || retryInterval.isNegative()) {
            throw new IllegalArgumentException("the time limit and the retry interval are above zero");
        }
        if (cacheTime.isNegative() || missTime.isNegative() || cacheSize < 0 || connections < 1) {
            throw new IllegalArgumentException("no limit is negative, and one connection is the least");
        }
    }

    /** How long a controller is left alone after so many failures in a row. */
    Duration pause(int failures) {
        Duration longest = retryInterval.compareTo(LONGEST_RETRY) > 0 ? retryInterval : LONGEST_RETRY;
        Duration pause = retryInterval;
        for (int i = 1; i < failures && pause.compareTo(longest) < 0; i++) {
            pause = pause.multipliedBy(2);
        }
        return pause.compareTo(longest) > 0 ? longest : pause;
    }
}
