package org.bridgehead.camel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Routes in Camel's YAML: against the schema that Camel ships, and read by Camel. */
class YamlRoutesTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    static List<Path> examples() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("examples"))) {
            return files.filter(file -> file.toString().endsWith(".camel.yaml")).toList();
        }
    }

    private static JsonSchema rules;

    @BeforeAll
    static void readSchema() throws IOException {
        try (InputStream schema = YamlRoutesTest.class.getResourceAsStream("/schema/camelYamlDsl.json")) {
            rules = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V4).getSchema(JSON.readTree(schema));
        }
    }

    private static List<String> mistakes(String yaml) {
        JsonNode routes = JSON.valueToTree(new Load(LoadSettings.builder().build()).loadFromString(yaml));
        return rules.validate(routes).stream().map(Object::toString).toList();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void theExamplesAreValid(Path file) throws IOException {
        assertThat(mistakes(Files.readString(file))).isEmpty();
    }

    @Test
    void aMistakeIsSeen() {
        assertThat(mistakes("- from: { uri: 'bridgehead:track', stepps: [] }")).isNotEmpty();
    }

    @Test
    void aYamlRouteWithParametersBecomesItsEndpoint() throws Exception {
        String yaml = """
            - from:
                uri: bridgehead:deliver/Fax
                parameters: { topology: &organization examples/camel-jbang/topology.yaml, mapHeaders: true }
                steps:
                  - to:
                      uri: bridgehead:submit
                      parameters: { topology: *organization, waitFor: settled, settleTimeout: 10s }
            """;
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            PluginHelper.getRoutesLoader(context).loadRoutes(ResourceHelper.fromString("fax.camel.yaml", yaml));
            context.start();

            Map<Boolean, List<BridgeheadEndpoint>> byKind = context.getEndpoints().stream()
                    .map(BridgeheadEndpoint.class::cast)
                    .collect(Collectors.partitioningBy(
                            endpoint -> endpoint.getOperation() == BridgeheadOperation.DELIVER));
            assertThat(byKind.get(true)).singleElement().satisfies(deliver -> {
                assertThat(deliver.getConnector()).isEqualTo("Fax");
                assertThat(deliver.isMapHeaders()).isTrue();
            });
            assertThat(byKind.get(false)).allSatisfy(submit -> {
                assertThat(submit.getWaitFor()).isEqualTo(WaitFor.SETTLED);
                assertThat(submit.getSettleTimeout()).isEqualTo(10_000);
            });
        }
    }
}
