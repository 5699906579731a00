package org.bridgehead.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** {@code bridgehead run} in a JVM of its own. */
final class EngineProcess implements AutoCloseable {
    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private final Process process;
    private final Path errors;
    private final Map<?, ?> ready;

    private EngineProcess(Process process, Path errors) throws IOException {
        this.process = process;
        this.errors = errors;
        this.ready = readReady();
    }

    /** {@code bridgehead run ARGUMENTS}; returns when everything listens. */
    static EngineProcess run(Path folder, Object... arguments) throws IOException {
        return start(List.of(), "org.bridgehead.cli.Main", folder, arguments);
    }

    /** The same under another program, or with another main class. */
    static EngineProcess start(List<String> under, String main, Path folder, Object... arguments) throws IOException {
        Path errors = folder.resolve("engine-" + NUMBERS.incrementAndGet() + ".err");
        Process process = new ProcessBuilder(command(under, main, folder, arguments))
                .redirectError(errors.toFile())
                .start();
        try {
            return new EngineProcess(process, errors);
        } catch (IOException | RuntimeException e) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            throw e;
        }
    }

    static List<String> command(List<String> under, String main, Path folder, Object... arguments) {
        List<String> command = new ArrayList<>(under);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        if (Runtime.version().feature() >= 22) {
            command.add("--enable-native-access=ALL-UNNAMED"); // as the manifest of the product's jar says
        }
        command.addAll(List.of(
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dlogback.configurationFile=org/bridgehead/cli/logback.xml",
                // A killed process leaves its copy of the native library behind.
                "-Djava.io.tmpdir=" + folder,
                "-cp",
                System.getProperty("java.class.path"),
                main,
                "run",
                "-o",
                "json"));
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        return command;
    }

    private Map<?, ?> readReady() throws IOException {
        StringBuilder json = new StringBuilder();
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            json.append(line).append('\n');
            if (line.equals("}")) {
                return (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromString(json.toString());
            }
        }
        throw new IOException("the engine did not start: " + json + Files.readString(errors));
    }

    InetSocketAddress smtp(String server) {
        return address(server, "smtp");
    }

    InetSocketAddress address(String server, String protocol) {
        return address(((Map<?, ?>) ((Map<?, ?>) ready.get("servers")).get(server)).get(protocol));
    }

    InetSocketAddress connector(String name) {
        return address(((Map<?, ?>) ready.get("receiveConnectors")).get(name));
    }

    /** Where it listens for operators. */
    String admin() {
        return String.valueOf(ready.get("admin"));
    }

    private static InetSocketAddress address(Object hostPort) {
        String[] parts = hostPort.toString().split(":");
        return new InetSocketAddress(parts[0], Integer.parseInt(parts[1]));
    }

    private ProcessHandle engine() {
        return ProcessHandle.of(((Number) ready.get("pid")).longValue()).orElseGet(process::toHandle);
    }

    long pid() {
        return ((Number) ready.get("pid")).longValue();
    }

    /** {@code kill -9}. */
    void kill() {
        engine().destroyForcibly();
        process.destroyForcibly();
        assertThat(process.onExit()).succeedsWithin(Duration.ofSeconds(20));
    }

    /** SIGTERM; answers the exit code. */
    int terminate() {
        engine().destroy();
        assertThat(process.onExit()).as("ends in time").succeedsWithin(Duration.ofSeconds(40));
        return process.exitValue();
    }

    /** What it wrote to standard error. */
    String errors() throws IOException {
        return Files.readString(errors);
    }

    @Override
    public void close() {
        kill();
    }
}
