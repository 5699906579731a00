package org.bridgehead.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.bridgehead.core.hub.TrackingEvent;
import org.bridgehead.engine.MailOrganization;
import org.bridgehead.engine.OrganizationConfig;
import org.bridgehead.engine.SendResult;
import org.bridgehead.io.config.LoadedTopology;
import org.bridgehead.io.config.TopologyFile;
import org.bridgehead.io.ldap.LdifRecipients;
import org.junit.jupiter.api.Test;

/** The way of a message over two hubs, as whoever collects spans sees it. */
class MessageSpansTest {
    private static final Instant START = Instant.parse("2026-03-02T08:00:00Z");

    private final InMemorySpanExporter exporter = InMemorySpanExporter.create();

    private List<SpanData> spans(String from, String to) throws Exception {
        LoadedTopology loaded = TopologyFile.load(Path.of("topologies/minimal.yaml"));
        OrganizationConfig config = OrganizationConfig.inMemory(
                        LdifRecipients.complete(loaded.organization(), loaded.folder()), loaded.folder())
                .virtualFrom(START);
        try (SdkTracerProvider provider = SdkTracerProvider.builder()
                        .addSpanProcessor(SimpleSpanProcessor.create(exporter))
                        .build();
                MailOrganization organization = MailOrganization.start(config);
                MessageSpans spans = new MessageSpans(
                        organization,
                        OpenTelemetrySdk.builder().setTracerProvider(provider).build())) {
            assertThat(spans).isNotNull();
            SendResult sent = organization.send(mail -> mail.from(from).to(to).subject("traced"));
            assertThat(sent.accepted()).isTrue();
            organization.clock().runUntilIdle();
            String message = organization.tracking().events().stream()
                    .map(TrackingEvent::transportId)
                    .findFirst()
                    .orElseThrow()
                    .toString();
            return exporter.getFinishedSpanItems().stream()
                    .filter(span -> span.getTraceId().equals(message))
                    .toList();
        }
    }

    @Test
    void eachHandOverIsASpanAndAllServersWriteIntoOneTrace() throws Exception {
        // Which of two servers writes first is not said: the next one may have delivered before the answer is heard.
        List<SpanData> spans = spans("anna@contoso.test", "bert@contoso.test").stream()
                .sorted(Comparator.comparing(span -> span.getAttributes().get(AttributeKey.longKey("bridgehead.hop"))))
                .toList();
        assertThat(spans).extracting(SpanData::getName).containsExactly("send MUC-HT1", "deliver MUC-MBX1");
        assertThat(spans)
                .extracting(span -> span.getAttributes().get(AttributeKey.stringKey("bridgehead.server")))
                .containsExactly("BER-HT1", "MUC-HT1");
        assertThat(spans)
                .extracting(SpanData::getParentSpanId)
                .containsOnly(spans.get(0).getParentSpanId());
        assertThat(spans).allSatisfy(span -> {
            assertThat(TimeUnit.NANOSECONDS.toSeconds(span.getStartEpochNanos()))
                    .isEqualTo(START.getEpochSecond());
            assertThat(span.getEndEpochNanos()).isGreaterThanOrEqualTo(span.getStartEpochNanos());
            assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
        });
    }

    @Test
    void aFailureIsAnErrorWithItsReason() throws Exception {
        List<SpanData> spans = spans("anna@contoso.test", "nobody@contoso.test");
        assertThat(spans).hasSize(1);
        assertThat(spans.get(0).getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
        assertThat(spans.get(0).getAttributes().get(AttributeKey.stringKey("bridgehead.status")))
                .startsWith("5.1.1");
    }
}
