package org.bridgehead.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.bridgehead.admin.AdminServer;
import org.bridgehead.admin.AdminSettings;
import org.bridgehead.engine.MailOrganization;
import org.bridgehead.engine.OrganizationConfig;
import org.bridgehead.io.config.LoadedTopology;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The names that outside programs use, to the letter: each verb, its subverbs and flags, the fields of its JSON, its exit
 * codes, and one line for what is wrong. A name may be added here, none may change: a row that fails is a broken promise.
 * Longer than most files: one table, to be read beside the contract.
 */
class ContractAuditTest {
    private static final String CONTOSO = "topologies/contoso.yaml";

    /** Two sites, a clustered mailbox server, a way out that a link leads to. */
    private static final String TOPOLOGY = """
            bridgehead: 1
            organization: { name: Audit, acceptedDomains: { contoso.test: authoritative } }
            sites: { Berlin: {}, Munich: {} }
            siteLinks:
              Berlin-Munich: { sites: [Berlin, Munich], cost: 100 }
            servers:
              BER-HT1: { site: Berlin, roles: [hubTransport] }
              BER-HT2: { site: Berlin, roles: [hubTransport] }
              BER-MBX1:
                site: Berlin
                roles: [mailbox]
                replication: ccr
                nodes: { BER-MBX1A: {}, BER-MBX1B: {} }
                witness: BER-HT1
              MUC-HT1: { site: Munich, roles: [hubTransport] }
              MUC-MBX1: { site: Munich, roles: [mailbox] }
            connectors:
              Internet: { addressSpaces: ["SMTP:*;1"], sourceServers: [MUC-HT1], dns: true }
            directory:
              recipients:
                anna: { type: mailbox, addresses: [anna@contoso.test], database: BER-MBX1/SG1/DB1 }
                bert: { type: mailbox, addresses: [bert@contoso.test], database: MUC-MBX1/SG1/DB1 }
            """;

    private static final String EVENT =
            "time event source server site messageId internalId sender recipients nextHop hop bytes status reason";
    private static final String QUEUE = "identity number deliveryType status messageCount highPriority lowPriority"
            + " nextHopDomain lastError lastRetryTime nextRetryTime retryCount reason";
    private static final String MESSAGE = "identity status from recipients recipientCount size priority submitted age"
            + " messageId transportId source queue lastError nextRetryTime";
    private static final String SERVER =
            "name roles site state accepts messages inMemory sending incoming outgoing address reason";

    @TempDir
    Path folder;

    /** What a command line came to. */
    private record Result(int exitCode, String out, String err) {
        Object json() {
            return new Load(LoadSettings.builder().build()).loadFromString(out);
        }
    }

    private static Result execute(String line, String... more) {
        List<String> words = new ArrayList<>(Arrays.asList(line.trim().split("\\s+")));
        words.addAll(List.of(more));
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = Main.execute(new PrintWriter(out), new PrintWriter(err), words.toArray(new String[0]));
        return new Result(exitCode, out.toString(), err.toString());
    }

    /** Fields by name; {@code groups.retained} is a field of each of the groups. */
    private static void hasFields(String line, Object json, String fields) {
        for (String field : fields.split("\\s+")) {
            hasField(line, json, field);
        }
    }

