package org.bridgehead.io.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.bridgehead.core.directory.Organization;
import org.junit.jupiter.api.Test;

class TopologyBuilderTest {
    private static TopologyBuilder builder() {
        return TopologyBuilder.of("Contoso", "contoso.test")
                .accepts("partner.test")
                .site("Berlin", site -> site.hubs("BER-HT1", "BER-HT2")
                        .mailboxCluster("BER-MBX1", "BER-HT1", "BER-MBX1A", "BER-MBX1B"))
                .site("Munich", site -> site.hubs("MUC-HT1").mailboxServer("MUC-MBX1"))
                .link("Berlin", "Munich", 20)
                .mailbox("anna@contoso.test", "BER-MBX1")
                .mailbox("*@partner.test", "MUC-MBX1/SG1/DB1")
                .group("team@contoso.test", "anna@contoso.test", "pat@contoso.test")
                .contact("pat@contoso.test", "pat@fabrikam.test")
                .internetBy("BER-HT1")
                .set("organization.retry.glitchCount", 2);
    }

    @Test
    void whatIsBuiltIsWhatTheFileWouldSay() throws Exception {
        Organization built = builder().build();

        assertThat(built.topology().sites()).containsOnlyKeys("Berlin", "Munich");
        assertThat(built.topology().links().get("Berlin-Munich").cost()).isEqualTo(20);
        assertThat(built.topology().servers().get("BER-MBX1").mailbox().orElseThrow().nodes()).hasSize(2);
        assertThat(built.topology().settings().retry().glitchCount()).isEqualTo(2);
        assertThat(built.directory().recipients()).hasSize(4);
        assertThat(TopologyFile.parse("t.yaml", builder().yaml(), java.nio.file.Path.of("")).organization())
                .isEqualTo(built);
    }

    @Test
    void mistakesAreThoseOfFiles() {
        assertThatThrownBy(() -> builder().link("Berlin", "Rome").build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Rome");
        assertThatThrownBy(() -> builder().set("organization.retries", 1).build()).hasMessageContaining("retries");
    }
}
