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

/** Nodes of mailbox servers of a running engine. */
@Command(
        name = "node",
        header = {
            "Nodes of mailbox servers of a running engine: let one die, and see what the other one and the hubs save.",
            "",
            "Examples:",
            "  bridgehead node list --admin 127.0.0.1:8025",
            "  bridgehead node fail BER-MBX1A                at once, as a power cut would; the other node takes over",
            "  bridgehead node fail BER-MBX1A --lose 3       and the other node lacks its last 3 logs",
            "  bridgehead node start BER-MBX1A               it comes back as the passive node, seeded where it differs",
            "  bridgehead node failover BER-MBX1             the active node, whichever it is, fails;",
            "                                                an lcr server activates its second copy",
            "",
            "Mail in the lost logs is asked for again from every hub of the site: see dumpster and cluster log. To move",
            "mailboxes without loss: cluster handoff.",
            ""
        },
        synopsisHeading = "Usage: ",
        subcommands = {
            NodeCommand.ListNodes.class,
            NodeCommand.Fail.class,
            NodeCommand.Start.class,
            NodeCommand.FailOver.class
        },
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:done",
            "1:refused: it is down already, or runs, or nobody could take over",
            "2:bad usage, or no such node",
            "3:no engine answers"
        })
final class NodeCommand extends Group {
    static final String KIND = "nodes";
    private static final List<String> SHOWN =
            List.of("name", "server", "replication", "state", "votes", "votesNeeded", "epoch", "address", "reason");
    private static final List<String> ALL = List.of(
            "name",
            "server",
            "replication",
            "embedded",
            "state",
            "votes",
            "votesNeeded",
            "epoch",
            "address",
            "reason",
            "groups");

    /** All nodes. */
    @Command(name = "list", header = "All nodes of the topology, and how those stand that run in this engine.")
    static final class ListNodes extends AdminVerb {
        @Override
        int ask(AdminClient engine) throws IOException, InterruptedException {
            print(items(engine.list(KIND, List.of())), SHOWN, ALL, "no mailbox node");
            return ExitCode.OK;
        }
    }

    /** What an action is about. */
    abstract static class OfOne extends AdminVerb {
        /** Tells the engine and says what came of it, and who hosts the mailboxes now. */
        final int tell(AdminClient engine, String node, String verb, List<Map.Entry<String, String>> query)
                throws IOException, InterruptedException {
            Map<String, @Nullable Object> answer = engine.tell(KIND, node, verb, query, new byte[0]);
            Object active = answer.get("active");
            done(
                    answer,
                    verb + ": " + answer.get("node") + "; "
                            + (active == null
                                    ? answer.get("server") + " is offline: no node hosts its mailboxes"
                                    : active
                                            + (Boolean.TRUE.equals(answer.get("mounted")) ? " hosts" : " takes over")
                                            + " the mailboxes of " + answer.get("server")));
            return ExitCode.OK;
        }
    }

    /** Let it die. */
    @Command(name = "fail", header = "Ends it at once; the other node takes over after it has noticed, 5 seconds.")
    static final class Fail extends OfOne {
        @Parameters(paramLabel = "NODE", description = "its name")
        String node = "";

        @Option(
                names = "--lose",
                paramLabel = "N",
                description = "logs that the other node is to lack, the open one included; default: those it does lack")
        @Nullable
        Integer lose;

        @Override
        int ask(AdminClient engine) throws IOException, InterruptedException {
            List<Map.Entry<String, String>> query = new ArrayList<>();
            QueueCommand.add(query, "lost", lose);
            return tell(engine, node, "fail", query);
        }
    }

    /** Bring it back. */
    @Command(name = "start", header = "Starts it again; it hosts nothing while the other node does.")
    static final class Start extends OfOne {
        @Parameters(paramLabel = "NODE", description = "its name")
        String node = "";

        @Override
        int ask(AdminClient engine) throws IOException, InterruptedException {
            return tell(engine, node, "start", List.of());
        }
    }

    /** Make the other one take over. */
    @Command(name = "failover", header = "Lets the other node take over, unscheduled; an lcr server, its second copy.")
    static final class FailOver extends OfOne {
        @Parameters(paramLabel = "NODE|SERVER", description = "the active node, or its mailbox server")
        String part = "";

        @Override
        int ask(AdminClient engine) throws IOException, InterruptedException {
            return tell(engine, part, "failover", List.of());
        }
    }
}
