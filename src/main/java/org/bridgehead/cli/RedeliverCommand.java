package org.bridgehead.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bridgehead.admin.AdminClient;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Delivers again from dumpsters, or says what that would do. */
@Command(
        name = "redeliver",
        header = {
            "Asks every hub of the site for what it delivered to a storage group; mailboxes drop what they have already.",
            "",
            "Examples:",
            "  bridgehead dumpster redeliver --storage-group BER-MBX1/SG1 --from -2h --to now --dry-run",
            "  bridgehead dumpster redeliver --storage-group BER-MBX1/SG1 --from '2026-03-02 08:00' --to now",
            "",
            "The dry run sends nothing and names each message: comesBack; present (dropped as a duplicate); removed by its",
            "reader (stays away); lost (in no mailbox and in no dumpster any more). A failover asks by itself; this is for",
            "asking again, or for a wider window.",
            ""
        },
        synopsisHeading = "Usage: ",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:asked; dry run: nothing is lost",
            "1:refused; dry run: something is lost",
            "2:bad usage, or no such storage group",
            "3:no engine answers"
        })
final class RedeliverCommand extends AdminVerb {
    private static final List<String> SHOWN =
            List.of("fate", "messageId", "from", "recipient", "size", "delivered", "hub");
    private static final List<String> ALL =
            List.of("fate", "messageId", "from", "recipient", "mailbox", "size", "delivered", "hub", "transportId");

    @Option(names = "--storage-group", paramLabel = "SERVER/GROUP", required = true, description = "whose mail")
    String group = "";

    @Option(names = "--from", paramLabel = "TIME", required = true, description = "delivered from then on")
    String from = "";

    @Option(names = "--to", paramLabel = "TIME", required = true, description = "until then")
    String to = "";

    @Option(names = "--dry-run", description = "send nothing, say what would come back")
    boolean dryRun;

    @Override
    int ask(AdminClient engine) throws IOException, InterruptedException {
        ZoneId zone = ZoneId.systemDefault();
        List<Map.Entry<String, String>> query = new ArrayList<>();
        QueueCommand.add(query, "from", TimeText.parse("--from", from, zone));
        QueueCommand.add(query, "to", TimeText.parse("--to", to, zone));
        QueueCommand.add(query, "dryRun", dryRun);
        Map<String, @Nullable Object> answer =
                engine.tell(DumpsterCommand.KIND, group, "redeliver", query, new byte[0]);
        if (!dryRun) {
            asked(answer);
            return ExitCode.OK;
        }
        preview(answer);
        return Long.valueOf(0).equals(answer.get("lost")) ? ExitCode.OK : ExitCode.BAD_ANSWER;
    }

    private void asked(Map<String, @Nullable Object> answer) {
        List<String> hubs = items(answer.get("requests")).stream()
                .map(request -> String.valueOf(request.get("hub")))
                .toList();
        done(
                answer,
                hubs.isEmpty()
                        ? "no hub is in the site of " + answer.get("storageGroup") + ": nobody was asked"
                        : "asked " + String.join(", ", hubs) + " for mail of " + answer.get("storageGroup")
                                + " delivered from " + answer.get("from") + " to " + answer.get("to"));
    }

    private void preview(Map<String, @Nullable Object> answer) {
        List<Map<String, @Nullable Object>> items = items(answer.get("items"));
        if (output().isCsv()) {
            print(items, ALL, ALL, "");
            return;
        }
        if (!output().isTable()) {
            output().record(answer);
            return;
        }
        print(items, SHOWN, ALL, "nothing was delivered to " + answer.get("storageGroup") + " then");
        summary(answer);
    }

    private void summary(Map<String, @Nullable Object> answer) {
        PrintWriter out = output().text();
        out.println("comes back " + answer.get("comesBack") + ", present " + answer.get("present") + ", removed "
                + answer.get("removed") + ", lost " + answer.get("lost") + "; nothing was sent");
        String unseen = Structured.cell(answer.get("unseen")).replace(" > ", ", ");
        if (!unseen.isEmpty()) {
            out.println("not seen, since they run elsewhere: " + unseen + "; what is called lost may be there");
        }
        if (answer.get("knownSince") != null) {
            out.println("deliveries are known since " + answer.get("knownSince")
                    + "; what was lost before is not told (run with --data to have the log)");
        }
        out.flush();
    }
}
