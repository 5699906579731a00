package org.bridgehead.engine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What {@code strace -f -y -o FILE} wrote: system calls with the lines at which they began and ended. */
final class SystemCalls {
    private static final Pattern LINE = Pattern.compile("^(\\d+) +(<\\.\\.\\. )?(\\w+)(.*)$", Pattern.DOTALL);

    /** One call; {@code end} = {@link Integer#MAX_VALUE} when the trace does not say. */
    record Call(String name, String arguments, int begin, int end, boolean ok) {
        boolean isSync() {
            return name.equals("fdatasync") || name.equals("fsync");
        }
    }

    private final List<Call> calls = new ArrayList<>();

    private SystemCalls() {}

    /** Whether processes can be traced here. */
    static boolean traceable(Path folder) throws InterruptedException {
        try {
            Process probe = new ProcessBuilder(
                            "strace", "-f", "-o", folder.resolve("probe").toString(), "true")
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("probe.out").toFile())
                    .start();
            return probe.waitFor() == 0;
        } catch (IOException notInstalled) {
            return false;
        }
    }

    static SystemCalls read(Path file) throws IOException {
        SystemCalls trace = new SystemCalls();
        Map<String, Call> open = new TreeMap<>();
        int number = 0;
        for (String text : Files.readAllLines(file, StandardCharsets.ISO_8859_1)) {
            number++;
            Matcher line = LINE.matcher(text);
            if (!line.matches()) {
                continue;
            }
            String rest = line.group(4);
            boolean ok = rest.matches("(?s).*\\) += \\d+.*");
            if (line.group(2) != null) {
                Call begun = open.remove(line.group(1));
                if (begun != null) {
                    trace.calls.add(new Call(begun.name(), begun.arguments() + rest, begun.begin(), number, ok));
                }
            } else if (rest.endsWith("<unfinished ...>")) {
                open.put(line.group(1), new Call(line.group(3), rest, number, Integer.MAX_VALUE, false));
            } else {
                trace.calls.add(new Call(line.group(3), rest, number, number, ok));
            }
        }
        trace.calls.addAll(open.values());
        return trace;
    }

    /** Writes to files whose path ends so, of octets that contain a text. */
    List<Call> writes(Pattern file, String text) {
        return calls.stream()
                .filter(call -> !call.isSync()
                        && file.matcher(call.arguments()).find()
                        && call.arguments().contains(text))
                .toList();
    }

    /** What was sent over sockets that contains a text, in order. */
    List<Call> sent(String text) {
        return calls.stream()
                .filter(call -> !call.isSync()
                        && call.arguments().matches("(?s)\\(\\d+<(socket|TCP).*")
                        && call.arguments().contains(text))
                .sorted((a, b) -> Integer.compare(a.begin(), b.begin()))
                .toList();
    }

    /** Whether a sync of such a file began after {@code write} and ended well before {@code answer} began. */
    boolean syncedBetween(Call write, Call answer, Pattern file) {
        return calls.stream()
                .anyMatch(call -> call.isSync()
                        && call.ok()
                        && file.matcher(call.arguments()).find()
                        && call.begin() > write.end()
                        && call.end() < answer.begin());
    }
}
