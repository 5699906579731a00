package org.bridgehead.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.bridgehead.io.config.LoadedTopology;
import org.bridgehead.io.config.TopologyFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Nothing leaves this machine (DECISIONS 3.4): fifty recipients of well-known domains, by MX and by smart hosts, all
 * arrive in the built-in Internet, and the kernel is asked for no address but loopback ones, not even by a name look-up.
 */
class LoopbackTest {
    private static final List<String> DOMAINS = List.of(
            "gmail.com",
            "outlook.com",
            "yahoo.co.jp",
            "web.de",
            "orange.fr",
            "qq.com",
            "mail.ru",
            "uol.com.br",
            "libero.it",
            "[192.0.2.25]");

    private static final Pattern ADDRESS = Pattern.compile("sin6?_addr|inet_addr|inet_pton");
    private static final Pattern LOOPBACK = Pattern.compile(
            "inet_addr\\(\"(127\\.[0-9.]+|0\\.0\\.0\\.0)\"\\)|\"(::1|::|::ffff:127\\.[0-9.]+|::ffff:0\\.0\\.0\\.0)\"");

    @TempDir
    Path folder;

    /** The engine and its client, to be traced. */
    static final class Traced {
        private Traced() {}

        public static void main(String[] arguments) throws Exception {
            LoadedTopology loaded = TopologyFile.load(Path.of(arguments[0]));
            try (MailOrganization org =
                    MailOrganization.start(OrganizationConfig.inMemory(loaded.organization(), loaded.folder()))) {
                recipients()
                        .forEach(to -> org.send(
                                mail -> mail.from("anna@contoso.test").to(to).subject("hello")));
                boolean all = org.await(
                        () -> recipients().stream()
                                .allMatch(to -> org.internet(to).messages().size() == 1),
                        Duration.ofSeconds(60));
                System.out.println(all ? "ALL ARRIVED" : org.tracking().events());
            }
        }
    }

    private static List<String> recipients() {
        return IntStream.range(0, 50)
                .mapToObj(i -> "person" + i + "@" + DOMAINS.get(i % DOMAINS.size()))
                .toList();
    }

    @Test
    @Timeout(value = 2, unit = TimeUnit.MINUTES)
    void noSocketLeavesLoopback() throws Exception {
        assumeTrue(SystemCalls.traceable(folder), "SKIPPED: strace is not installed or refused here");
        Path topology = Files.writeString(folder.resolve("topology.yaml"), """
            bridgehead: 1
            organization: { name: Contoso, acceptedDomains: { contoso.test: authoritative } }
            sites: { Berlin: {} }
            servers:
              BER-HT1: { site: Berlin, roles: [hubTransport] }
            connectors:
              Internet: { addressSpaces: ["SMTP:*;1"], sourceServers: [BER-HT1], dns: true }
              German: { addressSpaces: ["SMTP:web.de;1"], sourceServers: [BER-HT1], smartHosts: ["mx.web.de:25"] }
              Chinese: { addressSpaces: ["SMTP:qq.com;1"], sourceServers: [BER-HT1], smartHosts: ["203.0.113.7:25"] }
            """);
        Path trace = folder.resolve("trace");
        Process traced = new ProcessBuilder(
                        "strace",
                        "-f",
                        "-s",
                        "40",
                        "-o",
                        trace.toString(),
                        "-e",
                        "trace=connect,bind,sendto,sendmsg,sendmmsg",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Traced.class.getName(),
                        topology.toString())
                .redirectErrorStream(true)
                .start();
        String words = new String(traced.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(traced.onExit()).succeedsWithin(Duration.ofSeconds(20));
        assertThat(words).contains("ALL ARRIVED");
        List<String> addressed = Files.readAllLines(trace, StandardCharsets.ISO_8859_1).stream()
                .filter(line -> ADDRESS.matcher(line).find())
                .toList();
        assertThat(addressed).filteredOn(line -> line.contains("connect(")).hasSizeGreaterThan(10);
        assertThat(addressed).filteredOn(line -> !LOOPBACK.matcher(line).find()).isEmpty();
    }
}
