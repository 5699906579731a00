package org.bridgehead.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bridgehead.admin.AdminClient;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Embedded mailbox servers of a running engine. */
@Command(
        name = "cluster",
        header = {
            "Mailbox servers of a running engine: which node hosts the mailboxes, who votes, how far the copies follow.",
            "",
            "Examples:",
            "  bridgehead cluster status --admin 127.0.0.1:8025",
            "  bridgehead cluster handoff BER-MBX1 --to BER-MBX1B --comment 'patch day'    without loss, or refused",
            "  bridgehead cluster log BER-MBX1                  each vote, activation and refusal, with its reason",
            "  bridgehead cluster reseed BER-MBX1B              its copies anew from the active node",
            "  bridgehead cluster evict BER-MBX1B               out of the cluster; rejoin takes it in again",
            "  bridgehead cluster remove BER-MBX1               ends the server for good, once nobody has a mailbox there",
            ""
        },
        synopsisHeading = "Usage: ",
        subcommands = {
            ClusterCommand.Status.class,
            ClusterCommand.Handoff.class,
            ClusterCommand.Evict.class,
            ClusterCommand.Rejoin.class,
            ClusterCommand.Reseed.class,
            ClusterCommand.Remove.class,
            ClusterCommand.Log.class
        },
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:done; status: every server is online with all its storage groups",
            "1:refused, with the reason; status: one is not",
            "2:bad usage, or no such server or node",
            "3:no engine answers"
        })
final class ClusterCommand extends Group {
    private static final String KIND = "clusters";
    private static final List<String> ALL = List.of(
            "server",
            "site",
            "replication",
            "active",
            "votes",
            "votesNeeded",
            "votesAll",
            "witness",
            "nodes",
            "groups");
    private static final List<String> ROW = List.of(
            "server",
            "replication",
            "active",
            "votes",
            "witness",
            "group",
            "mounted",
            "copyQueue",
            "missingLogs",
            "reason");
    private static final List<String> LOG = List.of("time", "server", "eventId", "node", "words");

    /** How they stand. */
    @Command(name = "status", header = "How mailbox servers stand, a line for each storage group.")
    static final class Status extends AdminVerb {
        @Parameters(paramLabel = "SERVER", arity = "0..1", description = "only this one")
        @Nullable
        String server;

        @Override
        int ask(AdminClient engine) throws IOException, InterruptedException {
            List<Map.Entry<String, String>> query = new ArrayList<>();
            QueueCommand.add(query, "server", server);
            List<Map<String, @Nullable Object>> servers = items(engine.list(KIND, query));
            List<Map<String, @Nullable Object>> rows = new ArrayList<>();
            servers.forEach(one -> items(one.get("groups")).forEach(group -> rows.add(row(one, group))));
            if (output().isTable() || output().isCsv()) {
                print(rows, ROW, ROW, "no mailbox server runs in this engine");
            } else {
                print(servers, ALL, ALL, "");
            }
            return rows.stream().allMatch(row -> Boolean.TRUE.equals(row.get("mounted")))
                    ? ExitCode.OK
                    : ExitCode.BAD_ANSWER;
        }

        private static Map<String, @Nullable Object> row(
                Map<String, @Nullable Object> server, Map<String, @Nullable Object> group) {
            Map<String, @Nullable Object> row = new LinkedHashMap<>(server);
            row.put(
                    "votes",
                    server.get("votes") + " of " + server.get("votesAll") + ", needs " + server.get("votesNeeded"));
            row.put("group", group.get("group"));
            row.put("mounted", group.get("mounted"));
            row.put("copyQueue", group.get("copyQueueLength"));
            row.put("missingLogs", group.get("missingLogs"));
            row.put("reason", "".equals(group.get("reason")) ? group.get("copyReason") : group.get("reason"));
            return row;
        }
    }

    /** Move without loss. */
    @Command(name = "handoff", header = "Moves the mailboxes to the other node without loss, or refuses.")
    static final class Handoff extends AdminVerb {
        @Parameters(paramLabel = "SERVER", description = "mailbox server")
        String server = "";

        @Option(names = "--to", paramLabel = "NODE", required = true, description = "who is to host them")
        String to = "";

        @Option(names = "--comment", paramLabel = "WORDS", description = "why, for the cluster's log")
        @Nullable
        String comment;

        @Override
        int ask(AdminClient engine) throws IOException, InterruptedException {
            List<Map.Entry<String, String>> query = new ArrayList<>();
            QueueCommand.add(query, "to", to);
            QueueCommand.add(query, "comment", comment);
            Map<String, @Nullable Object> answer = engine.tell(KIND, server, "handoff", query, new byte[0]);
            done(answer, "handed over: " + answer.get("active") + " hosts the mailboxes of " + answer.get("server"));
            return ExitCode.OK;
        }
    }

    /** What a change of membership is about. */
    abstract static class OfNode extends AdminVerb {
        @Parameters(paramLabel = "NODE", description = "its name")
        String node = "";

        final int tell(AdminClient engine, String verb, String past) throws IOException, InterruptedException {
            Map<String, @Nullable Object> answer = engine.tell(NodeCommand.KIND, node, verb, List.of(), new byte[0]);
            done(answer, past + ": " + answer.get("node"));
            return ExitCode.OK;
        }
    }

    /** Out. */
    @Command(name = "evict", header = "Takes a node that hosts nothing out of its cluster.")
    static final class Evict extends OfNode {
        @Override
        int ask(AdminClient engine) throws IOException, InterruptedException {
            return tell(engine, "evict", "evicted");
        }
    }

    /** In again. */
    @Command(name = "rejoin", header = "Takes an evicted node in again and seeds its copies.")
    static final class Rejoin extends OfNode {
        @Override
        int ask(AdminClient engine) throws IOException, InterruptedException {
            return tell(engine, "rejoin", "joined again");
        }
    }

    /** Anew. */
    @Command(name = "reseed", header = "Seeds the copies on a node from their beginning.")
    static final class Reseed extends OfNode {
        @Override
        int ask(AdminClient engine) throws IOException, InterruptedException {
            return tell(engine, "reseed", "seeded anew");
        }
    }

    /** For good. */
    @Command(name = "remove", header = "Ends a mailbox server for good; refused while anybody has a mailbox on it.")
    static final class Remove extends AdminVerb {
        @Parameters(paramLabel = "SERVER", description = "mailbox server")
        String server = "";

        @Override
        int ask(AdminClient engine) throws IOException, InterruptedException {
            Map<String, @Nullable Object> answer = engine.tell(KIND, server, "remove", List.of(), new byte[0]);
            done(
                    answer,
                    "stopped: " + answer.get("server")
                            + "; take it out of the topology file and reload, or the next start runs it again");
            return ExitCode.OK;
        }
    }

    /** Why. */
    @Command(name = "log", header = "Votes, activations and refusals since the engine started, oldest first.")
    static final class Log extends AdminVerb {
        @Parameters(paramLabel = "SERVER", arity = "0..1", description = "only of this one")
        @Nullable
        String server;

        @Override
        int ask(AdminClient engine) throws IOException, InterruptedException {
            List<Map.Entry<String, String>> query = new ArrayList<>();
            QueueCommand.add(query, "log", "true");
            QueueCommand.add(query, "server", server);
            print(items(engine.list(KIND, query)), LOG, LOG, "nothing has happened");
            return ExitCode.OK;
        }
    }
}
