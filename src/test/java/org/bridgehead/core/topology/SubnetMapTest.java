package org.bridgehead.core.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SubnetMapTest {
    private static final SubnetMap MAP = SubnetMap.of(List.of(
            site("Berlin", "10.1.0.0/16", "2001:db8:1::/48"),
            site("Branch", "10.1.128.0/17", "10.1.2.3/32"),
            site("Munich", "10.2.7.9/16", "2001:db8::/32"),
            site("Rest", "0.0.0.0/0")));

    private static Site site(String name, String... subnets) {
        return new Site(name, false, List.of(subnets));
    }

    @ParameterizedTest
    @CsvSource({
        "10.1.0.1, Berlin",
        "10.1.127.255, Berlin",
        "10.1.128.0, Branch",
        "10.1.2.3, Branch",
        "10.1.2.4, Berlin",
        "10.2.255.255, Munich",
        "10.3.0.0, Rest",
        "::ffff:10.1.0.1, Berlin",
        "::ffff:a01:1, Berlin",
        "2001:db8:1:ffff::1, Berlin",
        "2001:DB8:2::1, Munich",
        "2001:db9::, none",
        "::, none",
        "10.1.0, none",
        "10.1.0.256, none",
        "Berlin, none",
        "2001:db8:1:2:3:4:5:6:7, none",
        "2001:db8:::1, none"
    })
    void theMostSpecificSubnetSaysTheSite(String address, String site) {
        assertThat(MAP.siteOf(address).orElse("none")).isEqualTo(site);
    }

    @Test
    void aMovedServerBelongsToItsNewSubnet() {
        SubnetMap w23 = SubnetMap.of(List.of(site("A", "192.168.1.0/24"), site("B", "192.168.3.0/24")));
        assertThat(w23.siteOf("192.168.1.1")).contains("A");
        assertThat(w23.siteOf("192.168.3.1")).contains("B");
    }

    @Test
    void ofTwoEqualSubnetsTheLowerSiteNameHasItAndAWrongOneIsRefused() {
        assertThat(SubnetMap.of(List.of(site("b", "10.0.0.0/8"), site("A", "10.9.9.9/8")))
                        .siteOf("10.0.0.1"))
                .contains("A");
        for (String wrong : List.of("10.0.0.0/33", "10.0.0/8", "::/129", "x", "10.0.0.0/", "10.0.0.0/-1")) {
            assertThatThrownBy(() -> SubnetMap.of(List.of(site("A", wrong))))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("site A has no such subnet: " + wrong);
        }
    }

    /** Against the JDK's parser and plain big numbers. */
    @Test
    void agreesWithALinearSearchOnRandomSubnets() throws Exception {
        long seed = Long.getLong("bridgehead.seed", System.nanoTime());
        System.out.println("subnets: seed " + seed);
        Random random = new Random(seed);
        int found = 0;
        for (int run = 0; run < 300; run++) {
            List<Site> sites = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                boolean v4 = random.nextBoolean();
                sites.add(site("S" + i, address(random, v4) + "/" + random.nextInt(v4 ? 33 : 129)));
            }
            SubnetMap map = SubnetMap.of(sites);
            for (int i = 0; i < 20; i++) {
                String address = address(random, random.nextBoolean());
                Optional<String> expected = slow(sites, address);
                assertThat(map.siteOf(address))
                        .as("seed %d: %s in %s", seed, address, sites)
                        .isEqualTo(expected);
                found += expected.isPresent() ? 1 : 0;
            }
        }
        assertThat(found).isGreaterThan(1000);
    }

    /** The JDK takes more for an address than RFC 4291 does, never less. */
    @Test
    void readsNothingThatTheJdkRefuses() {
        long seed = Long.getLong("bridgehead.seed", System.nanoTime());
        Random random = new Random(seed);
        String[] parts = {":", ":", ":", "::", "1", "0", "ffff", "12345", "1.2.3.4", "g", "a:b:c:d:e"};
        int good = 0;
        for (int run = 0; run < 50_000; run++) {
            StringBuilder text = new StringBuilder(":");
            for (int i = random.nextInt(12); i >= 0; i--) {
                text.append(parts[random.nextInt(parts.length)]);
            }
            String address = random.nextBoolean() ? text.toString() : text.substring(1);
            if (address.contains(":") && IpAddress.parse(address).isPresent()) {
                assertThat(isIpv6(address)).as("seed %d: %s", seed, address).isTrue();
                good++;
            }
        }
        assertThat(good).isGreaterThan(100);
    }

    private static boolean isIpv6(String text) {
        try {
            return InetAddress.getByName("[" + text + "]") != null;
        } catch (UnknownHostException e) {
            return false;
        }
    }

    /** Few distinct digits, so that subnets and addresses meet. */
    private static String address(Random random, boolean v4) {
        byte[] bytes = new byte[v4 ? 4 : 16];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (i > 1 && random.nextInt(3) > 0 ? 0 : random.nextInt(2));
        }
        if (v4) {
            return bytes[0] + "." + bytes[1] + "." + bytes[2] + "." + bytes[3];
        }
        List<String> groups = new ArrayList<>();
        for (int i = 0; i < 16; i += 2) {
            groups.add(Integer.toHexString(bytes[i] << 8 | bytes[i + 1]));
        }
        return String.join(":", groups).replaceFirst("(^|:)0(:0)+(:|$)", "::");
    }

    private static Optional<String> slow(List<Site> sites, String address) throws Exception {
        BigInteger wanted = bits(address);
        String best = null;
        int longest = -1;
        for (Site site : sites) {
            String[] parts = site.subnets().get(0).split("/");
            int length = Integer.parseInt(parts[1]);
            int width = parts[0].contains(":") ? 128 : 32;
            boolean sameFamily = parts[0].contains(":") == address.contains(":");
            boolean inside =
                    sameFamily && bits(parts[0]).shiftRight(width - length).equals(wanted.shiftRight(width - length));
            if (inside && length > longest) {
                best = site.name();
                longest = length;
            }
        }
        return Optional.ofNullable(best);
    }

    private static BigInteger bits(String address) throws Exception {
        byte[] bytes = InetAddress.getByName(address).getAddress();
        return new BigInteger(1, Arrays.copyOf(bytes, bytes.length));
    }
}
