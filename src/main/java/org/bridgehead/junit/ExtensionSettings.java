package org.bridgehead.junit;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.function.UnaryOperator;
import org.bridgehead.engine.OrganizationConfig;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;

/**
 * What an extension does.
 *
 * @param source the topology
 * @param config what differs from a run in memory in real time
 * @param scope how long an organisation lives
 * @param allowUnsettled whether mail may be left waiting
 * @param patience how long, in real time, mail under way at the end of a test is waited for
 */
record ExtensionSettings(
        TopologySource source,
        UnaryOperator<OrganizationConfig> config,
        BridgeheadTest.Scope scope,
        boolean allowUnsettled,
        Duration patience) {
    static final Instant START = OrganizationConfig.START;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    static ExtensionSettings of(TopologySource source) {
        return new ExtensionSettings(
                source, config -> config.virtualFrom(START), BridgeheadTest.Scope.METHOD, false, PATIENCE);
    }

    static ExtensionSettings of(BridgeheadTest annotation) {
        if (annotation.value().isEmpty() == annotation.yaml().isEmpty()) {
            throw new ExtensionConfigurationException(
                    "@BridgeheadTest needs one topology: a file, as in @BridgeheadTest(\"topologies/contoso.yaml\"),"
                            + " or yaml = \"…\"");
        }
        TopologySource source = annotation.yaml().isEmpty()
                ? TopologySource.at(annotation.value())
                : () -> TopologySource.text(annotation.yaml());
        ExtensionSettings settings =
                new ExtensionSettings(source, c -> c, annotation.scope(), annotation.allowUnsettled(), PATIENCE);
        return annotation.realTime() ? settings : settings.then(config -> config.virtualFrom(start(annotation)));
    }

    private static Instant start(BridgeheadTest annotation) {
        try {
            return Instant.parse(annotation.start());
        } catch (DateTimeException e) {
            throw new ExtensionConfigurationException(
                    "@BridgeheadTest(start = …) takes a time such as " + START + ", not " + annotation.start(), e);
        }
    }

    /** With a further change of the configuration. */
    ExtensionSettings then(UnaryOperator<OrganizationConfig> change) {
        return new ExtensionSettings(
                source, before -> change.apply(config.apply(before)), scope, allowUnsettled, patience);
    }

    ExtensionSettings with(BridgeheadTest.Scope other) {
        return new ExtensionSettings(source, config, other, allowUnsettled, patience);
    }

    ExtensionSettings withUnsettled(boolean allowed) {
        return new ExtensionSettings(source, config, scope, allowed, patience);
    }

    ExtensionSettings with(Duration limit) {
        return new ExtensionSettings(source, config, scope, allowUnsettled, limit);
    }
}
