package example;

import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.main.Main;

/**
 * A fax gateway: what is mailed to NUMBER@fax.test becomes a file in {@code target/fax}. The line is busy at the first
 * attempt, so the message goes back to its queue and comes again.
 */
public final class FaxGateway extends RouteBuilder {
    /** Endpoints that name the same topology share one organisation, which starts and stops with the context. */
    private static final String ORGANIZATION = "topology=classpath:topology.yaml";

    private final AtomicInteger attempts = new AtomicInteger();

    @Override
    public void configure() {
        from("direct:mail").to("bridgehead:submit?waitFor=settled&" + ORGANIZATION);

        from("bridgehead:deliver/Fax?" + ORGANIZATION)
                .process(this::dial)
                // The transport identity is the same at every attempt: a repeated one replaces its file.
                .setHeader(Exchange.FILE_NAME, simple("${header.CamelBridgeheadTransportId}.eml"))
                .to("file:target/fax")
                .log("faxed \"${header.CamelBridgeheadSubject}\" to ${header.CamelBridgeheadTo}");
    }

    private void dial(Exchange exchange) {
        if (attempts.incrementAndGet() == 1) {
            throw new IllegalStateException("line busy");
        }
    }

    /** How often the line was dialled. */
    int attempts() {
        return attempts.get();
    }

    /** Sends one message and ends when it has been faxed. */
    public static void main(String[] args) throws Exception {
        Main main = new Main();
        main.configure().addRoutesBuilder(new FaxGateway());
        main.start();
        try {
            Exchange sent = send(main, "4930123@fax.test", "Subject: the contract\n\nPlease sign.\n");
            System.out.println("settled: " + sent.getMessage().getHeader("CamelBridgeheadAccepted"));
        } finally {
            main.stop();
        }
    }

    /** Mails as anna; the exchange that comes back says what became of it. */
    static Exchange send(Main main, String to, String mail) throws Exception {
        return main.getCamelTemplate().request("direct:mail", exchange -> {
            exchange.getMessage().setBody(mail);
            exchange.getMessage().setHeader("CamelBridgeheadFrom", "anna@contoso.test");
            exchange.getMessage().setHeader("CamelBridgeheadTo", to);
        });
    }
}
