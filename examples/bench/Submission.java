import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.bridgehead.engine.MailOrganization;
import org.bridgehead.engine.OrganizationConfig;
import org.bridgehead.engine.Submitter;
import org.bridgehead.io.config.TopologyFile;

/**
 * How many messages a second enter the engine: directly, and through {@code bridgehead:submit}, over as many connections,
 * in turns, in one process. Each message is delivered to a Camel route that does nothing.
 *
 * <pre>Submission [MESSAGES [CONNECTIONS [ROUNDS]]]</pre>
 */
public final class Submission {
    private static final byte[] LETTER =
            ("From: <anna@contoso.test>\r\nSubject: load\r\n\r\n" + "0123456789012345678901234567890123456789\r\n".repeat(95))
                    .getBytes(StandardCharsets.US_ASCII);
    private static final String FROM = "anna@contoso.test";
    private static final String TO = "4930123@fax.test";

    /** One way in; returns when all messages have been taken. */
    private interface Way {
        void submit(int messages) throws Exception;
    }

    public static void main(String[] args) throws Exception {
        int messages = args.length > 0 ? Integer.parseInt(args[0]) : 20_000;
        int connections = args.length > 1 ? Integer.parseInt(args[1]) : 10;
        int rounds = args.length > 2 ? Integer.parseInt(args[2]) : 5;
        var topology = TopologyFile.load(Path.of("examples/camel-main/src/main/resources/topology.yaml"));
        ExecutorService threads = Executors.newFixedThreadPool(connections);
        try (MailOrganization org =
                        MailOrganization.start(OrganizationConfig.inMemory(topology.organization(), topology.folder()));
                DefaultCamelContext context = new DefaultCamelContext();
                Submitter submitter = org.submitter(connections)) {
            context.getRegistry().bind("org", org);
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("bridgehead:deliver/Fax?organization=#org").process(exchange -> {});
                }
            });
            context.start();
            String uri = "bridgehead:submit?organization=#org&connections=" + connections;
            ProducerTemplate template = context.createProducerTemplate();
            Map<String, Object> envelope = Map.of("CamelBridgeheadFrom", FROM, "CamelBridgeheadTo", TO);
            Map<String, Way> ways = new TreeMap<>();
            ways.put("1 direct", n -> all(threads, n, () -> submitter.send(mail -> mail.from(FROM).to(TO).octets(LETTER))));
            ways.put("2 Camel, a thread a connection", n ->
                    all(threads, n, () -> template.sendBodyAndHeaders(uri, LETTER, envelope)));
            ways.put("3 Camel, asynchronous", n -> {
                List<CompletableFuture<?>> open = new ArrayList<>();
                for (int i = 0; i < n; i++) {
                    open.add(template.asyncRequestBodyAndHeaders(uri, LETTER, envelope));
                }
                open.forEach(CompletableFuture::join);
            });
            measure(org, ways, messages, rounds);
        } finally {
            threads.shutdownNow();
        }
    }

    private static void all(ExecutorService threads, int messages, Runnable one) throws Exception {
        List<Future<?>> open = new ArrayList<>();
        for (int i = 0; i < messages; i++) {
            open.add(threads.submit(one));
        }
        for (Future<?> future : open) {
            future.get();
        }
    }

    private static void measure(MailOrganization org, Map<String, Way> ways, int messages, int rounds) throws Exception {
        Map<String, double[]> rates = new TreeMap<>();
        for (int round = -1; round < rounds; round++) { // the first one warms up
            for (Map.Entry<String, Way> way : ways.entrySet()) {
                long begin = System.nanoTime();
                way.getValue().submit(messages);
                double rate = messages * 1e9 / (System.nanoTime() - begin);
                if (round >= 0) {
                    rates.computeIfAbsent(way.getKey(), name -> new double[rounds])[round] = rate;
                }
                if (!org.await(() -> org.servers().values().stream().allMatch(s -> s.messages() == 0), Duration.ofMinutes(2))) {
                    throw new IllegalStateException("messages are left");
                }
            }
        }
        double direct = median(rates.get("1 direct"));
        rates.forEach((name, all) -> System.out.printf(
                "%-32s %6.0f messages a second, %3.0f %% of direct%n", name.substring(2), median(all), 100 * median(all) / direct));
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
