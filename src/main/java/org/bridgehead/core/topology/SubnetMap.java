package org.bridgehead.core.topology;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which site an IP address belongs to: the one with the most specific subnet that contains it (BEHAVIOUR 1.1.1).
 * Subnets may overlap; one of IPv6 such as {@code ::/0} contains no IPv4 address. Asks no name server. Immutable and safe for any thread.
 */
public final class SubnetMap {
    private static final Comparator<Subnet> WIDEST_LAST =
            Comparator.comparingInt(Subnet::length).reversed().thenComparing(Subnet::first);
    private final SortedMap<Subnet, String> sites = new TreeMap<>(WIDEST_LAST);
    private final List<Integer> lengths;

    /**
     * A range of addresses.
     *
     * @param first its lowest address
     * @param length leading bits that all its addresses share, counted in 128 bits for both families
     */
    private record Subnet(IpAddress first, int length) {
        static Subnet around(IpAddress address, int length) {
            return new Subnet(address.masked(length), length);
        }
    }

    private SubnetMap(Collection<Site> sites) {
        for (Site site : sites) {
            for (String text : site.subnets()) {
                Subnet subnet = parse(text)
                        .orElseThrow(() ->
                                new IllegalArgumentException("site " + site.name() + " has no such subnet: " + text));
                this.sites.merge(
                        subnet, site.name(), (one, other) -> Names.ORDER.compare(one, other) <= 0 ? one : other);
            }
        }
        this.lengths =
                this.sites.keySet().stream().map(Subnet::length).distinct().toList();
    }

    /** The subnets of a topology's sites. */
    public static SubnetMap of(Topology topology) {
        return of(topology.sites().values());
    }

    /**
     * The subnets of some sites; of two sites with the same subnet the lower name has it.
     *
     * @throws IllegalArgumentException when one is not in CIDR notation
     */
    public static SubnetMap of(Collection<Site> sites) {
        return new SubnetMap(sites);
    }

    /**
     * The site of an address; empty when no subnet contains it, or the text is no address.
     *
     * @param address IPv4 or IPv6 without brackets
     */
    public Optional<String> siteOf(String address) {
        return IpAddress.parse(address)
                .flatMap(ip -> lengths.stream()
                        .filter(length -> !ip.isV4() || length >= IpAddress.BITS_BEFORE_V4)
                        .flatMap(length -> Optional.ofNullable(sites.get(Subnet.around(ip, length))).stream())
                        .findFirst());
    }

    /** Whether a text is a subnet in CIDR notation, such as {@code 10.1.0.0/16} or {@code 2001:db8::/32}. */
    public static boolean isSubnet(String text) {
        return text.indexOf('/') > 0 && parse(text).isPresent();
    }

    private static Optional<Subnet> parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            return IpAddress.parse(text).map(ip -> new Subnet(ip, IpAddress.BITS));
        }
        String digits = text.substring(slash + 1);
        if (!digits.matches("\\d{1,3}")) {
            return Optional.empty();
        }
        int length = Integer.parseInt(digits) + (text.indexOf(':') < 0 ? IpAddress.BITS_BEFORE_V4 : 0);
        return IpAddress.parse(text.substring(0, slash))
                .filter(ip -> length <= IpAddress.BITS)
                .map(ip -> Subnet.around(ip, length));
    }
}
