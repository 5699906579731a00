package org.bridgehead.admin;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import org.bridgehead.core.topology.HostPort;
import org.bridgehead.core.topology.Role;
import org.bridgehead.engine.Control;
import org.bridgehead.engine.MailOrganization;
import org.bridgehead.render.JsonText;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves operators over HTTP (DECISIONS 8): {@code GET /v1/KIND}, {@code GET /v1/KIND/NAME}, {@code POST
 * /v1/KIND/NAME/VERB}, {@code GET /metrics} and {@code GET /healthz}. Safe for any thread; to be closed before the
 * organisation is.
 */
public final class AdminServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AdminServer.class);
    private static final int THREADS = 8;
    private static final int WAITING = 64;
    private static final int MOST_BODY = 64 << 20;
    private static final int LONGEST_QUERY = 64 << 10;
    private static final long GRACE_NANOS = 1_000_000_000L;

    static {
        // The server reads these once, when its first instance is made. Answers must not wait for Nagle, and a client
        // that
        // sends or reads too slowly must not keep a thread.
        defaultProperty("sun.net.httpserver.nodelay", "true");
        defaultProperty("sun.net.httpserver.maxReqTime", "60");
        defaultProperty("sun.net.httpserver.maxRspTime", "300");
        defaultProperty("sun.net.httpserver.maxReqHeaders", "100");
    }

    private final HttpServer http;
    private final ExecutorService workers;
    private final Gate gate;
    private final Control control;
    private final int mostBody;
    private final Map<String, Resource> kinds = new LinkedHashMap<>();
    private final Optional<MetricsPage> metrics;
    private final Optional<MessageSpans> spans;
    /** Requests in progress. */
    private int active;

    private static void defaultProperty(String name, String value) {
        if (System.getProperty(name) == null) {
            System.setProperty(name, value);
        }
    }

    private AdminServer(
            HttpServer http, MailOrganization organization, AdminSettings settings, Optional<Reloader> reloader) {
        this.http = http;
        this.control = organization.control();
        this.gate = new Gate(settings);
        this.mostBody = (int)
                Math.min(MOST_BODY, organization.topology().settings().limits().maxMessageSize());
        Identities identities = new Identities(organization, control);
        kinds.put("queues", new QueueResource(control, identities));
        kinds.put("messages", new MessageResource(control, identities));
        kinds.put("dumpsters", new DumpsterResource(control, identities));
        kinds.put("servers", new ServerResource(organization, control, identities));
        kinds.put("nodes", new NodeResource(organization, control));
        kinds.put("clusters", new ClusterResource(organization, control));
        kinds.put("databases", new DatabaseResource(organization, control));
        kinds.put("events", new EventResource(organization, control));
        kinds.put("links", new LinkResource(organization));
        kinds.put("sites", new SiteResource(organization));
        kinds.put("status", new StatusResource(organization, control, reloader));
        kinds.put("tracking", new TrackingResource(organization, control));
        kinds.put("clock", new ClockResource(organization));
        if (organization.isInMemory()) {
            kinds.put("mailboxes", new InboxResource(organization));
            kinds.put("sessions", new SessionResource(organization, identities));
        }
        this.metrics = MetricsPage.of(organization);
        this.spans = MessageSpans.of(organization);
        this.workers = control.workers("admin", THREADS, WAITING);
    }

    /**
     * Starts a server over a running organisation.
     *
     * @param reloader reads the organisation's file again; empty = there is no file
     * @throws IOException when the address cannot be had
     */
    public static AdminServer start(MailOrganization organization, AdminSettings settings, Optional<Reloader> reloader)
            throws IOException {
        HostPort bind = settings.bind();
        HttpServer http;
        try {
            http = HttpServer.create(new InetSocketAddress(InetAddress.getByName(bind.host()), bind.port()), 0);
        } catch (IOException e) {
            throw new IOException("the admin server cannot listen at " + bind + ": " + e.getMessage(), e);
        }
        AdminServer server = new AdminServer(http, organization, settings, reloader);
        http.createContext("/", server::handle);
        http.setExecutor(server.workers);
        http.start();
        return server;
    }

    /** Where it listens. */
    public HostPort address() {
        InetSocketAddress at = http.getAddress();
        return new HostPort(at.getAddress().getHostAddress(), at.getPort());
    }

    private void handle(HttpExchange exchange) throws IOException {
        begin();
        try (exchange) {
            Answer answer;
            try {
                answer = answer(exchange);
            } catch (Problem e) {
                answer = error(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                answer = error(Problem.unavailable("the server ends", ""));
            } catch (IllegalStateException | IOException e) {
                LOG.warn("{} {}: {}", exchange.getRequestMethod(), exchange.getRequestURI(), e.toString());
                answer = error(Problem.unavailable(String.valueOf(e.getMessage()), "see the log of the engine"));
            } catch (RuntimeException e) {
                LOG.error("{} {}: this is a bug", exchange.getRequestMethod(), exchange.getRequestURI(), e);
                answer = error(new Problem(500, "this is a bug: " + e, "report it with the log of the engine"));
            }
            write(exchange, answer);
        } finally {
            end();
        }
    }

    private static void write(HttpExchange exchange, Answer answer) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", answer.type());
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
        if (answer.status() == 401) {
            exchange.getResponseHeaders().set("WWW-Authenticate", "Bearer");
        }
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.sendResponseHeaders(answer.status(), -1);
            return;
        }
        exchange.sendResponseHeaders(answer.status(), answer.length() == 0 ? -1 : answer.length());
        try (OutputStream out = exchange.getResponseBody()) {
            answer.content().to(out);
        }
    }

    private static Answer error(Problem problem) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("error", problem.error());
        fields.put("hint", problem.hint());
        return Answer.text(problem.status(), Answer.JSON, JsonText.line(fields) + "\n");
    }

    private Answer answer(HttpExchange exchange) throws IOException, InterruptedException {
        String path = Optional.ofNullable(exchange.getRequestURI().getRawPath()).orElse("/");
        String query =
                Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse("");
        boolean health = path.equals("/healthz");
        gate.check(exchange.getRequestHeaders(), health);
        if (path.length() + query.length() > LONGEST_QUERY) {
            throw new Problem(414, "too long", "");
        }
        Call call = Call.of(exchange.getRequestMethod(), path, query, exchange.getRequestBody(), mostBody);
        if (health) {
            requireGet(call);
            return health();
        }
        if (path.equals("/metrics")) {
            requireGet(call);
            return metrics.orElseThrow(() -> new Problem(
                            501,
                            "metrics need a library that is missing",
                            "put io.micrometer:micrometer-registry-prometheus beside the program"))
                    .answer();
        }
        return kind(call);
    }

    /** Good as long as every server that runs is answered for by its own thread, and the spool takes mail. */
    private Answer health() {
        control.queues(Optional.empty());
        if (!control.spool().healthy()) {
            throw Problem.unavailable(
                    "the spool refuses: " + control.spool().failure().orElse(""), "look at the disk");
        }
        // A domain controller that rests is no fault of this process: another one is asked, or mail waits.
        control.servers().stream()
                .filter(server -> !server.roles().equals(List.of(Role.DOMAIN_CONTROLLER)))
                .forEach(server -> server.trouble().ifPresent(why -> {
                    throw Problem.unavailable(server.name() + ": " + why, "bridgehead server start " + server.name());
                }));
        return Answer.text(200, "text/plain; charset=utf-8", "ok\n");
    }

    private static void requireGet(Call call) {
        if (!call.method().equals("GET") && !call.method().equals("HEAD")) {
            throw new Problem(405, call.method() + " is not for this", "use GET");
        }
    }

    private Answer kind(Call call) throws IOException, InterruptedException {
        List<String> path = call.path();
        if (path.size() < 2 || !path.get(0).equals("v1")) {
            throw Problem.notFound("nothing is here", "GET /v1/KIND, /metrics or /healthz; kinds: " + kindNames());
        }
        Resource kind = Optional.ofNullable(kinds.get(path.get(1)))
                .orElseThrow(() -> Problem.notFound(
                        "no kind " + path.get(1) + Nearest.after(path.get(1), kinds.keySet()),
                        "there are " + kindNames()));
        if (!call.isPost()) {
            requireGet(call);
            return path.size() == 2
                    ? Answer.json(kind.list(call))
                    : kind.show(String.join("\\", path.subList(2, path.size())), call);
        }
        if (path.size() < 4) {
            throw new Problem(405, "POST needs a name and a verb", "POST /v1/" + path.get(1) + "/NAME/VERB");
        }
        String name = String.join("\\", path.subList(2, path.size() - 1));
        return Answer.json(kind.tell(name, path.get(path.size() - 1), call));
    }

    private String kindNames() {
        return String.join(", ", kinds.keySet());
    }

    private synchronized void begin() {
        active++;
    }

    private synchronized void end() {
        active--;
        notifyAll();
    }

    private synchronized void awaitEnd() throws InterruptedException {
        long end = System.nanoTime() + GRACE_NANOS;
        while (active > 0 && System.nanoTime() < end) {
            wait(Math.max(1, (end - System.nanoTime()) / 1_000_000));
        }
    }

    /** Gives requests in progress a second, then ends them and its threads. */
    @Override
    public void close() {
        try {
            awaitEnd();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        metrics.ifPresent(MetricsPage::close);
        spans.ifPresent(MessageSpans::close);
        http.stop(0); // its own patience is always used up, whether or not there is anything to wait for
        workers.shutdownNow();
    }
}
