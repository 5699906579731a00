package org.bridgehead.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bridgehead.admin.AdminClient;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Transport dumpsters of a running engine. */
@Command(
        name = "dumpster",
        header = {
            "Transport dumpsters of a running engine: delivered mail that hubs keep for replicated storage groups.",
            "",
            "Examples:",
            "  bridgehead dumpster list --admin 127.0.0.1:8025          per hub and storage group: how much, how far back",
            "  bridgehead dumpster list --items --server BER-HT1        what is in them",
            "  bridgehead dumpster set --max-size 20MB --max-time 7d    until the next reload; 0 turns them off",
            "  bridgehead dumpster redeliver --storage-group BER-MBX1/SG1 --from -2h --to now --dry-run",
            "                                                           what would come back, by name, and what is lost",
            "",
            "A time is an instant (2026-03-02T08:00:00Z), a local time ('2026-03-02 08:00'), -2h or now.",
            ""
        },
        synopsisHeading = "Usage: ",
        subcommands = {DumpsterCommand.ListDumpsters.class, DumpsterCommand.Set.class, RedeliverCommand.class},
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:done",
            "1:refused; redeliver --dry-run: something is lost",
            "2:bad usage, or no such hub or storage group",
            "3:no engine answers"
        })
final class DumpsterCommand extends Group {
    static final String KIND = "dumpsters";
    private static final List<String> COLUMNS =
            List.of("hub", "storageGroup", "items", "size", "oldest", "newest", "inserts", "deletes");
    private static final List<String> ITEM =
            List.of("hub", "storageGroup", "messageId", "from", "recipients", "size", "delivered");
    private static final List<String> WHOLE_ITEM =
            List.of("hub", "storageGroup", "messageId", "from", "recipients", "size", "delivered", "transportId");

    /** What they hold. */
    @Command(name = "list", header = "All dumpsters that hold anything, or what is in them.")
    static final class ListDumpsters extends AdminVerb {
        @Option(names = "--server", paramLabel = "HUB", description = "of this hub only")
        @Nullable
        String server;

        @Option(names = "--items", description = "the items, oldest first")
        boolean items;

        @Option(names = "--limit", paramLabel = "N", description = "so many items at most")
        @Nullable
        Integer limit;

        @Override
        int ask(AdminClient engine) throws IOException, InterruptedException {
            List<Map.Entry<String, String>> query = new ArrayList<>();
            QueueCommand.add(query, "server", server);
            QueueCommand.add(query, "limit", limit);
            QueueCommand.add(query, "items", items ? "true" : null);
            List<Map<String, @Nullable Object>> found = items(engine.list(KIND, query));
            if (items) {
                print(found, ITEM, WHOLE_ITEM, "nothing is kept");
            } else {
                print(found, COLUMNS, COLUMNS, "no dumpster");
            }
            return ExitCode.OK;
        }
    }

    /** Other limits. */
    @Command(name = "set", header = "Other limits for all dumpsters, until the topology is read again.")
    static final class Set extends AdminVerb {
        @Option(names = "--max-size", paramLabel = "SIZE", description = "per hub and storage group; 0: off")
        @Nullable
        String size;

        @Option(names = "--max-time", paramLabel = "TIME", description = "age; 0: off")
        @Nullable
        String time;

        @Override
        int ask(AdminClient engine) throws IOException, InterruptedException {
            List<Map.Entry<String, String>> query = new ArrayList<>();
            QueueCommand.add(query, "maxSize", size);
            QueueCommand.add(query, "maxTime", time);
            Map<String, @Nullable Object> answer = engine.tell(KIND, "limits", "set", query, new byte[0]);
            long octets = answer.get("maxSizePerStorageGroup") instanceof Number number ? number.longValue() : 0;
            String pending = Structured.cell(answer.get("afterRestart"));
            done(
                    answer,
                    (Boolean.TRUE.equals(answer.get("off")) ? "dumpsters are off: " : "dumpsters keep up to ")
                            + Octets.text(octets) + " per hub and storage group, for "
                            + answer.get("maxTime") + "; write organization.dumpster into the topology file to keep it"
                            + (pending.isEmpty() ? "" : "; until a restart " + pending));
            return ExitCode.OK;
        }
    }
}
