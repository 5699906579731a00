package org.bridgehead.camel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.apache.camel.catalog.CamelCatalog;
import org.apache.camel.catalog.DefaultCamelCatalog;
import org.apache.camel.catalog.EndpointValidationResult;
import org.apache.camel.tooling.model.ComponentModel;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The generated metadata in a Camel catalog, as tools and IDE plug-ins see it. */
class CatalogTest {
    private static final String METADATA = "/META-INF/org/bridgehead/camel/bridgehead.json";

    private final CamelCatalog catalog = new DefaultCamelCatalog();

    @BeforeEach
    void add() throws IOException {
        try (InputStream json = BridgeheadComponent.class.getResourceAsStream(METADATA)) {
            catalog.addComponent(
                    "bridgehead",
                    BridgeheadComponent.class.getName(),
                    new String(json.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    private EndpointValidationResult check(String uri) {
        return catalog.validateEndpointProperties(uri);
    }

    @Test
    void theComponentIsThereWithItsOptionsAndHeaders() {
        ComponentModel model = catalog.componentModel("bridgehead");

        assertThat(model.getTitle()).isEqualTo("Bridgehead");
        assertThat(model.getEndpointParameterOptions())
                .extracting(ComponentModel.EndpointOptionModel::getName)
                .contains("topology", "data", "server", "from", "waitFor", "mapHeaders");
        assertThat(model.getEndpointHeaders())
                .extracting(ComponentModel.EndpointHeaderModel::getName)
                .contains(
                        BridgeheadConstants.FROM,
                        BridgeheadConstants.TO,
                        BridgeheadConstants.MESSAGE_ID,
                        BridgeheadConstants.ACCEPTED,
                        BridgeheadConstants.REJECTED,
                        BridgeheadConstants.REDELIVERED,
                        BridgeheadConstants.NEXT_HOP,
                        BridgeheadConstants.PATH,
                        BridgeheadConstants.REASON);
    }

    @Test
    void whatIsRightIsRight() {
        assertThat(check("bridgehead:submit?topology=t.yaml&server=BER-HT1&waitFor=settled&settleTimeout=10s")
                        .isSuccess())
                .isTrue();
        assertThat(check("bridgehead:deliver/Fax?organization=#org&mapHeaders=true")
                        .isSuccess())
                .isTrue();
    }

    @Test
    void mistakesAreSeen() {
        assertThat(check("bridgehead:submit?topologie=t.yaml").getUnknown()).containsExactly("topologie");
        assertThat(check("bridgehead:submit?waitFor=delivered").getInvalidEnum())
                .containsKey("waitFor");
        assertThat(check("bridgehead:sent?topology=t.yaml").getInvalidEnum()).containsKey("operation");
    }
}
