package org.bridgehead.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.bridgehead.core.hub.Pressure;
import org.bridgehead.io.config.LoadedTopology;
import org.bridgehead.io.config.TopologyFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A whole organisation whose disk fills up or cannot be written: refused, nothing lost, then as before. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class DiskTroubleTest {
    private static final Duration RESUMES = Duration.ofSeconds(40);

    @TempDir
    Path folder;

    @TempDir
    Path elsewhere;

    private final List<String> acknowledged = new ArrayList<>();
    private final List<String> refusals = new ArrayList<>();
    private int sent;

    @BeforeEach
    void mountSmallVolume() throws Exception {
        assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", folder.toString()) == 0,
                "SKIPPED: a small file system cannot be mounted here (not root)");
    }

    @AfterEach
    void unmount() throws Exception {
        run("umount", folder.toString());
    }

    @Test
    void aFullDisk() throws Exception {
        try (MailOrganization org = start()) {
            send(org);
            Path ballast = folder.resolve("ballast");
            Files.write(ballast, new byte[(int) folder.toFile().getUsableSpace() - (1 << 20)]);
            while (send(org)) {
                assertThat(acknowledged).hasSizeLessThan(1_000);
            }
            assertThat(refusals).allMatch(line -> line.contains("4.3."));
            // Seen without any mail: the look at the volume closes the door, and opens it again. What the store gives
            // back
            // when it is closed and opened is taken too.
            await().atMost(RESUMES).until(() -> {
                fill(folder.resolve("more"));
                return pressure(org).level() == Pressure.Level.HIGH;
            });
            assertThat(pressure(org).reason()).containsAnyOf("disk of the spool", "the spool refuses");
            refusals.clear();
            assertThat(send(org)).isFalse();
            assertThat(refusals).singleElement().asString().contains("452 4.3.1 Insufficient system resources");
            Files.delete(ballast);
            Files.delete(folder.resolve("more"));
            await().atMost(RESUMES).until(() -> send(org));
            arrived(org);
        }
    }

    /** What was accepted before the volume became read-only is still delivered once it can be written again. */
    @Test
    void aReadOnlySpool() throws Exception {
        try (MailOrganization org = start()) {
            org.server("MUC-HT1").kill();
            for (int i = 0; i < 5; i++) {
                assertThat(send(org)).isTrue();
            }
            org.server("BER-HT1").kill();
        }
        assertThat(run("mount", "-o", "remount,ro", folder.toString())).isZero();
        assertThatThrownBy(this::start)
                .isInstanceOf(OrganizationStartException.class)
                .hasMessageContaining(folder.resolve("data").toString())
                .hasMessageContaining("Read-only");
        assertThat(run("mount", "-o", "remount,rw", folder.toString())).isZero();
        try (MailOrganization org = start()) {
            arrived(org);
        }
    }

    private static void fill(Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            while (true) {
                out.write(new byte[4096]);
            }
        } catch (IOException full) {
            assertThat(full).hasMessageContaining("No space left");
        }
    }

    private MailOrganization start() throws Exception {
        String quick = Files.readString(Path.of("topologies/minimal.yaml"))
                .replace(
                        "  name: Minimal",
                        "  name: Minimal\n  retry: { glitchInterval: 1s, transientInterval: 1s, interval: 1s,"
                                + " mailboxInterval: 1s, messageInterval: 1s }");
        LoadedTopology loaded = TopologyFile.load(Files.writeString(elsewhere.resolve("quick.yaml"), quick));
        return MailOrganization.start(OrganizationConfig.inMemory(loaded.organization(), loaded.folder())
                .durable(folder.resolve("data")));
    }

    private static Pressure pressure(MailOrganization org) {
        return org.plant()
                .transportServers()
                .iterator()
                .next()
                .node()
                .orElseThrow()
                .pressure();
    }

    private boolean send(MailOrganization org) {
        String subject = "mail " + ++sent;
        SendResult result = org.send(mail -> mail.from("anna@contoso.test")
                .to("bert@contoso.test")
                .subject(subject)
                .text("x".repeat(20_000)));
        if (result.accepted()) {
            acknowledged.add(subject);
        } else {
            refusals.add(result.outcomes().toString());
        }
        return result.accepted();
    }

    private void arrived(MailOrganization org) {
        await().atMost(RESUMES)
                .untilAsserted(() -> assertThat(org.mailbox("bert@contoso.test").messages().stream()
                                .map(DiskTroubleTest::subject)
                                .toList())
                        .containsAll(acknowledged));
    }

    private static String subject(ReceivedMail mail) {
        String text = new String(mail.octets(), StandardCharsets.ISO_8859_1);
        int begin = text.indexOf("Subject: ") + "Subject: ".length();
        return text.substring(begin, text.indexOf('\r', begin));
    }

    private static int run(String... command) throws Exception {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return process.waitFor();
    }
}
