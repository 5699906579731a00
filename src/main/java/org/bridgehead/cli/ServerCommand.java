package org.bridgehead.cli;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.bridgehead.admin.AdminClient;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Servers of a running engine. */
@Command(
        name = "server",
        header = {
            "Servers of a running engine: whom each takes mail from, and their lives.",
            "",
            "Examples:",
            "  bridgehead server list --admin 127.0.0.1:8025",
            "  bridgehead server kill BER-HT1       at once, as a power cut would; its spool stays",
            "  bridgehead server start BER-HT1      with what its spool holds",
            "  bridgehead server drain BER-HT1      no new mail, what is being sent ends, then it stops",
            ""
        },
        synopsisHeading = "Usage: ",
        subcommands = {
            ServerCommand.ListServers.class,
            ServerCommand.Kill.class,
            ServerCommand.Start.class,
            ServerCommand.Drain.class
        },
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:done",
            "1:it runs already, or does not run",
            "2:bad usage, or no such server",
            "3:no engine answers, or the server does not start"
        })
final class ServerCommand extends Group {
    static final String KIND = "servers";
    static final List<String> SHOWN = List.of(
            "name", "roles", "site", "state", "accepts", "messages", "incoming", "outgoing", "address", "reason");
    static final List<String> ALL = List.of(
            "name",
            "roles",
            "site",
            "state",
            "accepts",
            "messages",
            "inMemory",
            "sending",
            "incoming",
            "outgoing",
            "address",
            "reason");

    /**
     * What an empty list of a server may hide: one that does not run shows no queues, whatever its spool holds.
     *
     * @param name as typed; null = no server was asked for
     */
    static String unlessRunning(AdminClient engine, @Nullable String name) throws IOException, InterruptedException {
        if (name == null) {
            return "";
        }
        return AdminVerb.items(engine.list(KIND, List.of())).stream()
                .filter(its ->
                        String.valueOf(its.get("name")).equalsIgnoreCase(name) && !"running".equals(its.get("state")))
                .findFirst()
                .map(its -> ": " + its.get("name") + " is " + its.get("state")
                        + ", what its spool holds shows when it runs")
                .orElse("");
    }

    /** All servers. */
    @Command(name = "list", header = "All servers of the topology, and how those stand that run in this engine.")
    static final class ListServers extends AdminVerb {
        @Override
        int ask(AdminClient engine) throws IOException, InterruptedException {
            print(items(engine.list(KIND, List.of())), SHOWN, ALL, "no server");
            return ExitCode.OK;
        }
    }

    /** What an action is about. */
    abstract static class OfOne extends AdminVerb {
        @Parameters(paramLabel = "SERVER", description = "its name")
        String server = "";

        final int tell(AdminClient engine, String verb, String past) throws IOException, InterruptedException {
            Map<String, @Nullable Object> answer = engine.tell(KIND, server, verb, List.of(), new byte[0]);
            done(answer, past + ": " + answer.get("server"));
            return ExitCode.OK;
        }
    }

    /** Kill. */
    @Command(name = "kill", header = "Ends it at once, as a power cut would.")
    static final class Kill extends OfOne {
        @Override
        int ask(AdminClient engine) throws IOException, InterruptedException {
            return tell(engine, "kill", "killed");
        }
    }

    /** Start. */
    @Command(name = "start", header = "Starts it again.")
    static final class Start extends OfOne {
        @Override
        int ask(AdminClient engine) throws IOException, InterruptedException {
            return tell(engine, "start", "started");
        }
    }

    /** Drain. */
    @Command(name = "drain", header = "Ends it in order, within ten seconds; what is not sent stays in its spool.")
    static final class Drain extends OfOne {
        @Override
        int ask(AdminClient engine) throws IOException, InterruptedException {
            return tell(engine, "drain", "stopped");
        }
    }
}
