package org.bridgehead.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.testkit.engine.EventConditions.event;
import static org.junit.platform.testkit.engine.EventConditions.finishedWithFailure;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.message;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.bridgehead.core.hub.Transmission;
import org.bridgehead.core.mail.RecipientOutcome;
import org.bridgehead.engine.ConnectorDriver;
import org.bridgehead.engine.MailOrganization;
import org.bridgehead.engine.MailboxHandle;
import org.bridgehead.engine.ServerHandle;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;

/**
 * What the harness does around a test, seen from outside: each inner class is run by an engine of its own. Longer than most
 * files: those inner classes are tests themselves.
 */
class ExtensionTest {
    private static final String SMALL = """
        bridgehead: 1
        organization: { name: Small, acceptedDomains: { contoso.test: authoritative } }
        sites: { Berlin: {}, Munich: {} }
        siteLinks: { Berlin-Munich: { sites: [Berlin, Munich] } }
        servers:
          BER-HT1: { site: Berlin, roles: [hubTransport] }
          BER-MBX1: { site: Berlin, roles: [mailbox] }
          MUC-HT1: { site: Munich, roles: [hubTransport] }
          MUC-MBX1: { site: Munich, roles: [mailbox] }
        connectors:
          Fax: { addressSpaces: ["SMTP:fax.test;1"], sourceServers: [BER-HT1], camel: "nowhere:fax" }
        directory:
          recipients:
            anna: { type: mailbox, addresses: [anna@contoso.test], database: BER-MBX1/SG1/DB1 }
            mia: { type: mailbox, addresses: [mia@contoso.test], database: MUC-MBX1/SG1/DB1 }
        """;

    private static EngineExecutionResults execute(Class<?> tests) {
        return EngineTestKit.engine("junit-jupiter")
                .configurationParameter("junit.jupiter.execution.parallel.enabled", "true")
                .configurationParameter("junit.jupiter.execution.parallel.config.strategy", "fixed")
                .configurationParameter("junit.jupiter.execution.parallel.config.fixed.parallelism", "2")
                .selectors(selectClass(tests))
                .execute();
    }

    private static Events run(Class<?> tests) {
        return execute(tests).testEvents();
    }

    /** Of the test, or of what comes before it. */
    private static Throwable failureOf(Class<?> tests) {
        Events failed = execute(tests).allEvents().failed().assertStatistics(stats -> stats.failed(1));
        return failed.stream()
                .findFirst()
                .flatMap(event -> event.getPayload(TestExecutionResult.class))
                .flatMap(TestExecutionResult::getThrowable)
                .orElseThrow();
    }

    @Test
    void mailThatNothingHoldsBackFailsTheTestAndNamesTheQueue() {
        run(WaitingCase.class)
                .assertThatEvents()
                .haveExactly(
                        1,
                        event(finishedWithFailure(message(text -> text.contains("mail is still waiting")
                                && text.contains("BER-HT1\\site:Munich")
                                && text.contains("allowUnsettled")))));
    }

    @BridgeheadTest(yaml = SMALL)
    static class WaitingCase {
        @Test
        void linkMendedButTimeNotAdvanced(MailOrganization org) {
            org.link("Berlin-Munich").cut();
            org.send(mail -> mail.from("anna@contoso.test").to("mia@contoso.test"));
            org.clock().advance(Duration.ofMinutes(2));
            org.link("Berlin-Munich").mend();
        }
    }

    @Test
    void mailThatWaitsForAFaultOrByLeaveIsFine() {
        run(ExcusedCases.class).assertStatistics(stats -> stats.succeeded(2));
        run(AllowedCase.class).assertStatistics(stats -> stats.succeeded(1));
    }

    @BridgeheadTest(yaml = SMALL)
    static class ExcusedCases {
        @Test
        void aLinkIsCut(MailOrganization org) {
            org.link("Berlin-Munich").cut();
            org.send(mail -> mail.from("anna@contoso.test").to("mia@contoso.test"));
        }

        @Test
        void aServerIsDown(MailOrganization org, @Server("MUC-HT1") ServerHandle munich) {
            munich.kill();
            org.send(mail -> mail.from("anna@contoso.test").to("mia@contoso.test"));
        }
    }

