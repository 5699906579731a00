package org.bridgehead.whatif;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Same calls, same log; and no random world breaks an invariant. */
class DeterminismTest {
    private static VirtualOrganization run(long seed) {
        RandomWorld world = new RandomWorld(seed);
        VirtualOrganization org = world.scene.start();
        for (int i = 0; i < 20; i++) {
            if (world.random.nextInt(3) == 0) {
                org.down("link:" + world.links.get(world.random.nextInt(world.links.size())));
            }
            if (world.random.nextInt(3) == 0) {
                world.links.forEach(link -> org.up("link:" + link));
            }
            String server = world.server(org);
            if (world.random.nextInt(6) == 0 && org.isRunning(server)) {
                org.crash(server);
            }
            org.servers().stream()
                    .filter(org::isRunning)
                    .findFirst()
                    .ifPresent(at -> Scene.send(org, at, world.user(), world.recipient(), world.recipient()));
            org.advance(Duration.ofMinutes(world.random.nextInt(30)));
            if (!org.isRunning(server)) {
                org.restart(server);
            }
        }
        world.links.forEach(link -> org.up("link:" + link));
        org.advance(Duration.ofHours(3));
        return org;
    }

    @Test
    void theSameSeedGivesTheSameLog() {
        for (long seed = 1000; seed < 1015; seed++) {
            assertThat(run(seed).log()).as("seed %d", seed).isEqualTo(run(seed).log());
        }
    }

    @Test
    void inTheEndNothingIsLeftAnywhere() {
        long end = System.nanoTime() + Duration.ofSeconds(4).toNanos();
        long seed = 2000;
        while (seed < 2300 && System.nanoTime() < end) {
            VirtualOrganization org = run(seed);
            assertThat(Scene.leftOvers(org)).as("seed %d", seed).isEmpty();
            seed++;
        }
        System.out.println("random organisations: seeds 2000 to " + (seed - 1));
    }

    /** Another process has other identity hash codes and another seed for the order of unordered collections. */
    @Test
    void anotherJvmGivesTheSameLog() throws Exception {
        Process other = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LogHash.class.getName(),
                        "40001",
                        "40012")
                .redirectErrorStream(true)
                .start();
        String said = new String(other.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assertThat(other.waitFor()).as(said).isZero();
        assertThat(said).endsWith(LogHash.of(40_001, 40_012));
    }
}
