package org.bridgehead.io.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.bridgehead.core.topology.AddressSpace;
import org.bridgehead.core.topology.HostPort;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How quantities and endpoints are written. */
class NotationTest {
    @ParameterizedTest
    @CsvSource({
        "0,0",
        "65536,65536",
        "64KB,65536",
        "64kib,65536",
        "10MB,10485760",
        "1.5 MB,1572864",
        "25MiB,26214400",
        "2GB,2147483648",
        "1TB,1099511627776",
        "7B,7"
    })
    void sizesArePowersOf1024(String text, long octets) {
        assertThat(Notation.size(text)).contains(octets);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "MB", "-1", "10 M", "10MBit", "1e3", "0x10", "9999999999999999TB", "1,5MB"})
    void otherTextsAreNoSizes(String text) {
        assertThat(Notation.size(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "0,PT0S",
        "20ms,PT0.02S",
        "15s,PT15S",
        "5m,PT5M",
        "12h,PT12H",
        "7d,PT168H",
        "PT1H30M,PT1H30M",
        "P2D,PT48H"
    })
    void durationsAreShortOrIso(String text, Duration duration) {
        assertThat(Notation.duration(text)).contains(duration);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "15", "5min", "-5m", "PT-5M", "P", "999999999999d", "P999999999999D", "1.5h"})
    void otherTextsAreNoDurations(String text) {
        assertThat(Notation.duration(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"10Mbit/s,10000000", "64kbit/s,64000", "1Gbps,1000000000", "9600 bit/s,9600", "1.5Mbit/s,1500000"})
    void lineRatesArePowersOf1000(String text, long bits) {
        assertThat(Notation.bandwidth(text)).contains(bits);
    }

    @Test
    void endpointsHaveAHostAndAPort() {
        assertThat(HostPort.parse("127.0.0.1:0", -1)).contains(HostPort.LOOPBACK);
        assertThat(HostPort.parse("[2001:db8::1]:25", -1)).contains(new HostPort("2001:db8::1", 25));
        assertThat(HostPort.parse("mail.test", 25)).contains(new HostPort("mail.test", 25));
        assertThat(HostPort.parse("::1", 25)).contains(new HostPort("::1", 25));
        for (String bad :
                new String[] {"mail.test", ":25", "a b:25", "host:", "host:x", "host:65536", "[::1:25", "a:b:1"}) {
            assertThat(HostPort.parse(bad, -1)).as(bad).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.1.0.0/16", "127.0.0.1", "0.0.0.0/0", "::/0", "2001:db8::/32", "::ffff:1.2.3.4/128"})
    void rangesAreCidr(String text) {
        assertThat(Notation.isRange(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "10.1.0.0/33", "10.1.0/16", "10.1.0.256/24", "::/129", "1::2::3/64", "host/8", "10.0.0.0/"})
    void otherTextsAreNoRanges(String text) {
        assertThat(Notation.isRange(text)).isFalse();
    }

    @Test
    void addressSpacesHaveATypeASpaceAndACost() {
        assertThat(AddressSpace.parse("SMTP:*;1")).contains(new AddressSpace("SMTP", "*", 1));
        assertThat(AddressSpace.parse("*.Partner.test")).contains(new AddressSpace("SMTP", "*.partner.test", 1));
        assertThat(AddressSpace.parse("smtp:*.com;100")).contains(new AddressSpace("SMTP", "*.com", 100));
        assertThat(AddressSpace.parse("X400:c=US;a= ;p=Org;10"))
                .contains(new AddressSpace("X400", "c=us;a= ;p=org", 10));
        for (String bad :
                new String[] {"", "SMTP:", "*x.com", "SMTP:*;0", "SMTP:*;101", "SMTP:a b;1", "SMTP:*;x", ":*;1"}) {
            assertThat(AddressSpace.parse(bad)).as(bad).isEmpty();
        }
    }
}
