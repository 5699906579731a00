package org.bridgehead.camel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.bridgehead.engine.MailOrganization;

/**
 * A Camel context in a JVM of its own that may be killed: submits messages and delivers them to a route that fails every
 * tenth time. What happened stands in files, a line for each message, written before anybody relies on it.
 *
 * <pre>FOLDER MESSAGES    submits so many and ends when all are delivered; 0 = delivers what is there</pre>
 */
final class FaxProcess {
    static final String TOPOLOGY = """
        bridgehead: 1
        organization:
          name: Fax
          acceptedDomains: { contoso.test: authoritative }
          retry: { messageInterval: 1s }
        sites: { Berlin: {} }
        servers:
          BER-HT1: { site: Berlin, roles: [hubTransport] }
          BER-MBX1: { site: Berlin, roles: [mailbox] }
        connectors:
          Fax: { addressSpaces: ["SMTP:fax.test;1"], sourceServers: [BER-HT1], camel: "bridgehead:deliver/Fax" }
        directory:
          recipients:
            anna: { type: mailbox, addresses: [anna@contoso.test], database: BER-MBX1/SG1/DB1 }
        """;

    /** A line: number of the message, {@code true} when it was marked as redelivered. */
    static final String FINISHED = "finished";
    /** A line: number of a message that the engine had taken. */
    static final String ACCEPTED = "accepted";

    private static final int WINDOW = 100;

    private final Path folder;
    private final AtomicInteger attempts = new AtomicInteger();

    private FaxProcess(Path folder) {
        this.folder = folder;
    }

    public static void main(String[] args) throws Exception {
        new FaxProcess(Path.of(args[0])).run(Integer.parseInt(args[1]));
        System.exit(0);
    }

    static Process start(Path folder, int messages) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(FaxProcess.class.getName(), folder.toString(), String.valueOf(messages)));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("out-" + messages).toFile())
                .start();
    }

    private void run(int messages) throws Exception {
        Path topology = folder.resolve("fax.yaml");
        Files.writeString(topology, TOPOLOGY);
        String where = "topology=" + topology + "&data=" + folder.resolve("data");
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    errorHandler(noErrorHandler());
                    from("bridgehead:deliver/Fax?" + where).process(FaxProcess.this::everyTenthFails);
                }
            });
            context.start();
            submit(context.createProducerTemplate(), "bridgehead:submit?connections=4&" + where, messages);
            MailOrganization organization = OrganizationPool.of(context)
                    .acquire(topology.toString(), null)
                    .organization();
            // What was recovered comes to the hub little by little: an empty hub alone says nothing.
            organization.await(
                    () -> organization.server("BER-HT1").messages() == 0 && isAllFinished(), Duration.ofMinutes(4));
        }
    }

    private boolean isAllFinished() {
        try {
            Path accepted = folder.resolve(ACCEPTED);
            Path finished = folder.resolve(FINISHED);
            if (!Files.exists(accepted) || !Files.exists(finished)) {
                return false;
            }
            Set<String> numbers = new TreeSet<>(Files.readAllLines(accepted));
            Files.readAllLines(finished).forEach(line -> numbers.remove(line.split(" ")[0]));
            return numbers.isEmpty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void submit(ProducerTemplate template, String uri, int messages) {
        List<CompletableFuture<?>> open = new ArrayList<>();
        for (int i = 0; i < messages; i++) {
            String number = String.valueOf(i);
            Map<String, Object> headers =
                    Map.of(BridgeheadConstants.FROM, "anna@contoso.test", BridgeheadConstants.TO, "4930123@fax.test");
            open.add(template.asyncRequestBodyAndHeaders(uri, "Subject: " + number + "\r\n\r\nHello\r\n", headers)
                    .thenRun(() -> append(ACCEPTED, number)));
            if (open.size() >= WINDOW) {
                open.remove(0).join();
            }
        }
        open.forEach(CompletableFuture::join);
    }

    private void everyTenthFails(Exchange exchange) {
        if (attempts.incrementAndGet() % 10 == 0) {
            throw new IllegalStateException("line busy");
        }
        append(
                FINISHED,
                exchange.getMessage().getHeader(BridgeheadConstants.SUBJECT) + " "
                        + exchange.getMessage().getHeader(BridgeheadConstants.REDELIVERED));
    }

    private synchronized void append(String file, String line) {
        try {
            Files.write(
                    folder.resolve(file),
                    (line + "\n").getBytes(StandardCharsets.US_ASCII),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