    @BridgeheadTest(yaml = SMALL, allowUnsettled = true)
    static class AllowedCase {
        @Test
        void aServerIsBusy(MailOrganization org, @Server("MUC-HT1") ServerHandle munich) {
            munich.reply(421, "busy");
            org.send(mail -> mail.from("anna@contoso.test").to("mia@contoso.test"));
        }
    }

    @Test
    void aThreadLeftBehindFailsTheTest() {
        try {
            Throwable failure = failureOf(StuckCase.class);
            // On newer JDKs the engine's blocking work runs on virtual threads: stuck work is then named without a
            // thread.
            assertThat(failure.getMessage()).contains("left something behind").containsAnyOf("Small-io", "under way");
        } finally {
            StuckCase.RELEASE.countDown();
        }
    }

    static class StuckCase {
        static final CountDownLatch RELEASE = new CountDownLatch(1);

        @RegisterExtension
        final BridgeheadExtension harness = BridgeheadExtension.ofYaml(SMALL).withPatience(Duration.ofMillis(200));

        @Test
        void aDriverIgnoresInterrupts(MailOrganization org) {
            org.connector("Fax", new StuckDriver());
            org.send(mail -> mail.from("anna@contoso.test").to("4930123@fax.test"));
        }
    }

    private static final class StuckDriver implements ConnectorDriver {
        @Override
        public boolean serves(String endpoint) {
            return true;
        }

        @Override
        public List<RecipientOutcome> deliver(String connector, String endpoint, Transmission message, Octets body) {
            while (true) {
                try {
                    StuckCase.RELEASE.await();
                    return List.of(new RecipientOutcome.Delivered("at last"));
                } catch (InterruptedException ignored) {
                    Thread.yield(); // this is the flaw that the harness has to find
                }
            }
        }
    }

    @Test
    void aFailureOfTheTestItselfComesFirst() {
        Throwable failure = failureOf(FailingCase.class);

        assertThat(failure).hasMessage("the test's own");
        assertThat(failure.getSuppressed())
                .hasSize(2)
                .anySatisfy(left -> assertThat(left).hasMessageContaining("mail is still waiting"));
    }

    @BridgeheadTest(yaml = SMALL)
    static class FailingCase {
        @Test
        void failsWithMailOnTheWay(MailOrganization org) {
            org.server("MUC-HT1").reply(421, "busy");
            org.send(mail -> mail.from("anna@contoso.test").to("mia@contoso.test"));
            throw new AssertionError("the test's own");
        }
    }

    @Test
    void anAbortedTestStaysAborted() {
        run(AbortedCase.class).assertStatistics(stats -> stats.aborted(1).failed(0));
    }

    @BridgeheadTest(yaml = SMALL)
    static class AbortedCase {
        @Test
        void assumesWrongly(MailOrganization org) {
            org.server("MUC-HT1").reply(421, "busy");
            org.send(mail -> mail.from("anna@contoso.test").to("mia@contoso.test"));
            Assumptions.abort("not here");
        }
    }

    @Test
    void organizationsOfTestsInParallelKeepToThemselves() {
        run(ParallelCases.class).assertStatistics(stats -> stats.succeeded(2));

        assertThat(ParallelCases.SEEN).doesNotHaveDuplicates().hasSize(2);
    }

    @BridgeheadTest(yaml = SMALL)
    @Execution(ExecutionMode.CONCURRENT)
    static class ParallelCases {
        static final ConcurrentLinkedQueue<MailOrganization> SEEN = new ConcurrentLinkedQueue<>();
        static final CyclicBarrier BOTH = new CyclicBarrier(2);

        @Test
        void one(MailOrganization org) throws Exception {
            exchange(org);
        }

        @Test
        void other(MailOrganization org) throws Exception {
            exchange(org);
        }

        private static void exchange(MailOrganization org)
                throws InterruptedException, BrokenBarrierException, TimeoutException {
            SEEN.add(org);
            BOTH.await(30, TimeUnit.SECONDS);
            org.send(mail -> mail.from("anna@contoso.test").to("mia@contoso.test"));
            MailAssertions.assertThat(org.mailbox("mia@contoso.test")).received(1);
        }
    }

