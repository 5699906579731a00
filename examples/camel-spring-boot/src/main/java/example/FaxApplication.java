package example;

import java.util.Map;
import org.apache.camel.ProducerTemplate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.CommandLineRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

/** Sends one fax by mail and ends. */
@SpringBootApplication
public class FaxApplication {
    private static final Logger LOG = LoggerFactory.getLogger(FaxApplication.class);

    public static void main(String[] args) {
        SpringApplication.run(FaxApplication.class, args).close();
    }

    @Bean
    CommandLineRunner sendOne(ProducerTemplate mail) {
        return arguments -> {
            Map<String, Object> envelope =
                    Map.of("CamelBridgeheadFrom", "anna@contoso.test", "CamelBridgeheadTo", "4930123@fax.test");
            mail.requestBodyAndHeaders(
                    FaxRoutes.SUBMIT + "&waitFor=settled", "Subject: the contract\n\nPlease sign.\n", envelope);
            LOG.info("the fax has gone out");
        };
    }
}
