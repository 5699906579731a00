package org.bridgehead.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.bridgehead.admin.AdminClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** {@code bridgehead run --admin} as a process: SIGHUP, a token, and what stands over a restart. */
@DisabledOnOs(OS.WINDOWS)
class OperatedProcessTest {
    private static final String SECRET = "a-secret-of-enough-octets";

    @TempDir
    Path folder;

    /** A process of its own on a machine that others use, too. */
    private static ConditionFactory await() {
        return Awaitility.await().atMost(Duration.ofSeconds(60));
    }

    private EngineProcess run(Path topology) throws Exception {
        Path token = folder.resolve("token");
        Files.writeString(token, SECRET + "\n");
        return EngineProcess.run(
                folder, topology, "--data", folder.resolve("data"), "--admin", "127.0.0.1:0", "--token-file", token);
    }

    @Test
    void aHangupReloadsAndHeldQueuesStandOverARestart() throws Exception {
        Path topology = folder.resolve("topology.yaml");
        Files.copy(Path.of("topologies/minimal.yaml"), topology);
        String queue = "BER-HT1\\site:Munich";
        try (EngineProcess engine = run(topology)) {
            AdminClient client = new AdminClient(engine.admin(), Optional.of(SECRET));
            client.tell("links", "Berlin-Munich", "cut", List.of(), new byte[0]);
            client.tell(
                    "servers",
                    "*",
                    "send",
                    List.of(Map.entry("from", "anna@contoso.test"), Map.entry("to", "bert@contoso.test")),
                    "Message-ID: <1@x.test>\n\nhi\n".getBytes());
            await().until(() -> !((List<?>) client.list("messages", List.of())).isEmpty());
            await().ignoreExceptions()
                    .until(() -> AdminClient.fields(client.tell("queues", queue, "suspend", List.of(), new byte[0]))
                                    .get("done")
                            != null);
            signal(engine);
            await().until(() -> engine.errors().contains("bridgehead: reloaded "));
            Files.writeString(topology, Files.readString(topology).replace("cost: 100", "cost: none"));
            signal(engine);
            await().until(() -> engine.errors().contains("not reloaded, nothing has changed: "));
            Files.writeString(topology, Files.readString(topology).replace("cost: none", "cost: 100"));
            assertThat(engine.terminate()).isZero();
        }
        try (EngineProcess engine = run(topology)) {
            AdminClient client = new AdminClient(engine.admin(), Optional.of(SECRET));
            await().until(() -> AdminClient.fields(client.show("queues", queue))
                    .get("messageCount")
                    .equals(1L));
            assertThat(AdminClient.fields(client.show("queues", queue))).containsEntry("status", "Suspended");
            Map<String, Object> track =
                    AdminClient.fields(client.list("tracking", List.of(Map.entry("messageId", "1@x.test"))));
            assertThat(AdminClient.fields(((List<?>) track.get("events")).get(0)))
                    .as("the beginning is in the log of the earlier process")
                    .containsEntry("event", "RECEIVE");
            client.tell("queues", queue, "resume", List.of(), new byte[0]);
            await().until(() -> ((List<?>) client.list("messages", List.of())).isEmpty());
        }
    }

    private static void signal(EngineProcess engine) throws Exception {
        assertThat(new ProcessBuilder("kill", "-HUP", Long.toString(engine.pid()))
                        .start()
                        .waitFor())
                .isZero();
    }
}
