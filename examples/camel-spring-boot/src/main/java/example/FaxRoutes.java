package example;

import jakarta.mail.internet.MimeMessage;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.builder.RouteBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** What leaves by the connector Fax. */
@Component
class FaxRoutes extends RouteBuilder {
    /** Endpoints that name the same topology share one organisation, which starts and stops with the context. */
    static final String SUBMIT = "bridgehead:submit?topology=classpath:topology.yaml";

    private static final Logger LOG = LoggerFactory.getLogger(FaxRoutes.class);

    private final List<String> subjects = new CopyOnWriteArrayList<>();

    @Override
    public void configure() {
        from("bridgehead:deliver/Fax?topology=classpath:topology.yaml").process(exchange -> {
            MimeMessage fax = exchange.getMessage().getBody(MimeMessage.class);
            subjects.add(fax.getSubject());
            LOG.info("faxed \"{}\" to {}", fax.getSubject(), exchange.getMessage().getHeader("CamelBridgeheadTo"));
        });
    }

    /** What has been faxed. */
    List<String> subjects() {
        return subjects;
    }
}
