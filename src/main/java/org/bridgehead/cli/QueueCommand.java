package org.bridgehead.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bridgehead.admin.AdminClient;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Queues of a running engine. */
@Command(
        name = "queue",
        header = {
            "Queues of a running engine: what waits where, why, and until when; try, hold, free and empty them.",
            "",
            "Examples:",
            "  bridgehead queue list --admin 127.0.0.1:8025              -v: idle Submission queues, too",
            "  bridgehead queue show 'BER-HT1\\site:Munich' -o json      why it waits and when it is next tried",
            "  bridgehead queue retry 'BER-HT1\\Munich'                  now; its ladder starts over",
            "  bridgehead queue suspend 'BER-HT1\\4'                     hold it, also over a restart; then: resume",
            "  bridgehead queue drain 'BER-HT1\\Unreachable'             what waits there is routed afresh",
            "",
            "A queue is SERVER\\NEXTHOP, SERVER\\NUMBER or SERVER\\* as list shows them; SERVER\\Submission is what is not",
            "routed yet. Without a server it has to be the only one of its name. High and low priority are counted where",
            "connections.byPriority is on; elsewhere all mail of a queue is treated alike.",
            ""
        },
        synopsisHeading = "Usage: ",
        subcommands = {
            QueueCommand.ListQueues.class,
            QueueCommand.Show.class,
            QueueCommand.Retry.class,
            QueueCommand.Suspend.class,
            QueueCommand.Resume.class,
            QueueCommand.Drain.class
        },
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:done",
            "1:done, and the engine says it cannot be",
            "2:bad usage, or no such queue",
            "3:no engine answers"
        })
final class QueueCommand extends Group {
    private static final String KIND = "queues";
    private static final List<String> SHOWN = List.of(
            "identity",
            "deliveryType",
            "status",
            "messageCount",
            "highPriority",
            "lowPriority",
            "nextHopDomain",
            "retryCount",
            "nextRetryTime",
            "lastError");
    private static final List<String> ALL = List.of(
            "identity",
            "number",
            "deliveryType",
            "status",
            "messageCount",
            "highPriority",
            "lowPriority",
            "nextHopDomain",
            "lastError",
            "lastRetryTime",
            "nextRetryTime",
            "retryCount",
            "reason");

    /** All queues, or those of a server. */
    @Command(name = "list", header = "All queues; of one server by --server, of one next hop by --queue.")
    static final class ListQueues extends AdminVerb {
        @Option(names = "--server", paramLabel = "NAME", description = "of this server only")
        @Nullable
        String server;

        @Option(names = "--queue", paramLabel = "NEXTHOP", description = "to this next hop only, on all servers")
        @Nullable
        String queue;

        @Option(names = "--limit", paramLabel = "N", description = "so many at most")
        @Nullable
        Integer limit;

        @Override
        int ask(AdminClient engine) throws IOException, InterruptedException {
            List<Map.Entry<String, String>> query = new ArrayList<>();
            add(query, "server", server);
            add(query, "queue", queue);
            add(query, "limit", limit);
            List<Map<String, @Nullable Object>> queues = items(engine.list(KIND, query));
            if (output().isTable() && !options().verbose) {
                queues.removeIf(ListQueues::isIdleSubmission);
            }
            print(queues, SHOWN, ALL, "no queue" + ServerCommand.unlessRunning(engine, server));
            return ExitCode.OK;
        }

        /** Every server has one, which says nothing. */
        private static boolean isIdleSubmission(Map<String, @Nullable Object> queue) {
            return "Submission".equals(queue.get("nextHopDomain"))
                    && "Ready".equals(queue.get("status"))
                    && Long.valueOf(0).equals(queue.get("messageCount"));
        }
    }

    /** Adds a parameter that has a value. */
    static void add(List<Map.Entry<String, String>> query, String name, @Nullable Object value) {
        if (value != null) {
            query.add(Map.entry(name, value.toString()));
        }
    }

    /** What an action is about. */
    abstract static class OfOne extends AdminVerb {
        @Parameters(paramLabel = "QUEUE", description = "SERVER\\NEXTHOP, SERVER\\NUMBER")
        String queue = "";

        final int tell(AdminClient engine, String verb, String past) throws IOException, InterruptedException {
            Map<String, @Nullable Object> answer = engine.tell(KIND, queue, verb, List.of(), new byte[0]);
            done(answer, past + ": " + Structured.cell(answer.get("queues")).replace(" > ", ", "));
            return ExitCode.OK;
        }
    }

    /** One queue. */
    @Command(name = "show", header = "One queue: its state, why it waits, when it is next tried.")
    static final class Show extends OfOne {
        @Override
        int ask(AdminClient engine) throws IOException, InterruptedException {
            output().record(AdminClient.fields(engine.show(KIND, queue)));
            return ExitCode.OK;
        }
    }

    /** Try now. */
    @Command(name = "retry", header = "Tries it now; its ladder starts over, and what rests by itself goes with it.")
    static final class Retry extends OfOne {
        @Override
        int ask(AdminClient engine) throws IOException, InterruptedException {
            return tell(engine, "retry", "tried now");
        }
    }

    /** Hold. */
    @Command(
            name = "suspend",
            header = "Holds it: it takes mail and sends none, until resume; a restart changes nothing.")
    static final class Suspend extends OfOne {
        @Override
        int ask(AdminClient engine) throws IOException, InterruptedException {
            return tell(engine, "suspend", "held");
        }
    }

    /** Free. */
    @Command(name = "resume", header = "Frees a held one.")
    static final class Resume extends OfOne {
        @Override
        int ask(AdminClient engine) throws IOException, InterruptedException {
            return tell(engine, "resume", "freed");
        }
    }

    /** Empty. */
    @Command(
            name = "drain",
            header =
                    "Empties it: its mail is resolved and routed afresh, and is back at once when there is no other way.")
    static final class Drain extends OfOne {
        @Override
        int ask(AdminClient engine) throws IOException, InterruptedException {
            return tell(engine, "drain", "routed afresh");
        }
    }
}
