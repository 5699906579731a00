import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.bridgehead.core.directory.Organization;
import org.bridgehead.engine.MailOrganization;
import org.bridgehead.io.config.TopologyBuilder;

/** How soon an organisation is ready in this JVM, what it holds when it is idle, and that several keep to themselves. */
public final class Start {
    private static final int SITES = 10;
    private static final int AGAIN = 20;
    private static final int SIDE_BY_SIDE = 8;

    private Start() {}

    /** {@code bridgehead} or {@code greenmail} first, so that neither warms the JVM for the other. */
    public static void main(String[] args) throws Exception {
        if (args[0].equals("greenmail")) {
            greenMail();
            return;
        }
        long begin = System.nanoTime();
        long own = own();
        Organization topology = topology();
        line("reading its topology, cold", (System.nanoTime() - begin) / 1e6, (own() - own) / 1e6);
        int servers = topology.topology().servers().size();
        ready("ready, cold", topology);
        ready("ready, the second in the same JVM", topology);
        ready("ready, the third", topology);
        for (int i = 0; i < AGAIN; i++) {
            start(topology);
        }
        ready("ready, after " + AGAIN + " more", topology);
        idle(topology, servers);
        sideBySide(topology);
    }

    /** How long it takes until all doors of an organisation are open. */
    private static void ready(String what, Organization topology) {
        long own = own();
        double took = start(topology);
        line(what, took, (own() - own) / 1e6);
    }

    /** Starts and closes one; milliseconds until it was ready. */
    private static double start(Organization topology) {
        long begin = System.nanoTime();
        try (MailOrganization organization = MailOrganization.start(topology)) {
            double took = (System.nanoTime() - begin) / 1e6;
            if (!organization.servers().values().stream().allMatch(server -> server.isRunning())) {
                throw new IllegalStateException("not all servers run");
            }
            return took;
        }
    }

    /** Processor time of this thread: says more than the clock where the machine is busy with something else. */
    private static long own() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static void idle(Organization topology, int servers) throws Exception {
        long heapBefore = heap();
        int threadsBefore = Thread.activeCount();
        try (MailOrganization organization = MailOrganization.start(topology)) {
            organization.awaitIdle(Duration.ofSeconds(10));
            System.out.printf(
                    Locale.ROOT,
                    "%-52s %d threads for %d servers, %.1f MB of heap, %.1f MB with all classes%n",
                    "idle",
                    Thread.activeCount() - threadsBefore,
                    servers,
                    (heap() - heapBefore) / 1048576.0,
                    heap() / 1048576.0);
        }
    }

    private static long heap() throws InterruptedException {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 3; i++) {
            System.gc();
            least = Math.min(least, Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory());
        }
        return least;
    }

    /** Organisations of one name and topology, begun at the same moment; each gets its own mail and nothing else. */
    private static void sideBySide(Organization topology) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(SIDE_BY_SIDE);
        CyclicBarrier all = new CyclicBarrier(SIDE_BY_SIDE);
        List<Future<Double>> runs = new ArrayList<>();
        long begin = System.nanoTime();
        for (int i = 0; i < SIDE_BY_SIDE; i++) {
            String subject = "letter of organisation " + i;
            runs.add(threads.submit((Callable<Double>) () -> one(topology, subject, all)));
        }
        double slowest = 0;
        for (Future<Double> run : runs) {
            slowest = Math.max(slowest, run.get());
        }
        threads.shutdown();
        line(SIDE_BY_SIDE + " side by side, the slowest of them ready after", slowest);
        line(SIDE_BY_SIDE + " side by side: started, mail over ten sites, closed", (System.nanoTime() - begin) / 1e6);
    }

    private static double one(Organization topology, String subject, CyclicBarrier all) throws Exception {
        all.await();
        long begin = System.nanoTime();
        try (MailOrganization organization = MailOrganization.start(topology)) {
            double took = (System.nanoTime() - begin) / 1e6;
            all.await();
            organization.send(mail -> mail.from("p1@contoso.test").to("p" + SITES + "@contoso.test").subject(subject));
            organization.clock().runUntilIdle();
            var got = organization.mailbox("p" + SITES + "@contoso.test").messages();
            if (got.size() != 1 || !new String(got.get(0).octets()).contains(subject) || got.get(0).servers().size() != SITES) {
                throw new IllegalStateException("another's mail, or none: " + got);
            }
            return took;
        }
    }

    /** A chain of ten sites, each with two hubs and a mailbox server. */
    private static Organization topology() {
        TopologyBuilder builder = TopologyBuilder.of("Ten", "contoso.test");
        for (int i = 1; i <= SITES; i++) {
            String number = "S" + i;
            builder.site(number, site -> site.hubs(number + "-HT1", number + "-HT2").mailboxServer(number + "-MBX1"));
            builder.mailbox("p" + i + "@contoso.test", number + "-MBX1");
            if (i > 1) {
                builder.link("S" + (i - 1), number);
            }
        }
        return builder.build();
    }

    /** One server each of SMTP, IMAP and POP3: all that GreenMail is. */
    private static void greenMail() {
        ServerSetup[] setup = {
            new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP),
            new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_IMAP),
            new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_POP3)
        };
        for (ServerSetup one : setup) {
            one.setServerStartupTimeout(10_000);
        }
        greenMail("GreenMail (1 server), cold", setup);
        greenMail("GreenMail (1 server), the second in the same JVM", setup);
    }

    private static void greenMail(String what, ServerSetup[] setup) {
        long begin = System.nanoTime();
        long own = own();
        GreenMail server = new GreenMail(setup);
        server.start();
        line(what, (System.nanoTime() - begin) / 1e6, (own() - own) / 1e6);
        server.stop();
    }

    private static void line(String what, double millis, double own) {
        System.out.printf(Locale.ROOT, "%-52s %8.1f ms, %.1f ms of it at work%n", what, millis, own);
    }

    private static void line(String what, double millis) {
        System.out.printf(Locale.ROOT, "%-52s %8.1f ms%n", what, millis);
    }
}
