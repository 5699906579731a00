package org.bridgehead.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.bridgehead.admin.AdminServer;
import org.bridgehead.admin.AdminSettings;
import org.bridgehead.core.directory.DirectoryEntry;
import org.bridgehead.core.topology.HostPort;
import org.bridgehead.core.topology.MailboxNode;
import org.bridgehead.core.topology.Names;
import org.bridgehead.core.topology.Role;
import org.bridgehead.core.topology.Server;
import org.bridgehead.core.topology.Topology;
import org.bridgehead.engine.Hangup;
import org.bridgehead.engine.MailOrganization;
import org.bridgehead.engine.OrganizationConfig;
import org.bridgehead.engine.OrganizationStartException;
import org.bridgehead.engine.Residue;
import org.bridgehead.engine.Termination;
import org.bridgehead.io.config.LoadedTopology;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The live engine. */
@Command(
        name = "run",
        header = {
            "Runs the organisation: hubs, edges and embedded mailbox servers on loopback.",
            "",
            "Examples:",
            "  bridgehead run topologies/minimal.yaml --memory              mail dies with the process; no login to"
                    + " send",
            "  bridgehead run topologies/contoso.yaml --data /var/mail/bh   what was accepted survives a power cut",
            "  bridgehead run T.yaml --server BER-HT1 --data d1 --peers p   one process of several that share --peers",
            "  bridgehead run T.yaml --memory --ready-file r.json           r.json: where everything listens, once it"
                    + " does",
            "  bridgehead run T.yaml --admin 127.0.0.1:8025                 then: bridgehead status --admin"
                    + " 127.0.0.1:8025",
            ""
        },
        footer = {
            "",
            "SIGTERM and SIGINT: no new mail, transactions in progress end (10 s at most), the rest waits in the data",
            "folder; with --memory it is listed, and the exit code is 1. SIGHUP, where there is no terminal: the topology",
            "file is read again, as by bridgehead reload; a bad one changes nothing."
        },
        synopsisHeading = "Usage: ",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:ended as asked to",
            "1:ended with mail unsent and nowhere to keep it",
            "2:bad usage or topology",
            "3:a port, a folder or a file cannot be had"
        })
final class RunCommand extends Verb {
    private static final Path DEFAULT_DATA = Path.of("bridgehead-data");

    @Parameters(paramLabel = "TOPOLOGY", description = "topology file")
    Path topology;

    @Option(
            names = "--server",
            paramLabel = "NAME",
            description = "run this server only; repeatable; default: all of them")
    List<String> servers = new ArrayList<>();

    @Option(
            names = "--peers",
            paramLabel = "DIR",
            description = "folder in which processes that run other servers find each other")
    @Nullable
    Path peers;

    @ArgGroup(exclusive = true)
    Keep keep = new Keep();

    /** Where mail is kept. */
    static final class Keep {
        @Option(
                names = "--data",
                paramLabel = "DIR",
                description = "folder for spool, mailboxes and logs; default: ./bridgehead-data")
        @Nullable
        Path data;

        @Option(names = "--memory", description = "keep everything in memory; who connects to a hub is trusted")
        boolean memory;
    }

    @Option(
            names = "--ready-file",
            paramLabel = "FILE",
            description = "JSON: where everything listens; written once it does")
    @Nullable
    Path readyFile;

    @Option(
            names = "--virtual-time",
            paramLabel = "FROM",
            arity = "0..1",
            fallbackValue = "2026-01-05T08:00:00Z",
            description = "time stands still until a test moves it (POST /v1/clock/time/advance?by=5m); with --memory and"
                    + " --admin; default FROM: ${FALLBACK-VALUE}")
    @Nullable
    Instant virtualTime;

    @Option(
            names = "--allow-outbound",
            description = "connect to hosts outside this machine; default: a built-in Internet takes that mail")
    boolean allowOutbound;

