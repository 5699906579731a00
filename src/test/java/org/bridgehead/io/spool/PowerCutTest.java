package org.bridgehead.io.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A power cut keeps what was synced. strace shows the order: between the last write to the log and the acknowledgement
 * there is a completed fdatasync of that log. The mutant that does not sync must fail the same check.
 */
class PowerCutTest {
    private static final Pattern CALL =
            Pattern.compile("^(\\d+) +(?:<\\.\\.\\. )?(write|pwrite64|fdatasync|fsync)(.*)$");

    @TempDir
    Path folder;

    @Test
    void everyAcknowledgementFollowsACompletedSync() throws Exception {
        assertThat(acknowledgedTooEarly("synced")).isEmpty();
    }

    @Test
    void theMutantThatDoesNotSyncIsCaught() throws Exception {
        assertThat(acknowledgedTooEarly("mutant")).isNotEmpty();
    }

    private List<String> acknowledgedTooEarly(String mode) throws Exception {
        Path trace = folder.resolve(mode + ".strace");
        List<String> command = new ArrayList<>(
                List.of("strace", "-f", "-y", "-s", "16", "-e", "trace=write,pwrite64,fdatasync,fsync", "-o"));
        command.add(trace.toString());
        command.addAll(SpoolChild.command(folder.resolve(mode), 1, 40, mode));
        Path said = folder.resolve(mode + ".out");
        Process traced;
        try {
            traced = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(said.toFile())
                    .start();
        } catch (IOException e) {
            assumeTrue(false, "SKIPPED: strace is not installed here: " + e.getMessage());
            throw e;
        }
        boolean ended = traced.waitFor(60, TimeUnit.SECONDS);
        traced.descendants().forEach(ProcessHandle::destroyForcibly);
        traced.destroyForcibly();
        String output = Files.readString(said);
        assumeTrue(!output.contains("PTRACE"), "SKIPPED: strace is refused here: " + output);
        assertThat(ended).as(output).isTrue();
        assertThat(output.lines().filter(line -> line.startsWith("A ")).count())
                .as(output)
                .isEqualTo(40);
        return tooEarly(Files.readAllLines(trace));
    }

    private static List<String> tooEarly(List<String> calls) {
        List<String> early = new ArrayList<>();
        boolean dirty = false;
        int acknowledgements = 0;
        for (String line : calls) {
            Matcher call = CALL.matcher(line);
            if (!call.matches()) {
                continue;
            }
            boolean sync = call.group(2).endsWith("sync");
            String rest = call.group(3);
            if (!sync && rest.contains("\"A ")) {
                acknowledgements++;
                if (dirty) {
                    early.add(line);
                }
            } else if (!sync && rest.contains(".log>")) {
                dirty = true;
            } else if (sync && rest.endsWith("= 0") && (rest.contains(".log>") || rest.contains("resumed"))) {
                dirty = false;
            }
        }
        assertThat(acknowledgements).isEqualTo(40);
        return early;
    }
}
