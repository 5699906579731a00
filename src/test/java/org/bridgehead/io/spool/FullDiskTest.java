package org.bridgehead.io.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.bridgehead.core.mail.InternalId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A full disk refuses, loses nothing that was acknowledged, keeps nothing that was not, and is left behind when there is room. */
class FullDiskTest {
    @TempDir
    Path folder;

    @Test
    void aFullDiskRefusesAndRecovers() throws Exception {
        assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", folder.toString()) == 0,
                "SKIPPED: a small file system cannot be mounted here (not root)");
        try {
            fillAndFree();
        } finally {
            assertThat(run("umount", folder.toString())).isZero();
        }
    }

    private void fillAndFree() throws IOException {
        Path ballast = folder.resolve("ballast");
        Files.write(ballast, new byte[12 << 20]);
        List<Long> acknowledged = new ArrayList<>();
        List<Long> refused = new ArrayList<>();
        Path data = folder.resolve("data");
        try (Spool spool = RocksSpool.open(data)) {
            for (int i = 0; refused.size() < 5 && i < 2000; i++) {
                accept(spool, acknowledged, refused);
            }
            assertThat(refused).hasSize(5);
            assertThat(spool.status().healthy()).isFalse();
            assertThat(spool.status().failure().orElseThrow()).containsIgnoringCase("space");
            Files.delete(ballast);
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> accept(spool, acknowledged, refused).isPresent());
            assertThat(spool.status().healthy()).isTrue();
            assertThat(spool.status().reopened()).isPositive();
            assertThat(SpoolContract.ids(SpoolContract.recovered(spool, SpoolContract.HUB)))
                    .isEqualTo(acknowledged);
        }
        try (Spool spool = RocksSpool.open(data)) {
            assertThat(SpoolContract.ids(SpoolContract.recovered(spool, SpoolContract.HUB)))
                    .isEqualTo(acknowledged);
        }
    }

    private static Optional<Long> accept(Spool spool, List<Long> acknowledged, List<Long> refused) {
        long number = 0;
        BodyWriter body = spool.newBody();
        try {
            InternalId id = spool.allocate(SpoolContract.HUB);
            number = id.value();
            byte[] mail = SpoolContract.mail(50_000);
            body.write(mail, 0, mail.length);
            spool.write(SpoolContract.HUB, List.of(new RandomRecords(number).accepted(id, body.finish())), true);
            acknowledged.add(number);
            return Optional.of(number);
        } catch (IOException e) {
            body.discard();
            refused.add(number);
            return Optional.empty();
        }
    }

    private static int run(String... command) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(10, TimeUnit.SECONDS) ? process.exitValue() : -1;
        } catch (IOException e) {
            return -1;
        }
    }
}