    @Mixin
    AdminSwitch adminSwitch = new AdminSwitch();

    @Override
    public Integer call() throws IOException, InterruptedException {
        Optional<AdminSettings> operators = adminSwitch.settings();
        if (virtualTime != null && (!keep.memory || operators.isEmpty() || peers != null)) {
            throw Failure.usage("--virtual-time needs --memory, --admin to move it by, and one process for all servers");
        }
        LoadedTopology loaded = load(topology);
        check(loaded.organization().topology());
        try (Termination termination = Termination.listen()) {
            int exitCode = run(config(loaded), operators, termination);
            termination.end(exitCode);
            return exitCode;
        }
    }

    private OrganizationConfig config(LoadedTopology loaded) {
        OrganizationConfig config = OrganizationConfig.inMemory(loaded.organization(), loaded.folder())
                .only(servers)
                .outbound(allowOutbound);
        if (virtualTime != null) {
            config = config.virtualFrom(virtualTime);
        }
        if (!keep.memory) {
            config = config.durable(keep.data == null ? DEFAULT_DATA : keep.data);
        }
        return peers == null ? config : config.withPeers(peers);
    }

    private int run(OrganizationConfig config, Optional<AdminSettings> operators, Termination termination)
            throws IOException, InterruptedException {
        MailOrganization organization = start(config);
        try {
            TopologyReloader reloader = new TopologyReloader(this, topology, organization);
            try (Operation operation = new Operation(organization, operators, reloader)) {
                Map<String, @Nullable Object> ready = ready(organization, operation.address());
                if (readyFile != null) {
                    write(readyFile, Structured.json(ready) + "\n");
                }
                announce(organization, ready);
                termination.await();
            }
            return end(organization.drain());
        } finally {
            organization.close();
        }
    }

    /** What operators reach it by while it runs: HTTP, if that was asked for, and SIGHUP where no terminal sends it. */
    private final class Operation implements AutoCloseable {
        private final Optional<AdminServer> admin;
        private final Optional<Hangup> hangup;

        Operation(MailOrganization organization, Optional<AdminSettings> settings, TopologyReloader reloader) {
            admin = settings.map(its -> AdminSwitch.start(organization, its, reloader));
            hangup = Terminal.isStandardOutput()
                    ? Optional.empty()
                    : Optional.of(Hangup.listen(() -> {
                        err().println("bridgehead: " + reloader.reloadAndTell());
                        err().flush();
                    }));
        }

        Optional<HostPort> address() {
            return admin.map(AdminServer::address);
        }

        @Override
        public void close() {
            hangup.ifPresent(Hangup::close);
            admin.ifPresent(AdminServer::close);
        }
    }

    private static MailOrganization start(OrganizationConfig config) {
        try {
            return MailOrganization.start(config);
        } catch (OrganizationStartException e) {
            throw Failure.environment(String.valueOf(e.getMessage()), e);
        }
    }

    /** Names that exist, and peers that can be found. */
    private void check(Topology whole) {
        for (String name : servers) {
            if (whole.server(name).isEmpty()) {
                throw Failure.usage("no server named \"" + name + "\""
                        + Suggestion.after(name, whole.servers().keySet()));
            }
        }
        if (servers.isEmpty() || peers != null) {
            return;
        }
        whole.servers().values().stream()
                .filter(server -> servers.stream().noneMatch(name -> Names.same(name, server.name())))
                .filter(RunCommand::hasNoFixedAddress)
                .findFirst()
                .ifPresent(server -> {
                    throw Failure.usage("--server needs --peers DIR, the same for all processes: nobody knows where "
                            + server.name() + " will listen");
                });
        if (whole.settings().secretFile().isEmpty()) {
            throw Failure.usage("--server without --peers DIR needs organization.secretFile in the topology: servers"
                    + " know each other by it");
        }
    }