    private static void hasField(String line, Object value, String path) {
        if (value instanceof List<?> items) {
            assertThat(items).as("%s: nothing in which %s could be", line, path).isNotEmpty();
            items.forEach(item -> hasField(line, item, path));
            return;
        }
        int dot = path.indexOf('.');
        String name = dot < 0 ? path : path.substring(0, dot);
        assertThat(value).as(line + ": " + path).isInstanceOf(Map.class);
        Map<?, ?> object = (Map<?, ?>) value;
        assertThat(object.containsKey(name))
                .as("%s has %s: %s", line, name, object.keySet())
                .isTrue();
        if (dot >= 0) {
            hasField(line, object.get(name), path.substring(dot + 1));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "demo | -o",
                "route | --from --to --size --down -o --output --no-color -v -q -h --version",
                "routes | --from --down",
                "whatif | --down --set --against",
                "sweep | -n --of --top",
                "trace | --from --to --size --message --down",
                "load | --traffic --down",
                "dumpster-plan | --rate --avg-size",
                "draw | -f -O --down --from --to",
                "import | -O",
                "export | -O",
                "simulate | --seeds --hours --faults",
                "generate | --sites --degree --seed --hubs",
                "run | --server --peers --data --memory --admin --token-file --ready-file --allow-outbound",
                "queue list | --server --queue --limit --admin --token-file",
                "queue show | --admin --token-file",
                "queue retry | --admin --token-file",
                "queue suspend | --admin --token-file",
                "queue resume | --admin --token-file",
                "queue drain | --admin --token-file",
                "message list | --server --queue --message-id --priority --limit --admin --token-file",
                "message show | --admin --token-file",
                "message export | -O --admin --token-file",
                "message suspend | --admin --token-file",
                "message resume | --admin --token-file",
                "message remove | --no-report --admin --token-file",
                "dumpster list | --server --items --limit --admin --token-file",
                "dumpster set | --max-size --max-time --admin --token-file",
                "dumpster redeliver | --storage-group --from --to --dry-run --admin --token-file",
                "server list | --admin --token-file",
                "server kill | --admin --token-file",
                "server start | --admin --token-file",
                "server drain | --admin --token-file",
                "node list | --admin --token-file",
                "node fail | --lose --admin --token-file",
                "node start | --admin --token-file",
                "node failover | --admin --token-file",
                "link list | --admin --token-file",
                "link cut | --admin --token-file",
                "link mend | --admin --token-file",
                "cluster status | --admin --token-file",
                "cluster handoff | --to --admin --token-file",
                "cluster evict | --admin --token-file",
                "cluster reseed | --admin --token-file",
                "cluster remove | --admin --token-file",
                "cluster log | --admin --token-file",
                "database list | --admin --token-file",
                "database dismount | --admin --token-file",
                "database mount | --force --admin --token-file",
                "track | --admin --token-file --log",
                "status | --admin --token-file",
                "send | --from --to --file --follow --admin --token-file",
                "reload | --admin --token-file",
                "events | --admin --token-file",
                "coverage | --hub-site",
                "suggest | --from --to --via",
                "exits | -o",
                "expand | -o",
                "check | -o",
                "verify | -o",
                "dcs | -o",
                "schema | -o",
                "completion | -h",
            })
    void verbsHaveTheirFlags(String verb, String flags) {
        CommandLine line = Main.line();
        for (String word : verb.split(" ")) {
            line = line.getSubcommands().get(word);
            assertThat(line).as(verb).isNotNull();
        }
        Set<String> names = new LinkedHashSet<>();
        for (OptionSpec option : line.getCommandSpec().options()) {
            names.addAll(List.of(option.names()));
        }
        assertThat(names).as(verb).contains(flags.split(" "));
        assertThat(execute(verb, "-h").exitCode).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 | route T --from Berlin --to Rome | from to reachable sites hops cost links stops decidedBy"
                        + " alternatives.sites alternatives.hops alternatives.cost alternatives.lostBy reason",
                "0 | route T --from Rome --to x@fabrikam.test | from to sites connector.name connector.decidedBy"
                        + " connector.alternatives",
                "0 | routes T --from Berlin | from to sites hops cost nextSite decidedBy",
                "1 | whatif T --down link:Madrid-Lisbon | pairs changed.from changed.to changed.before changed.after"
                        + " changed.heldAt unreachable.from unreachable.to connectors clusters",
                "0 | sweep T -n 1 --top 1 | contingencies results.down results.unreachablePairs results.changedPairs"
                        + " results.extraHops results.offlineClusters",
                "0 | expand T everyone@contoso.test | address recipients duplicates loops refused",
                "0 | load T --traffic examples/traffic/contoso.csv | links hubs bytes bytesWithoutFanOut",
                "0 | check T | id severity where message hint",
                "1 | dumpster-plan T --rate 1000/h --avg-size 50KB | groups.storageGroup groups.retained groups.atRisk"
                        + " diskPerHub",
                "0 | simulate topologies/minimal.yaml --seeds 1..1 --hours 1 | seeds hops violations",
            })
    void answersHaveTheirFields(int exitCode, String line, String fields) {
        String command = line.replace(" T", " " + CONTOSO);
        Result result = execute(command, "-o", "json");
        assertThat(result.exitCode).as(line + result.err).isEqualTo(exitCode);
        hasFields(line, result.json(), fields);
        Result table = execute(command, "-q");
        assertThat(table.exitCode).as(line).isEqualTo(exitCode);
        assertThat(table.out).as(line).isNotBlank().doesNotContain("{\"");
    }

    @Test
    void aPredictedTraceIsALineOfJsonPerEvent() {
        Result result = execute("trace " + CONTOSO + " --from anna@contoso.test --to mia@contoso.test -o json");
        assertThat(result.exitCode).isZero();
        assertThat(result.out.lines())
                .hasSizeGreaterThan(4)
                .allSatisfy(text -> hasFields("trace", lineOf(text), EVENT));
    }

    private static Object lineOf(String text) {
        return new Load(LoadSettings.builder().build()).loadFromString(text);
    }

    /** A step of the session with a live engine: what is typed, what it comes to, what its JSON has. */
    private record Step(int exitCode, String line, String fields) {}

    private static final List<Step> SESSION = Stream.of(
                    "0 | send --from bert@contoso.test --to anna@contoso.test | messageId server accepted"
                            + " recipients.recipient recipients.accepted recipients.reply",
                    "0 | dumpster list | hub storageGroup items size oldest newest inserts deletes",
                    "0 | dumpster list --items | hub storageGroup messageId from recipients size delivered",
                    "0 | dumpster redeliver --storage-group BER-MBX1/SG1 --from -2h --to now --dry-run | storageGroup"
                            + " from to",
                    "0 | dumpster redeliver --storage-group BER-MBX1/SG1 --from -2h --to now | done storageGroup"
                            + " from to requests.hub",
                    "0 | dumpster set --max-size 20MB | done maxSizePerStorageGroup maxTime off",
                    "0 | status | organization time uptime pid version messages queues down spool.healthy"
                            + " outboxes.server outboxes.waiting troubles servers.name",
                    "0 | link cut Berlin-Munich | done link down",
                    "0 | link list | name sites cost state",
                    "0 | send --from anna@contoso.test --to bert@contoso.test --file LETTER | messageId",
                    "0 | queue list | " + QUEUE,
                    "0 | queue list --server BER-HT1 --queue Munich --limit 1 | " + QUEUE,
                    "0 | queue show Munich | " + QUEUE,
                    "0 | queue retry Munich | done queues",
                    "0 | queue suspend Munich | done queues",
                    "0 | queue resume Munich | done queues",
                    "0 | message list | " + MESSAGE,
                    "0 | message list --queue Munich --message-id <audit@x.test> --priority high | " + MESSAGE,
                    "0 | message suspend MESSAGE | done message left.identity left.status",
                    "0 | message show MESSAGE | " + MESSAGE,
                    "0 | message resume MESSAGE | done message left",
                    "0 | queue drain Munich | done queues",
                    "0 | message export MESSAGE -O SAVED | ",
                    "0 | track <audit@x.test> | " + EVENT,
                    "0 | message remove MESSAGE --no-report | done message left",
                    "0 | link mend Berlin-Munich | done link down",
                    "0 | server list | " + SERVER,
                    "0 | server kill MUC-HT1 | done server running",
                    "1 | status | servers.state",
                    "0 | server start MUC-HT1 | done server running",
                    "0 | server drain BER-HT2 | done server running",
                    "0 | node list | name server replication embedded state votes votesNeeded epoch address reason"
                            + " groups",
                    "0 | node fail BER-MBX1A | done node server active mounted",
                    "0 | node start BER-MBX1A | done node server active mounted",
                    "0 | node failover BER-MBX1 | done node server active mounted",
                    "0 | node start BER-MBX1B | done node server active mounted",
                    "0 | cluster status | server site replication active votes votesNeeded nodes.name",
                    "0 | cluster log BER-MBX1 | time server eventId node words",
                    "0 | events | time id source server words",
                    "0 | database list | identity server group database mounted reason",
                    "0 | database dismount MUC-MBX1/SG1/DB1 | done database",
                    "0 | database mount MUC-MBX1/SG1/DB1 | done database losses",
                    "0 | reload | done file warnings afterRestart")
            .map(row -> row.split("\\|", -1))
            .map(row -> new Step(Integer.parseInt(row[0].trim()), row[1].trim(), row[2].trim()))
            .toList();

    @Test
    void aLiveEngineAnswersEachVerbWithItsFields() throws Exception {
        try (Live live = new Live(folder)) {
            for (Step step : SESSION) {
                String line = live.filledIn(step.line);
                Result result = live.run(line, "-o", "json");
                assertThat(result.exitCode).as("%s: %s", line, result.err).isEqualTo(step.exitCode);
                assertThat(result.err).as(line).isEmpty();
                if (line.startsWith("track")) {
                    assertThat(result.out.lines())
                            .isNotEmpty()
                            .allSatisfy(text -> hasFields(line, lineOf(text), EVENT));
                } else if (!step.fields.isEmpty()) {
                    hasFields(line, result.json(), step.fields);
                }
                if (line.contains(" list") || line.startsWith("status") || line.contains(" show")) {
                    readable(live, line, step.exitCode);
                }
                live.organization.clock().runUntilIdle();
            }
            assertThat(live.saved).content().contains("Message-ID: <audit@x.test>");
        }
    }

    /** The same for people and spreadsheets: what people read holds no JSON. */
    private static void readable(Live live, String line, int exitCode) {
        for (String format : List.of("table", "yaml", "csv")) {
            Result result = live.run(line, "-o", format);
            assertThat(result.exitCode).as(line + " -o " + format).isEqualTo(exitCode);
            assertThat(result.out).as(line + " -o " + format).isNotBlank();
            if (format.equals("table")) {
                assertThat(result.out).as(line).doesNotContain("{\"").doesNotContain("[{");
            }
        }
    }

    @Test
    void theSessionLeavesNoOperatingVerbOut() {
        Set<String> spoken = new LinkedHashSet<>();
        SESSION.forEach(step ->
                spoken.add(step.line.replaceAll("^(\\S+ ?[a-z]*).*", "$1").trim()));
        for (String kind : List.of("queue", "message", "server", "link", "node", "dumpster", "database")) {
            Main.line().getSubcommands().get(kind).getSubcommands().keySet().stream()
                    .filter(verb -> !verb.equals("help"))
                    .forEach(verb -> assertThat(spoken).contains(kind + " " + verb));
        }
        assertThat(spoken).anyMatch(line -> line.startsWith("track")).contains("status", "reload", "events");
    }

    @Test
    void whatIsWrongIsSaidInOneLineAndLeavesFilesAlone() throws Exception {
        Path kept = folder.resolve("kept.eml");
        Files.writeString(kept, "kept");
        String nowhere = folder.resolve("nowhere") + "/x.eml";
        try (Live live = new Live(folder)) {
            live.run("link cut Berlin-Munich");
            live.run(live.filledIn("send --from anna@contoso.test --to bert@contoso.test --file LETTER"));
            live.organization.clock().runUntilIdle();
            String message = live.filledIn("MESSAGE");
            refused(live, "message list --limit 0", 2, "limit=0 (write a number from 1 to 100000)");
            refused(live, "queue list --limit 0", 2, "limit=0 (write a number from 1 to");
            refused(live, "dumpster list --limit 0", 2, "limit=0 (write a number from 1 to");
            refused(live, "message list --priority urgent", 2, "no priority: urgent (high, normal or low)");
            refused(live, "message list --queue NOPE", 2, "no queue NOPE (");
            refused(live, "message show BER", 2, "no identity of a message: BER (SERVER\\QUEUE\\NUMBER");
            refused(live, "message suspend BER-HT1\\*\\77", 2, "no message 77 in BER-HT1\\* (");
            refused(live, "message export BER-HT1\\*\\77 -O " + kept, 2, "no message 77 in BER-HT1\\* (");
            refused(live, "message export " + message + " -O " + nowhere, 3, "there is no folder " + folder);
            refused(live, "message export " + message + " -O " + folder, 3, "it is a folder");
            refused(live, "queue show BER-HT1\\NOPE", 2, "no queue BER-HT1\\NOPE");
            refused(live, "queue list --server BER-MBX1", 2, "BER-MBX1 is a mailbox server: it has no queues");
            refused(live, "server kill NOPE", 2, "no server NOPE runs here (there are BER-HT1,");
            refused(live, "server start BER-HT1", 1, "BER-HT1 runs already");
            refused(live, "link cut NOPE", 2, "no site link NOPE in the topology (there are Berlin-Munich)");
            refused(live, "node fail NOPE", 2, "no mailbox node NOPE runs here (there are");
            refused(live, "track nope@x.test", 1, "nothing is known of a message nope@x.test");
            refused(live, "send --from bad --to bert@contoso.test", 2, "no address: bad (name@domain)");
            refused(live, "send --from a@b.test --to b@b.test --file " + nowhere, 2, "there is no folder");
            refused(live, "queue list -o junit", 2, "write table, json, yaml or csv");
            refused(live, "queue list --token-file " + nowhere, 2, "cannot read the token file");
            assertThat(live.run("track", "").err)
                    .startsWith("bridgehead: track which message?")
                    .hasLineCount(1);
            assertThat(live.run("server kill MUC-HT1").exitCode).isZero();
            assertThat(live.run("queue list --server muc-ht1").out)
                    .isEqualTo("no queue: MUC-HT1 is stopped, what its spool holds shows when it runs\n");
            assertThat(live.run("message list --server MUC-HT1").out).contains("MUC-HT1 is stopped");
            assertThat(live.run("message list --message-id nope").out).isEqualTo("no message waits\n");
            assertThat(live.run("queue list").out).doesNotContain("/127.0.0.1");
        }
        assertThat(kept).hasContent("kept");
    }

    private static void refused(Live live, String line, int exitCode, String words) {
        Result result = live.run(line);
        assertThat(result.err).as(line).contains(words).hasLineCount(1).doesNotContain("Exception", "this is a bug");
        assertThat(result.out).as(line).isEmpty();
        assertThat(result.exitCode).as(line).isEqualTo(exitCode);
    }

    /** An organisation with its admin server, in virtual time. */
    private static final class Live implements AutoCloseable {
        private final MailOrganization organization;
        private final AdminServer server;
        private final Path letter;
        private final Path saved;

        Live(Path folder) throws IOException {
            Path file = folder.resolve("audit.yaml");
            Files.writeString(file, TOPOLOGY);
            letter = folder.resolve("letter.eml");
            Files.writeString(letter, "Message-ID: <audit@x.test>\nImportance: high\n\nhello\n");
            saved = folder.resolve("saved.eml");
            LoadedTopology loaded = new RunCommand().read(file, List.of());
            organization = MailOrganization.start(OrganizationConfig.inMemory(loaded.organization(), folder)
                    .virtualFrom(Instant.parse("2026-03-02T08:00:00Z")));
            server = AdminServer.start(
                    organization,
                    AdminSettings.local(),
                    Optional.of(new TopologyReloader(new RunCommand(), file, organization)));
        }

        /** The line with the files and the message that it means. */
        String filledIn(String line) {
            String ready = line.replace("LETTER", letter.toString()).replace("SAVED", saved.toString());
            if (!ready.contains("MESSAGE")) {
                return ready;
            }
            Object first = ((List<?>) run("message list -o json").json()).get(0);
            return ready.replace("MESSAGE", String.valueOf(((Map<?, ?>) first).get("identity")));
        }

        Result run(String line, String... more) {
            List<String> words = new ArrayList<>(List.of(more));
            words.add("--admin");
            words.add(server.address().toString());
            return execute(line, words.toArray(new String[0]));
        }

        @Override
        public void close() {
            server.close();
            organization.close();
        }
    }
}