    @Test
    void oneOrganizationServesAClassAndItsNestedOnes() {
        run(SharedCases.class).assertStatistics(stats -> stats.succeeded(2));

        assertThat(SharedCases.SEEN).hasSize(2).containsOnly(SharedCases.SEEN.peek());
    }

    static class SharedCases {
        static final ConcurrentLinkedQueue<MailOrganization> SEEN = new ConcurrentLinkedQueue<>();

        @RegisterExtension
        static final BridgeheadExtension HARNESS =
                BridgeheadExtension.ofYaml(SMALL).withOneOrganizationPerClass();

        @Test
        void outer(MailOrganization org) {
            SEEN.add(org);
        }

        @Nested
        class Inner {
            @Test
            void inner() {
                SEEN.add(HARNESS.organization());
            }
        }
    }

    @Test
    void aTestThatFailsLeavesAPageWithItsStoryAndMap() throws IOException {
        Throwable failure = failureOf(UndeliveredCase.class);

        String note = failure.getSuppressed()[0].toString();
        assertThat(note).startsWith("story and map: ");
        Path page = Path.of(note.substring("story and map: ".length()));
        assertThat(Files.readString(page))
                .contains("nothing came", "order-4711@shop.test", "because: Berlin &gt; Munich", "C: RCPT TO:&lt;mia@")
                .contains("<svg", "data-item=\"link:Berlin-Munich\"");
        Files.delete(page);
    }

    @BridgeheadTest(yaml = SMALL)
    static class UndeliveredCase {
        @Test
        void nothingComes(MailOrganization org) {
            org.link("Berlin-Munich").cut();
            org.send(mail -> mail.from("anna@contoso.test")
                    .to("mia@contoso.test")
                    .octets("Message-ID: <order-4711@shop.test>\r\n\r\n".getBytes(StandardCharsets.US_ASCII)));
            org.clock().runUntilIdle();
            throw new AssertionError("nothing came");
        }
    }

    @Test
    void mistakesInTheSetUpAreNamed() {
        assertThat(failureOf(NoFileCase.class)).hasMessageContaining("no-such.yaml cannot be read");
        assertThat(failureOf(NoTopologyCase.class)).hasMessageContaining("needs one topology");
        assertThat(failureOf(BadYamlCase.class)).hasMessageContaining("Atlantis");
        assertThat(failureOf(NoServerCase.class))
                .hasMessageContaining("@Server(\"…\") ServerHandle")
                .hasMessageContaining("BER-HT1");
        assertThat(failureOf(NoMailboxCase.class)).hasMessageContaining("@Mailbox(\"…\") MailboxHandle");
        assertThat(failureOf(WrongMailboxCase.class)).hasMessageContaining("nobody@contoso.test");
        assertThat(failureOf(NotStaticCase.class)).hasMessageContaining("static field");
    }

    @BridgeheadTest("no-such.yaml")
    static class NoFileCase {
        @Test
        void test() {}
    }

    @BridgeheadTest
    static class NoTopologyCase {
        @Test
        void test() {}
    }

    @BridgeheadTest(
            yaml = "bridgehead: 1\norganization: { name: A, acceptedDomains: { a.test: authoritative } }\n"
                    + "sites: { Berlin: {} }\nservers: { A-HT1: { site: Atlantis, roles: [hubTransport] } }\n")
    static class BadYamlCase {
        @Test
        void test() {}
    }

    @BridgeheadTest(yaml = SMALL)
    static class NoServerCase {
        @Test
        void test(ServerHandle which) {}
    }

    @BridgeheadTest(yaml = SMALL)
    static class NoMailboxCase {
        @Test
        void test(MailboxHandle which) {}
    }

    @BridgeheadTest(yaml = SMALL)
    static class WrongMailboxCase {
        @Test
        void test(@Mailbox("nobody@contoso.test") MailboxHandle which) {}
    }

    static class NotStaticCase {
        @RegisterExtension
        final BridgeheadExtension harness = BridgeheadExtension.ofYaml(SMALL).withOneOrganizationPerClass();

        @Test
        void test() {}
    }
}
