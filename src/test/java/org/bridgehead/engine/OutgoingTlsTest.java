package org.bridgehead.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.bridgehead.core.hub.TrackingEvent;
import org.bridgehead.engine.TlsPeer.Manner;
import org.bridgehead.io.config.LoadedTopology;
import org.bridgehead.io.config.TopologyFile;
import org.bridgehead.io.tls.Identity;
import org.bridgehead.io.tls.SelfSigned;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A hub sends through a connector to servers and attackers on real sockets (DECISIONS 3.5). */
@Timeout(60)
class OutgoingTlsTest {
    private static final Instant NOW = Instant.now();
    private static final Duration DAY = Duration.ofDays(1);
    private static final String BODY = "body of the letter";

    @TempDir
    Path folder;

    private enum Paper {
        GOOD,
        EXPIRED,
        PREMATURE,
        OTHER_HOST,
        STRANGE
    }

    private static Identity identity(Paper paper) throws IOException {
        return switch (paper) {
            case GOOD, STRANGE -> SelfSigned.of(List.of("localhost"), NOW.minus(DAY), NOW.plus(DAY));
            case EXPIRED ->
                SelfSigned.of(
                        List.of("localhost"),
                        Instant.parse("2023-01-03T00:00:00Z"),
                        Instant.parse("2024-01-03T12:00:00Z"));
            case PREMATURE ->
                SelfSigned.of(
                        List.of("localhost"),
                        Instant.parse("2999-01-01T00:00:00Z"),
                        Instant.parse("2999-02-01T00:00:00Z"));
            case OTHER_HOST -> SelfSigned.of(List.of("mx1.fabrikam.test"), NOW.minus(DAY), NOW.plus(DAY));
        };
    }

    private void trust(Identity identity) throws Exception {
        Files.writeString(
                folder.resolve("trust.pem"),
                "-----BEGIN CERTIFICATE-----\n"
                        + Base64.getMimeEncoder()
                                .encodeToString(identity.chain().get(0).getEncoded())
                        + "\n-----END CERTIFICATE-----\n");
    }

    private MailOrganization start(int port, String options) throws Exception {
        Path file = Files.writeString(folder.resolve("t.yaml"), """
            bridgehead: 1
            organization: { name: Contoso, acceptedDomains: { contoso.test: authoritative } }
            sites: { Berlin: {} }
            servers:
              BER-HT1: { site: Berlin, roles: [hubTransport] }
              BER-MBX1: { site: Berlin, roles: [mailbox] }
            connectors:
              Partner: { addressSpaces: ["SMTP:*;1"], sourceServers: [BER-HT1], smartHosts: ["localhost:%d"], %s }
            directory:
              recipients:
                anna: { type: mailbox, addresses: [anna@contoso.test], database: BER-MBX1/SG1/DB1 }
            """.formatted(port, options));
        LoadedTopology loaded = TopologyFile.load(file);
        return MailOrganization.start(OrganizationConfig.inMemory(loaded.organization(), loaded.folder())
                .virtualFrom(Instant.parse("2026-03-01T09:00:00Z")));
    }

