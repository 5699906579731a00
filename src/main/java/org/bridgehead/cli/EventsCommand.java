package org.bridgehead.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bridgehead.admin.AdminClient;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** The event log of a running engine. */
@Command(
        name = "events",
        header = {
            "What happened to mailbox servers and routing, with the event ids that administrators know.",
            "",
            "Examples:",
            "  bridgehead events --admin 127.0.0.1:8025",
            "  bridgehead events BER-MBX1 -o csv                of one server",
            "",
            "  100               a handoff moved the mailboxes, nothing lost",
            "  1177, 1561, 1573  quorum lost; a node knows an older membership; the witness is out of reach",
            "  2099              a hub was asked to deliver again what a storage group may have lost",
            "  9796              a storage group was mounted without its last logs",
            "  5005, 5007, 5008, 5016, 5026   what the routing tables complain of, as of now; see check",
            ""
        },
        synopsisHeading = "Usage: ",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:here they are", "2:bad usage, or no such server", "3:no engine answers"})
final class EventsCommand extends AdminVerb {
    private static final List<String> COLUMNS = List.of("time", "id", "source", "server", "words");

    @Parameters(paramLabel = "SERVER", arity = "0..1", description = "only of this one")
    @Nullable
    String server;

    @Override
    int ask(AdminClient engine) throws IOException, InterruptedException {
        List<Map.Entry<String, String>> query = new ArrayList<>();
        QueueCommand.add(query, "server", server);
        print(items(engine.list("events", query)), COLUMNS, COLUMNS, "nothing has happened");
        return ExitCode.OK;
    }
}
