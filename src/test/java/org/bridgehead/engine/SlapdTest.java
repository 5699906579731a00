package org.bridgehead.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.bridgehead.core.directory.Answer;
import org.bridgehead.core.hub.TrackingEvent;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.io.config.LoadedTopology;
import org.bridgehead.io.config.TopologyFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two real directory servers, OpenLDAP's slapd, of which one is killed. Skipped where the package slapd is missing. */
class SlapdTest {
    private static final Path SCRIPT = Path.of("examples/openldap/directory");
    private static final int USERS = 2_000;

    private Path folder;

    @BeforeEach
    void start() throws Exception {
        assumeTrue(
                Stream.of("/usr/sbin/slapd", "/usr/libexec/slapd", "/usr/local/libexec/slapd")
                        .map(Path::of)
                        .anyMatch(Files::isExecutable),
                "the package slapd is not installed: no real directory server is asked");
        // Not below a folder that only its owner may enter: the servers are somebody else when root runs the test.
        folder = Files.createTempDirectory("slapd");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        script("start", String.valueOf(USERS));
    }

    @AfterEach
    void stop() throws Exception {
        if (folder != null) {
            script("stop");
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file :
                        files.sorted((one, other) -> other.compareTo(one)).toList()) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    private void script(String verb, String... more) throws Exception {
        List<String> command = new ArrayList<>(List.of(SCRIPT.toString(), verb, folder.toString()));
        command.addAll(List.of(more));
        Path said = Files.createTempFile("slapd", ".txt");
        try {
            // Not a pipe: the servers keep it open for as long as they live.
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(said.toFile())
                    .start();
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).as(Files.readString(said)).isZero();
        } finally {
            Files.delete(said);
        }
    }

    private MailOrganization organization() throws Exception {
        LoadedTopology loaded = TopologyFile.load(folder.resolve("topology.yaml"));
        return MailOrganization.start(OrganizationConfig.inMemory(loaded.organization(), loaded.folder())
                .virtualFrom(Instant.parse("2026-03-01T09:00:00Z")));
    }

    @Test
    void everybodyOfANestedGroupIsReachedWhileOneServerDies() throws Exception {
        try (MailOrganization org = organization()) {
            send(org, "everyone@contoso.test");
            assertThat(delivered(org))
                    .hasSize(USERS)
                    .allSatisfy((who, times) -> assertThat(times).as(who).isEqualTo(1));

            script("kill", "1");
            send(org, "everyone@contoso.test");
            send(org, "seniors@contoso.test");
            TreeMap<String, Integer> all = delivered(org);
            assertThat(all).hasSize(USERS);
            for (int i = 1; i <= USERS; i++) {
                assertThat(all.get("u%04d@contoso.test".formatted(i)))
                        .as("u%d", i)
                        .isEqualTo(i % 8 == 0 ? 3 : 2);
            }
            assertThat(org.tracking().events())
                    .noneMatch(event ->
                            event.event() == TrackingEvent.Kind.FAIL || event.event() == TrackingEvent.Kind.DSN);
            assertThat(org.mailbox("u0008.alias@contoso.test").messages()).hasSize(3);
            assertThat(org.control().lookUps().orElseThrow().unavailable()).isZero();
        }
    }

    @Test
    void whateverIsInAnAddressIsAValue() throws Exception {
        try (MailOrganization org = organization()) {
            for (String address : List.of(
                    "\"*)(objectClass=*\"@contoso.test",
                    "\"*\"@contoso.test",
                    "\"u\\\\30001\"@contoso.test",
                    "ü0001@contoso.test",
                    "\")(|(cn=*\"@contoso.test")) {
                assertThat(org.lookUp(EmailAddress.of(address))).isEqualTo(new Answer.NotFound(address));
            }
            assertThat(org.lookUp(EmailAddress.of("U0001.ALIAS@contoso.test"))).isInstanceOf(Answer.Found.class);
        }
    }

    private static void send(MailOrganization org, String group) {
        SendResult sent =
                org.send(mail -> mail.from("u0002@contoso.test").to(group).subject("to all"));
        assertThat(sent.accepted()).as(sent.toString()).isTrue();
        org.clock().runUntilIdle();
    }

    private static TreeMap<String, Integer> delivered(MailOrganization org) {
        TreeMap<String, Integer> counts = new TreeMap<>();
        org.tracking().events().stream()
                .filter(event -> event.event() == TrackingEvent.Kind.DELIVER)
                .flatMap(event -> event.recipients().stream())
                .forEach(address -> counts.merge(address.toString(), 1, Integer::sum));
        return counts;
    }
}
