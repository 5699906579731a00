package org.bridgehead.cli;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bridgehead.admin.AdminClient;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Messages in the queues of a running engine. */
@Command(
        name = "message",
        header = {
            "Messages in the queues of a running engine: look at them, save, hold, free and delete them.",
            "",
            "Examples:",
            "  bridgehead message list --admin 127.0.0.1:8025",
            "  bridgehead message list --queue 'BER-HT1\\site:Munich' -o json",
            "  bridgehead message export 'BER-HT1\\site:Munich\\17' -O letter.eml",
            "  bridgehead message suspend 'BER-HT1\\*\\17'               in all its queues; then: resume",
            "  bridgehead message remove 'BER-HT1\\site:Munich\\17'      the sender gets a report",
            "  bridgehead message remove 'BER-HT1\\site:Munich\\17' --no-report",
            "",
            "A message is SERVER\\QUEUE\\NUMBER as list shows it. One that is being sent is not torn out of the line: it is",
            "held or deleted when sending fails (PendingSuspend, PendingRemove).",
            ""
        },
        synopsisHeading = "Usage: ",
        subcommands = {
            MessageCommand.ListMessages.class,
            MessageCommand.Show.class,
            MessageCommand.Export.class,
            MessageCommand.Suspend.class,
            MessageCommand.Resume.class,
            MessageCommand.Remove.class
        },
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:done",
            "1:the engine says it cannot be",
            "2:bad usage, or no such message",
            "3:no engine answers"
        })
final class MessageCommand extends Group {
    private static final String KIND = "messages";
    private static final List<String> SHOWN = List.of(
            "identity", "status", "priority", "from", "recipientCount", "size", "age", "nextRetryTime", "lastError");
    private static final List<String> ALL = List.of(
            "identity",
            "status",
            "from",
            "recipients",
            "recipientCount",
            "size",
            "priority",
            "submitted",
            "age",
            "messageId",
            "transportId",
            "source",
            "queue",
            "lastError",
            "nextRetryTime");

    /** Messages. */
    @Command(name = "list", header = "What is in the queues; of a server, of a queue, of a Message-ID.")
    static final class ListMessages extends AdminVerb {
        @Option(names = "--server", paramLabel = "NAME", description = "of this server only")
        @Nullable
        String server;

        @Option(names = "--queue", paramLabel = "QUEUE", description = "of this queue only")
        @Nullable
        String queue;

        @Option(names = "--message-id", paramLabel = "ID", description = "with this Message-ID only")
        @Nullable
        String messageId;

        @Option(names = "--priority", paramLabel = "high|normal|low", description = "of this priority only")
        @Nullable
        String priority;

        @Option(names = "--limit", paramLabel = "N", description = "so many at most; default: 1000")
        @Nullable
        Integer limit;

        @Override
        int ask(AdminClient engine) throws IOException, InterruptedException {
            List<Map.Entry<String, String>> query = new ArrayList<>();
            QueueCommand.add(query, "server", server);
            QueueCommand.add(query, "queue", queue);
            QueueCommand.add(query, "messageId", messageId);
            QueueCommand.add(query, "priority", priority);
            QueueCommand.add(query, "limit", limit);
            print(
                    items(engine.list(KIND, query)),
                    SHOWN,
                    ALL,
                    "no message waits" + ServerCommand.unlessRunning(engine, server));
            return ExitCode.OK;
        }
    }

    /** What an action is about. */
    abstract static class OfOne extends AdminVerb {
        @Parameters(
                paramLabel = "MESSAGE",
                description = "SERVER\\QUEUE\\NUMBER, or SERVER\\*\\NUMBER: in all its queues")
        String message = "";

        final int tell(AdminClient engine, String verb, List<Map.Entry<String, String>> query, String past)
                throws IOException, InterruptedException {
            Map<String, @Nullable Object> answer = engine.tell(KIND, message, verb, query, new byte[0]);
            List<String> left = new ArrayList<>();
            items(answer.get("left")).forEach(view -> left.add(view.get("identity") + " " + view.get("status")));
            done(answer, past + ": " + answer.get("message") + (left.isEmpty() ? "" : "; " + String.join(", ", left)));
            return ExitCode.OK;
        }
    }

    /** One message. */
    @Command(name = "show", header = "One message, in each queue it is in.")
    static final class Show extends OfOne {
        @Override
        int ask(AdminClient engine) throws IOException, InterruptedException {
            List<Map<String, @Nullable Object>> views = items(engine.show(KIND, message));
            if (output().isTable()) {
                views.forEach(view -> output().record(view));
            } else {
                print(views, ALL, ALL, "");
            }
            return ExitCode.OK;
        }
    }

    /** Save. */
    @Command(name = "export", header = "Its octets, as they were accepted.")
    static final class Export extends OfOne {
        @Option(names = "-O", paramLabel = "FILE", description = "write here; default: stdout")
        @Nullable
        Path target;

        @Override
        int ask(AdminClient engine) throws IOException, InterruptedException {
            if (target == null) {
                spec.commandLine().getOut().flush();
                OutputStream out = new BufferedOutputStream(new FileOutputStream(FileDescriptor.out));
                engine.export(message, out);
                out.flush();
                return ExitCode.OK;
            }
            try (LateFile out = new LateFile(target)) {
                engine.export(message, out);
            }
            return ExitCode.OK;
        }
    }

    /** Hold. */
    @Command(name = "suspend", header = "Holds it until resume; a restart changes nothing. Its deadlines run on.")
    static final class Suspend extends OfOne {
        @Override
        int ask(AdminClient engine) throws IOException, InterruptedException {
            return tell(engine, "suspend", List.of(), "held");
        }
    }

    /** Free. */
    @Command(name = "resume", header = "Frees a held one.")
    static final class Resume extends OfOne {
        @Override
        int ask(AdminClient engine) throws IOException, InterruptedException {
            return tell(engine, "resume", List.of(), "freed");
        }
    }

    /** Delete. */
    @Command(name = "remove", header = "Deletes it; the sender is told, unless --no-report.")
    static final class Remove extends OfOne {
        @Option(names = "--no-report", description = "do not tell the sender")
        boolean silent;

        @Override
        int ask(AdminClient engine) throws IOException, InterruptedException {
            return tell(
                    engine,
                    "remove",
                    List.of(Map.entry("report", Boolean.toString(!silent))),
                    silent ? "deleted, nobody told" : "deleted, the sender is told");
        }
    }
}