    /** What became of a letter: the reason of its deferral, or nothing when it was sent. */
    private String send(TlsPeer peer, String options) throws Exception {
        try (MailOrganization org = start(peer.port(), options)) {
            org.send(
                    mail -> mail.from("anna@contoso.test").to("x@fabrikam.test").text(BODY));
            org.awaitIdle(Duration.ofSeconds(20));
            List<TrackingEvent> events = org.tracking().events().stream()
                    .filter(event ->
                            event.event() == TrackingEvent.Kind.DEFER || event.event() == TrackingEvent.Kind.SEND)
                    .toList();
            assertThat(events).isNotEmpty();
            return events.get(0).event() == TrackingEvent.Kind.SEND
                    ? ""
                    : events.get(0).reason();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                required | STRIPPED  | GOOD       | 4.7.4 the peer offers no STARTTLS and connector "Partner" requires it
                verified | STRIPPED  | GOOD       | 4.7.4 the peer offers no STARTTLS and connector "Partner" requires it
                required | UNWILLING | GOOD       | 4.7.4 the peer offers STARTTLS but refused it
                required | INJECTING | GOOD       | 4.7.5 localhost sent data in clear behind its answer to STARTTLS
                verified | INJECTING | GOOD       | 4.7.5 localhost sent data in clear behind its answer to STARTTLS
                opportunistic | INJECTING | GOOD  | 4.7.5 localhost sent data in clear behind its answer to STARTTLS
                required | GARBLED   | GOOD       | 4.7.5 TLS handshake with localhost failed
                verified | GARBLED   | GOOD       | 4.7.5 TLS handshake with localhost failed
                verified | HONEST    | EXPIRED    | 4.7.5 certificate of localhost expired 2024-01-03
                verified | HONEST    | PREMATURE  | 4.7.5 certificate of localhost is valid from 2999-01-01 only
                verified | HONEST    | OTHER_HOST | 4.7.5 certificate of localhost is for mx1.fabrikam.test
                verified | HONEST    | STRANGE    | 4.7.5 certificate of localhost is not trusted: self-signed
                """)
    void defersAndSaysWhyAndNothingOfTheLetterLeaves(String tls, Manner manner, Paper paper, String reason)
            throws Exception {
        Identity shown = identity(paper);
        trust(paper == Paper.STRANGE ? identity(Paper.GOOD) : shown);
        try (TlsPeer peer = new TlsPeer(manner, shown)) {
            String options = "tls: " + tls + (tls.equals("verified") ? ", trustFile: trust.pem" : "");
            assertThat(send(peer, options)).startsWith("localhost: " + reason);
            assertThat(peer.clear()).noneMatch(line -> line.startsWith("MAIL") || line.startsWith("AUTH"));
            assertThat(peer.hidden()).noneMatch(line -> line.startsWith("MAIL") || line.startsWith("EHLO"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "opportunistic, HONEST, GOOD, true",
        "opportunistic, HONEST, EXPIRED, true",
        "opportunistic, STRIPPED, GOOD, false",
        "opportunistic, UNWILLING, GOOD, false",
        "opportunistic, GARBLED, GOOD, false",
        "required, HONEST, EXPIRED, true",
        "required, HONEST, OTHER_HOST, true",
        "verified, HONEST, GOOD, true",
        "none, HONEST, GOOD, false",
    })
    void sends(String tls, Manner manner, Paper paper, boolean hidden) throws Exception {
        Identity shown = identity(paper);
        trust(shown);
        try (TlsPeer peer = new TlsPeer(manner, shown)) {
            assertThat(send(peer, "tls: " + tls + (tls.equals("verified") ? ", trustFile: trust.pem" : "")))
                    .isEmpty();
            assertThat(hidden ? peer.hidden() : peer.clear()).contains(BODY);
            assertThat(hidden ? peer.clear() : peer.hidden()).doesNotContain(BODY);
        }
    }

    /** Nobody on this list of the platform's authorities vouches for us. */
    @Test
    void withoutTrustFileThePlatformsAuthoritiesCount() throws Exception {
        try (TlsPeer peer = new TlsPeer(Manner.HONEST, identity(Paper.GOOD))) {
            assertThat(send(peer, "tls: verified"))
                    .isEqualTo("localhost: 4.7.5 certificate of localhost is not trusted: self-signed");
        }
    }

    @Test
    void aTrustFileThatCannotBeReadDefers() throws Exception {
        try (TlsPeer peer = new TlsPeer(Manner.HONEST, identity(Paper.GOOD))) {
            assertThat(send(peer, "tls: verified, trustFile: none.pem")).contains("connector Partner: ", "none.pem");
            assertThat(peer.clear()).isEmpty();
        }
    }

    @Test
    void logsInOverTls() throws Exception {
        Files.writeString(folder.resolve("password"), "open sesame\n");
        try (TlsPeer peer = new TlsPeer(Manner.HONEST, identity(Paper.GOOD))) {
            assertThat(send(peer, "tls: required, auth: { user: us, passwordFile: password }"))
                    .isEmpty();
            assertThat(peer.clear()).noneMatch(line -> line.startsWith("AUTH"));
            assertThat(peer.hidden())
                    .contains("AUTH PLAIN " + Base64.getEncoder().encodeToString("\0us\0open sesame".getBytes()));
        }
    }
}
