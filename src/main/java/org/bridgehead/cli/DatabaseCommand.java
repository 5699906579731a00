package org.bridgehead.cli;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.bridgehead.admin.AdminClient;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Databases of mailbox servers of a running engine. */
@Command(
        name = "database",
        header = {
            "Databases of mailbox servers of a running engine: mail for a dismounted one waits at the hubs.",
            "",
            "Examples:",
            "  bridgehead database list --admin 127.0.0.1:8025",
            "  bridgehead database dismount BER-MBX1/SG1/DB1           also over a restart",
            "  bridgehead database mount BER-MBX1/SG1/DB1              waiting mail follows when its queue is next tried",
            "  bridgehead database mount BER-MBX1/SG1/DB1 --force      also a storage group that lacks more logs than the",
            "                                                          mount dial allows: they are lost, and asked for again",
            ""
        },
        synopsisHeading = "Usage: ",
        subcommands = {DatabaseCommand.ListDatabases.class, DatabaseCommand.Dismount.class, DatabaseCommand.Mount.class
        },
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:done",
            "1:refused, with the reason",
            "2:bad usage, or no such database",
            "3:no engine answers"
        })
final class DatabaseCommand extends Group {
    private static final String KIND = "databases";
    private static final List<String> SHOWN = List.of("identity", "mounted", "reason");
    private static final List<String> ALL = List.of("identity", "server", "group", "database", "mounted", "reason");

    /** All databases. */
    @Command(name = "list", header = "All databases of the mailbox servers that run in this engine.")
    static final class ListDatabases extends AdminVerb {
        @Override
        int ask(AdminClient engine) throws IOException, InterruptedException {
            print(items(engine.list(KIND, List.of())), SHOWN, ALL, "no database");
            return ExitCode.OK;
        }
    }

    /** What an action is about. */
    abstract static class OfOne extends AdminVerb {
        @Parameters(paramLabel = "DATABASE", description = "SERVER/GROUP/DATABASE")
        String database = "";
    }

    /** Dismount. */
    @Command(name = "dismount", header = "Dismounts it; its mailboxes get no mail until mount.")
    static final class Dismount extends OfOne {
        @Override
        int ask(AdminClient engine) throws IOException, InterruptedException {
            Map<String, @Nullable Object> answer = engine.tell(KIND, database, "dismount", List.of(), new byte[0]);
            done(answer, "dismounted: " + answer.get("database"));
            return ExitCode.OK;
        }
    }

    /** Mount. */
    @Command(name = "mount", header = "Mounts it again.")
    static final class Mount extends OfOne {
        @Option(
                names = "--force",
                description = "mount its storage group, too, whatever it lacks: what only the other node has is lost")
        boolean force;

        @Override
        int ask(AdminClient engine) throws IOException, InterruptedException {
            List<Map.Entry<String, String>> query = List.of(Map.entry("force", Boolean.toString(force)));
            Map<String, @Nullable Object> answer = engine.tell(KIND, database, "mount", query, new byte[0]);
            StringBuilder lines = new StringBuilder("mounted: " + answer.get("database"));
            for (Map<String, @Nullable Object> loss : items(answer.get("losses"))) {
                lines.append(
                        "%n%s lost %s log(s) with %s message(s); %s hub(s) are asked for what they delivered from %s to %s"
                                .formatted(
                                        loss.get("group"),
                                        loss.get("lostLogs"),
                                        loss.get("lostMessages"),
                                        loss.get("requests"),
                                        loss.get("from"),
                                        loss.get("to")));
            }
            done(answer, lines.toString());
            return ExitCode.OK;
        }
    }
}
