package org.bridgehead.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
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
