package org.bridgehead.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.main.Main;
import org.bridgehead.engine.MailOrganization;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Camel Main with nothing but URIs: endpoints that name one topology share one organisation, in real time. */
class SharedOrganizationTest {
    @TempDir
    Path folder;

    private Path topology;

    @BeforeEach
    void write() throws Exception {
        topology = Files.writeString(folder.resolve("camel.yaml"), DeliverTest.TOPOLOGY);
    }

    private static final class Routes extends RouteBuilder {
        private final Path topology;

        Routes(Path topology) {
            this.topology = topology;
        }

        @Override
        public void configure() {
            from("direct:in").to("bridgehead:submit?topology=" + topology);
            from("bridgehead:deliver/Fax?topology=file:" + topology).to("mock:fax");
        }
    }

    @Test
    void whatIsSubmittedComesOutOfTheOtherEndpoint() throws Exception {
        Main main = new Main();
        main.configure().addRoutesBuilder(new Routes(topology));
        main.start();
        MailOrganization organization;
        try {
            MockEndpoint fax = main.getCamelContext().getEndpoint("mock:fax", MockEndpoint.class);
            fax.expectedMessageCount(1);
            main.getCamelTemplate()
                    .sendBodyAndHeaders(
                            "direct:in",
                            "Subject: page 1\n\nHello\n",
                            Map.of(
                                    BridgeheadConstants.FROM,
                                    "anna@contoso.test",
                                    BridgeheadConstants.TO,
                                    "4930123@fax.test"));

            fax.assertIsSatisfied(20_000);
            organization = OrganizationPool.of(main.getCamelContext())
                    .acquire(topology.toString(), null)
                    .organization();
            assertThat(organization.server("MUC-HT1").isRunning()).isTrue();
        } finally {
            main.stop();
        }
        assertThat(organization.server("MUC-HT1").isRunning()).isFalse();
    }

    /** A route that waits in the middle of its first message. */
    private final class Slow extends RouteBuilder {
        private final CountDownLatch entered = new CountDownLatch(1);
        private final CountDownLatch leave = new CountDownLatch(1);
        private final AtomicInteger finished = new AtomicInteger();

        @Override
        public void configure() {
            String where = "topology=" + topology + "&data=" + folder.resolve("data");
            from("direct:in").to("bridgehead:submit?" + where);
            from("direct:settled").to("bridgehead:submit?waitFor=settled&" + where);
            from("bridgehead:deliver/Fax?" + where).process(exchange -> {
                entered.countDown();
                leave.await();
                finished.incrementAndGet();
            });
        }
    }

    private static Main start(RouteBuilder routes) {
        Main main = new Main();
        main.configure().addRoutesBuilder(routes);
        main.start();
        return main;
    }

    private static void send(Main main, String to) throws Exception {
        main.getCamelTemplate()
                .sendBodyAndHeaders(
                        to,
                        "Subject: page 1\n\nHello\n",
                        Map.of(
                                BridgeheadConstants.FROM,
                                "anna@contoso.test",
                                BridgeheadConstants.TO,
                                "4930123@fax.test"));
    }

    @Test
    void aContextThatStopsLetsItsRoutesEndAndAcknowledgesWhatTheyFinished() throws Exception {
        Slow first = new Slow();
        Main main = start(first);
        send(main, "direct:in");
        first.entered.await();
        Thread stopping = new Thread(main::stop);
        stopping.start();
        await().until(main.getCamelContext()::isStopping);
        first.leave.countDown();
        stopping.join();
        assertThat(first.finished).hasValue(1);

        Slow second = new Slow();
        second.leave.countDown();
        Main again = start(second);
        try {
            send(again, "direct:settled");
            assertThat(second.finished).as("the new message alone").hasValue(1);
        } finally {
            again.stop();
        }
    }

    @Test
    void oneTopologyHasOneDataFolder() {
        Main main = new Main();
        main.configure().addRoutesBuilder(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:one").to("bridgehead:submit?topology=" + topology);
                from("direct:two").to("bridgehead:submit?topology=" + topology + "&data=" + folder.resolve("data"));
            }
        });
        try {
            assertThatThrownBy(main::start).hasStackTraceContaining("runs with data=null already");
        } finally {
            main.stop();
        }
    }
}