    private static boolean hasNoFixedAddress(Server server) {
        boolean transport = server.is(Role.HUB_TRANSPORT) || server.is(Role.EDGE_TRANSPORT);
        boolean embedded =
                server.mailbox().stream().anyMatch(role -> role.nodes().stream().anyMatch(MailboxNode::isEmbedded));
        return transport && server.smtp().port() == 0 || embedded;
    }

    /** What the ready file says (CONTRACT 3, DECISIONS 8). */
    private static Map<String, @Nullable Object> ready(MailOrganization organization, Optional<HostPort> admin)
            throws IOException {
        Map<String, @Nullable Object> ready = new LinkedHashMap<>();
        ready.put("admin", admin.map(HostPort::toString).orElse(null));
        ready.put("pid", ProcessHandle.current().pid());
        Map<String, @Nullable Object> all = new LinkedHashMap<>();
        organization.endpoints().forEach((name, protocols) -> all.put(name, texts(protocols)));
        ready.put("servers", all);
        ready.put("receiveConnectors", texts(organization.receiveConnectors()));
        ready.put("internet", texts(organization.internetEndpoints()));
        return ready;
    }

    private static Map<String, String> texts(SortedMap<String, HostPort> addresses) {
        Map<String, String> texts = new LinkedHashMap<>();
        addresses.forEach((name, at) -> texts.put(name, at.toString()));
        return texts;
    }

    /** Whoever waits for the file sees all of it or nothing. */
    private static void write(Path file, String text) throws IOException {
        Path folder = Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(file);
        Path fresh = Files.createTempFile(folder, "ready", ".tmp");
        Files.writeString(fresh, text);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private void announce(MailOrganization organization, Map<String, @Nullable Object> ready) throws IOException {
        Output output = output();
        if (!output.isTable()) {
            output.record(ready);
            return;
        }
        try (Rows rows = output.rows("server", "smtp", "lmtp", "imap", "pop3")) {
            organization.endpoints().forEach((name, at) -> row(rows, name, at));
            row(rows, "(Internet)", organization.internetEndpoints());
        }
        organization.receiveConnectors().forEach((name, at) -> output.text().println("connector " + name + ": " + at));
        Optional.ofNullable(ready.get("admin"))
                .ifPresent(at ->
                        output.text().println("operators: http://" + at + "  (bridgehead status --admin " + at + ")"));
        login(organization).ifPresent(output.text()::println);
        output.text().println("Ready. End with Ctrl-C.");
        output.text().flush();
    }

    private static void row(Rows rows, String name, Map<String, HostPort> at) {
        rows.row(name, at.get("smtp"), at.get("lmtp"), at.get("imap"), at.get("pop3"));
    }

    /** Somebody whose mailbox is here. */
    private static Optional<String> login(MailOrganization organization) {
        List<String> here = organization.mailboxServers();
        return organization.organization().directory().recipients().stream()
                .filter(recipient -> recipient.entry() instanceof DirectoryEntry.Mailbox mailbox
                        && here.stream()
                                .anyMatch(name ->
                                        Names.same(name, mailbox.database().server())))
                .findFirst()
                .map(recipient -> "login to try (IMAP, POP3, sending): "
                        + recipient.entry().addresses().get(0) + ", password "
                        + recipient
                                .password()
                                .orElse(recipient.entry().addresses().get(0).toString()));
    }

    private int end(Residue left) {
        left.bugs().forEach(bug -> err().println("bridgehead: this is a bug: " + bug));
        if (keep.memory || !options().quiet) {
            left.unsettledMail().forEach(line -> err().println((keep.memory ? "unsent and lost: " : "waits: ") + line));
        }
        err().flush();
        spec.commandLine().getOut().flush();
        if (!left.bugs().isEmpty()) {
            return ExitCode.BUG;
        }
        return keep.memory && !left.unsettledMail().isEmpty() ? ExitCode.BAD_ANSWER : ExitCode.OK;
    }
}
