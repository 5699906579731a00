package org.bridgehead.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.bridgehead.admin.AdminClient;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

/** How a running engine is. */
@Command(
        name = "status",
        header = {
            "How a running engine is: its servers, whom they take mail from, what waits, what is down.",
            "",
            "Examples:",
            "  bridgehead status --admin 127.0.0.1:8025",
            "  BRIDGEHEAD_ADMIN=127.0.0.1:8025 bridgehead status -o json",
            ""
        },
        synopsisHeading = "Usage: ",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:every server of the engine runs and takes mail, every mailbox server is online",
            "1:one does not, or the spool refuses, or a mailbox server is not whole",
            "2:bad usage",
            "3:no engine answers"
        })
final class StatusCommand extends AdminVerb {
    @Override
    int ask(AdminClient engine) throws IOException, InterruptedException {
        Map<String, @Nullable Object> status = AdminClient.fields(engine.list("status", List.of()));
        List<Map<String, @Nullable Object>> servers = items(status.get("servers"));
        Map<String, @Nullable Object> spool = AdminClient.fields(status.get("spool"));
        boolean good = servers.stream()
                        .allMatch(server -> "running".equals(server.get("state")) && "".equals(server.get("reason")))
                && Boolean.TRUE.equals(spool.get("healthy"))
                && items(status.get("troubles")).isEmpty();
        if (output().isTable()) {
            print(status, servers, spool);
        } else {
            output().record(status);
        }
        return good ? ExitCode.OK : ExitCode.BAD_ANSWER;
    }

    /** {@code Ready 0, Retry 2}: words for people, not the object that programs get. */
    private static String counts(@Nullable Object queues) {
        List<String> words = new ArrayList<>();
        AdminClient.fields(queues).forEach((state, messages) -> words.add(state + " " + messages));
        return words.isEmpty() ? "none" : String.join(", ", words);
    }

    private void print(
            Map<String, @Nullable Object> status,
            List<Map<String, @Nullable Object>> servers,
            Map<String, @Nullable Object> spool) {
        Output output = output();
        PrintWriter out = output.text();
        long up = status.get("uptime") instanceof Number seconds ? seconds.longValue() : 0;
        out.println(output.colors().strong(String.valueOf(status.get("organization"))) + "  version "
                + status.get("version") + ", process " + status.get("pid") + ", up "
                + Duration.ofSeconds(up).toString().substring(2).toLowerCase(Locale.ROOT));
        out.println("messages: " + status.get("messages") + "  by queue status: " + counts(status.get("queues")));
        String down = Structured.cell(status.get("down")).replace(" > ", ", ");
        if (!down.isEmpty()) {
            out.println("down: " + output.colors().bad(down));
        }
        out.println("spool: "
                + (Boolean.TRUE.equals(spool.get("healthy"))
                        ? output.colors().good("takes mail")
                        : output.colors().bad("refuses: " + spool.get("failure")))
                + ", "
                + Octets.text(spool.get("bytes") instanceof Number bytes ? bytes.longValue() : 0));
        for (Map<String, @Nullable Object> outbox : items(status.get("outboxes"))) {
            if (outbox.get("waiting") instanceof Number waiting && waiting.intValue() > 0) {
                out.println("Outbox of " + outbox.get("server") + ": "
                        + output.colors().bad(waiting + " waiting")
                        + " since " + outbox.get("since") + ", tried again at " + outbox.get("nextRetryTime") + " ("
                        + outbox.get("reason") + ")");
            }
        }
        for (Map<String, @Nullable Object> trouble : items(status.get("troubles"))) {
            out.println(output.colors().bad(String.valueOf(trouble.get("what"))) + ": " + trouble.get("reason") + " ("
                    + trouble.get("help") + ")");
        }
        out.println();
        print(servers, ServerCommand.SHOWN, ServerCommand.ALL, "no server runs in this engine");
    }
}
