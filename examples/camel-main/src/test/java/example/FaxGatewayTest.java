package example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FaxGatewayTest {
    private final FaxGateway gateway = new FaxGateway();
    private final Main main = new Main();

    @BeforeEach
    void start() throws Exception {
        main.configure().addRoutesBuilder(gateway);
        main.start();
    }

    @AfterEach
    void stop() {
        main.stop();
    }

    @Test
    void aFaxIsTriedAgainUntilTheLineIsFree() throws Exception {
        Exchange sent = FaxGateway.send(main, "4930123@fax.test", "Subject: the contract\n\nPlease sign.\n");

        assertNull(sent.getException());
        assertEquals(2, gateway.attempts());
        assertTrue(faxes().contains("Please sign."));
    }

    @Test
    void whoDoesNotExistIsTold() throws Exception {
        Exchange sent = FaxGateway.send(main, "nobody@contoso.test", "Subject: hello\n\nHello?\n");

        assertNotNull(sent.getException());
        Map<?, ?> rejected = sent.getMessage().getHeader("CamelBridgeheadRejected", Map.class);
        assertTrue(rejected.get("nobody@contoso.test").toString().startsWith("5.1.1 "));
    }

    private static String faxes() throws Exception {
        StringBuilder all = new StringBuilder();
        try (var files = Files.list(Path.of("target/fax"))) {
            for (Path file : files.toList()) {
                all.append(Files.readString(file));
            }
        }
        return all.toString();
    }
}
