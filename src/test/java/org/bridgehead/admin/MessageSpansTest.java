package org.bridgehead.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.bridgehead.core.hub.TrackingEvent;
import org.bridgehead.engine.MailBuilder;
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
        return spans(mail -> mail.from(from).to(to).subject("traced"), Optional.empty());
    }

    private List<SpanData> spans(Consumer<MailBuilder> letter, Optional<String> trace) throws Exception {
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
            SendResult sent = organization.send(letter);
            assertThat(sent.accepted()).isTrue();
            organization.clock().runUntilIdle();
            String message = organization.tracking().events().stream()
                    .map(TrackingEvent::transportId)
                    .findFirst()
                    .orElseThrow()
                    .toString();
            return exporter.getFinishedSpanItems().stream()
                    .filter(span -> span.getTraceId().equals(trace.orElse(message)))
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

    private static byte[] letter(String header) {
        return (header + "Subject: traced\r\n\r\nhi\r\n").getBytes(StandardCharsets.US_ASCII);
    }

    @Test
    void theSpansOfAllHopsJoinTheTraceOfTheSender() throws Exception {
        byte[] octets = letter("traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01\r\n"
                + "tracestate: rojo=00f067aa0ba902b7,congo=t61rcWkgMzE\r\n");
        List<SpanData> spans = spans(
                mail -> mail.from("anna@contoso.test").to("bert@contoso.test").octets(octets),
                Optional.of("0af7651916cd43dd8448eb211c80319c"));
        assertThat(spans).extracting(SpanData::getName).containsExactlyInAnyOrder("send MUC-HT1", "deliver MUC-MBX1");
        assertThat(spans).allSatisfy(span -> {
            assertThat(span.getParentSpanId()).isEqualTo("b7ad6b7169203331");
            assertThat(span.getParentSpanContext().isRemote()).isTrue();
            assertThat(span.getSpanContext().getTraceState().asMap())
                    .containsExactly(entry("rojo", "00f067aa0ba902b7"), entry("congo", "t61rcWkgMzE"));
        });
    }

    @Test
    void whatBreaksTheRulesBeginsATraceOfItsOwn() throws Exception {
        byte[] octets = letter("traceparent: 00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01\r\n");
        List<SpanData> spans = spans(
                mail -> mail.from("anna@contoso.test").to("bert@contoso.test").octets(octets), Optional.empty());
        assertThat(spans).hasSize(2);
    }

    @Test
    void aTraceThatIsNotRecordedStaysSo() throws Exception {
        byte[] octets = letter("traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00\r\n");
        List<SpanData> spans = spans(
                mail -> mail.from("anna@contoso.test").to("bert@contoso.test").octets(octets),
                Optional.of("0af7651916cd43dd8448eb211c80319c"));
        assertThat(spans).isEmpty();
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
