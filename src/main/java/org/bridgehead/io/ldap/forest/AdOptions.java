package org.bridgehead.io.ldap.forest;

import java.util.Optional;
import org.bridgehead.core.topology.PlacedServers;
import org.bridgehead.core.topology.Settings;

/**
 * What an import adds to a forest, because Active Directory does not say it.
 *
 * @param settings of the organisation, but for its name and its accepted domains
 * @param name of the organisation; empty = that of the Exchange organisation, else of the root domain
 * @param hubSiteBit which bit of {@code msExchTransportSiteFlags} marks a hub site; empty = none
 * @param hubs hub servers in each site of a forest without Exchange, 0 to {@value PlacedServers#MOST_HUBS}
 * @param placement where a forest without Exchange gets mailbox servers and mailboxes
 * @param recipients whether mailboxes, groups and contacts are wanted
 */
public record AdOptions(
        Settings settings,
        Optional<String> name,
        Optional<Long> hubSiteBit,
        int hubs,
        Placement placement,
        boolean recipients) {
    /** Ways to place mailboxes that have no home. */
    public enum Placement {
        /** Mailbox servers in sites with subnets; mailboxes in proportion to the number of subnets. */
        SUBNET("subnet"),
        /** A mailbox server in every site; mailboxes in turn. */
        ROUND_ROBIN("round-robin"),
        /** No mailbox server at all. */
        NONE("none");

        private final String keyword;

        Placement(String keyword) {
            this.keyword = keyword;
        }

        /** The word on the command line. */
        public String keyword() {
            return keyword;
        }
    }

    /** Checks the numbers. */
    public AdOptions {
        if (hubs < 0 || hubs > PlacedServers.MOST_HUBS) {
            throw new IllegalArgumentException(
                    hubs + " hubs per site: write a number from 0 to " + PlacedServers.MOST_HUBS);
        }
        hubSiteBit.ifPresent(AdOptions::checkBit);
    }

    private static void checkBit(long bit) {
        if (bit < 1 || bit > 1L << 30 || Long.bitCount(bit) != 1) {
            throw new IllegalArgumentException(bit + " is no bit: write its value: 1, 2, 4, 8 and so on");
        }
    }
}
