package org.bridgehead.camel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.bridgehead.engine.MailOrganization;
import org.bridgehead.engine.OrganizationConfig;
import org.bridgehead.io.config.LoadedTopology;
import org.bridgehead.io.config.TopologyFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Connectors of a topology whose way out is a Camel endpoint, without any Camel context of the user's. */
class ConnectorDriverTest {
    @TempDir
    Path folder;

    private MailOrganization start(String endpoint) throws Exception {
        LoadedTopology topology = TopologyFile.parse(
                "camel.yaml", DeliverTest.TOPOLOGY.replace("bridgehead:deliver/Fax", endpoint), folder);
        return MailOrganization.start(OrganizationConfig.inMemory(topology.organization(), folder)
                .virtualFrom(java.time.Instant.parse("2026-01-05T08:00:00Z")));
    }

    private static void fax(MailOrganization org) {
        org.send(mail -> mail.from("anna@contoso.test").to("4930123@fax.test").subject("page 1"));
        org.clock().runUntilIdle();
    }

    private List<Path> files(Path where) throws IOException {
        try (Stream<Path> files = Files.list(where)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    @Test
    void aFileConnectorWritesOneFilePerMessage() throws Exception {
        Path out = folder.resolve("fax");
        try (MailOrganization org = start("file:" + out)) {
            fax(org);
            fax(org);

            assertThat(org.server("MUC-HT1").messages()).isZero();
            assertThat(files(out))
                    .hasSize(2)
                    .allSatisfy(file -> assertThat(file)
                            .hasFileName(file.getFileName().toString())
                            .content()
                            .startsWith("Received: ")
                            .contains("Subject: page 1"));
            assertThat(org.shutDown().threads()).isEmpty();
        }
    }

    @Test
    void whenTheEndpointFailsTheMessageWaits() throws Exception {
        Path out = Files.writeString(folder.resolve("fax"), "a file where the folder should be");
        try (MailOrganization org = start("file:" + out)) {
            fax(org);
            assertThat(org.server("MUC-HT1").messages()).isEqualTo(1);

            Files.delete(out);
            org.clock().advance(Duration.ofHours(1));

            assertThat(org.server("MUC-HT1").messages()).isZero();
            assertThat(files(out)).hasSize(1);
        }
    }

    @Test
    void anEndpointThatDoesNotExistIsNamed() throws Exception {
        try (MailOrganization org = start("nowhere:fax")) {
            fax(org);

            assertThat(org.tracking().events())
                    .anySatisfy(event ->
                            assertThat(event.reason()).contains("4.3.5").contains("nowhere"));
        }
    }
}
