package org.bridgehead.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.bridgehead.admin.AdminClient;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Hands a letter to a running engine. */
@Command(
        name = "send",
        header = {
            "Hands a letter to a running engine, by SMTP as a mail program would, and follows it.",
            "",
            "Examples:",
            "  bridgehead send --from anna@contoso.test --to mia@contoso.test --follow --admin 127.0.0.1:8025",
            "  bridgehead send --from x@fabrikam.test --to mia@contoso.test --file letter.eml --via BER-EDGE1",
            "",
            "People of the organisation hand it to a hub of their site, strangers to an edge. Line ends are made CR LF, a",
            "missing Message-ID is added; the file is otherwise sent as it is.",
            ""
        },
        synopsisHeading = "Usage: ",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:it was accepted; with --follow: everybody has it",
            "1:it was refused; with --follow: somebody does not get it, or it still waits",
            "2:bad usage",
            "3:no engine answers"
        })
final class SendCommand extends AdminVerb {
    private static final int LOOK_AGAIN = 5;

    @Option(names = "--from", required = true, paramLabel = "ADDRESS", description = "sender; <> for none")
    String from = "";

    @Option(names = "--to", required = true, split = ",", paramLabel = "ADDRESS", description = "recipient; repeatable")
    List<String> to = new ArrayList<>();

    @Option(names = "--file", paramLabel = "FILE", description = "the letter; default: a short one")
    @Nullable
    Path file;

    @Option(names = "--subject", paramLabel = "TEXT", description = "of the short one; default: ${DEFAULT-VALUE}")
    String subject = "A letter from the command line";

    @Option(names = "--via", paramLabel = "SERVER", description = "hand it to this hub or edge")
    @Nullable
    String via;

    @Option(names = "--follow", description = "tell what happens to it until everybody has it")
    boolean follow;

    @Option(names = "--for", paramLabel = "SECONDS", description = "follow no longer; default: ${DEFAULT-VALUE}")
    int seconds = 60;

    @Override
    int ask(AdminClient engine) throws IOException, InterruptedException {
        byte[] letter = letter();
        List<Map.Entry<String, String>> query = new ArrayList<>();
        query.add(Map.entry("from", from));
        to.forEach(address -> query.add(Map.entry("to", address.strip())));
        Map<String, @Nullable Object> answer =
                engine.tell(ServerCommand.KIND, via == null ? "*" : via, "send", query, letter);
        boolean accepted = Boolean.TRUE.equals(answer.get("accepted"));
        if (!follow || !output().isJson()) {
            done(answer, words(answer));
        }
        return follow ? follow(engine, String.valueOf(answer.get("messageId")), accepted) : code(accepted);
    }

    private static int code(boolean good) {
        return good ? ExitCode.OK : ExitCode.BAD_ANSWER;
    }

    private byte[] letter() {
        if (file == null) {
            String text = "From: <" + from.replaceAll("[<>]", "") + ">\nTo: <" + String.join(">, <", to)
                    + ">\nSubject: " + subject.replaceAll("[\\r\\n]", " ") + "\n\nSent by bridgehead send.\n";
            return text.getBytes(StandardCharsets.UTF_8);
        }
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw Failure.usage("cannot read " + file + ": " + FileTrouble.reason(file, e), e);
        }
    }

    private static String words(Map<String, @Nullable Object> answer) {
        StringBuilder words = new StringBuilder(answer.get("messageId") + " to " + answer.get("server") + ":");
        items(answer.get("recipients"))
                .forEach(reply -> words.append("\n  ")
                        .append(reply.get("recipient"))
                        .append("  ")
                        .append(reply.get("reply")));
        return words.toString();
    }

    /** Prints events as they happen, until nobody has the message any more. */
    private int follow(AdminClient engine, String id, boolean accepted) throws IOException, InterruptedException {
        EventText text = new EventText(output());
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        int seen = 0;
        boolean failed = !accepted;
        boolean nowhere = false;
        while (true) {
            long left = TimeUnit.NANOSECONDS.toSeconds(end - System.nanoTime());
            // When nobody has it, it may be between two servers: a second look tells.
            long wait = nowhere ? 1 : Math.max(1, Math.min(LOOK_AGAIN, left));
            Map<String, @Nullable Object> answer = AdminClient.fields(engine.list(
                    "tracking",
                    List.of(
                            Map.entry("messageId", id),
                            Map.entry("after", Integer.toString(seen)),
                            Map.entry("wait", Long.toString(wait)))));
            List<Map<String, @Nullable Object>> events = items(answer.get("events"));
            List<Map<String, @Nullable Object>> where = items(answer.get("where"));
            for (Map<String, @Nullable Object> event : events) {
                failed |= "FAIL".equals(event.get("event"));
                print(text, event);
            }
            seen += events.size();
            boolean ended = nowhere && events.isEmpty() && where.isEmpty();
            if (ended || left <= 0) {
                text.printWhere(output().isTable() ? where : List.of());
                output().text().flush();
                return code(!failed && where.isEmpty() && seen > 0);
            }
            nowhere = where.isEmpty();
        }
    }

    private void print(EventText text, Map<String, @Nullable Object> event) {
        if (output().isTable()) {
            text.print(event);
        } else {
            output().text().println(Structured.jsonLine(new LinkedHashMap<>(event)));
        }
        output().text().flush();
    }
}
