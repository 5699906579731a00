package org.bridgehead.core.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.bridgehead.core.mail.BodyType;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.mail.Envelope;
import org.bridgehead.core.mail.InternalId;
import org.bridgehead.core.mail.Recipient;
import org.bridgehead.core.mail.TransportId;
import org.bridgehead.core.smtp.TraceHeaders.Stop;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TraceHeadersTest {
    private static final MessageStart START =
            new MessageStart(new InternalId(4711), new TransportId(1, 2), Instant.parse("2026-12-31T23:59:59.999Z"));
    private static final ReceiveConfig HUB = ReceiveConfig.smtp("BER-HT1", "Berlin", ReceiveLimits.HUB);
    private static final Peer PLAIN = new Peer("192.0.2.7", false, "client.test", false, PeerTrust.ANONYMOUS);

    @Test
    void oneRecipientIsNamed() {
        assertThat(TraceHeaders.received(HUB, PLAIN, true, to("b@y.test"), START))
                .isEqualTo("Received: from client.test ([192.0.2.7]) by BER-HT1 (Bridgehead; site Berlin)\r\n"
                        + "\twith ESMTP id 4711 for <b@y.test>; Thu, 31 Dec 2026 23:59:59 +0000\r\n");
    }

    @Test
    void twoAreNotAndLinesAreFolded() {
        Peer peer = new Peer(
                "2001:db8::1", false, "a-host-with-a-rather-long-name.of.a-client.test", true, PeerTrust.ANONYMOUS);
        assertThat(TraceHeaders.received(HUB, peer, true, to("b@y.test", "c@y.test"), START))
                .isEqualTo("Received: from a-host-with-a-rather-long-name.of.a-client.test\r\n"
                        + "\t([IPv6:2001:db8::1]) by BER-HT1 (Bridgehead; site Berlin) with ESMTPS\r\n"
                        + "\tid 4711; Thu, 31 Dec 2026 23:59:59 +0000\r\n");
    }

    @ParameterizedTest
    @CsvSource({
        "SMTP,false,false,false,false,SMTP",
        "SMTP,false,true,true,true,SMTP",
        "SMTP,true,false,false,false,ESMTP",
        "SMTP,true,false,false,true,ESMTPA",
        "SMTP,true,false,true,false,ESMTPS",
        "SMTP,true,false,true,true,ESMTPSA",
        "SMTP,true,true,false,false,UTF8SMTP",
        "SMTP,true,true,true,true,UTF8SMTPSA",
        "LMTP,true,false,false,false,LMTP",
        "LMTP,true,false,true,true,LMTPSA",
        "LMTP,true,true,false,true,UTF8LMTPA"
    })
    void protocols(String protocol, boolean extended, boolean utf8, boolean tls, boolean auth, String with) {
        ReceiveConfig config = protocol.equals("LMTP") ? ReceiveConfig.lmtp("S", "", ReceiveLimits.HUB) : HUB;
        Peer peer = new Peer("::1", true, "c", tls, auth ? new PeerTrust.User("u") : PeerTrust.ANONYMOUS);
        Envelope envelope = new Envelope(
                Optional.empty(),
                to("b@y.test").recipients(),
                BodyType.SEVEN_BIT,
                utf8,
                Optional.empty(),
                Optional.empty());
        assertThat(TraceHeaders.received(config, peer, extended, envelope, START)
                        .replace("\r\n\t", " "))
                .contains("with " + with + " id 4711");
    }

    @Test
    void whatAPeerCallsItselfCannotForgeAnything() {
        Peer peer = new Peer("192.0.2.7", false, "x(by;FAKE\"<a>", false, PeerTrust.ANONYMOUS);
        assertThat(TraceHeaders.received(HUB, peer, true, to("b@y.test"), START))
                .startsWith("Received: from x?by?FAKE??a? ([");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Berlin", "São Paulo", "Köln (Nord)", "a\\b(c)", "=?x?=", "with id ; by X (Bridgehead; site Y)"})
    void sitesCanBeReadBack(String site) {
        ReceiveConfig config = ReceiveConfig.smtp("BER-HT1", site, ReceiveLimits.HUB);
        String received = TraceHeaders.received(config, PLAIN, true, to("b@y.test"), START);
        assertThat(received.chars()).allMatch(c -> c < 0x7F);
        assertThat(TraceHeaders.stop(received.substring("Received:".length()))).contains(new Stop("BER-HT1", site));
    }

    @Test
    void longForeignSitesToo() {
        sitesCanBeReadBack("Ünïcödé ".repeat(20).strip());
        sitesCanBeReadBack("広島".repeat(30));
    }

    @Test
    void othersAreNotOurs() {
        assertThat(TraceHeaders.stop("from a by b (Postfix) with ESMTP id 1; date"))
                .isEmpty();
        assertThat(TraceHeaders.stop(" from a ([1.2.3.4]) by\r\n\tEDGE (Bridgehead) with SMTP id 1;"))
                .contains(new Stop("EDGE", ""));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1970-01-01T00:00:00Z|Thu, 1 Jan 1970 00:00:00 +0000",
                "2024-02-29T12:34:56Z|Thu, 29 Feb 2024 12:34:56 +0000",
                "2026-09-13T01:02:03Z|Sun, 13 Sep 2026 01:02:03 +0000"
            })
    void dates(String instant, String date) {
        assertThat(TraceHeaders.date(Instant.parse(instant))).isEqualTo(date);
    }

    private static Envelope to(String... addresses) {
        return Envelope.of(
                Optional.empty(),
                List.of(addresses).stream()
                        .map(EmailAddress::of)
                        .map(Recipient::of)
                        .toList());
    }
}
