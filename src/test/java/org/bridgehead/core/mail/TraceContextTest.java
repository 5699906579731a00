package org.bridgehead.core.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.bridgehead.core.smtp.HeaderReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a header tells of a trace, by the rules of W3C Trace Context. */
class TraceContextTest {
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String SPAN = "b7ad6b7169203331";
    private static final String PARENT = "00-" + TRACE + "-" + SPAN + "-01";

    private static Optional<TraceContext> read(String header) {
        byte[] octets =
                (header + "Subject: hi\r\n\r\ntraceparent: " + PARENT + "\r\n").getBytes(StandardCharsets.UTF_8);
        return TraceContext.of(
                HeaderReader.read(octets, new MessageId("<1@x.test>")).fields());
    }

    private static Optional<TraceContext> parent(String value) {
        return read("traceparent: " + value + "\r\n");
    }

    @Test
    void theFieldsOfASender() {
        assertThat(read("TraceParent: " + PARENT + "\r\nTRACESTATE: rojo=00f067aa0ba902b7,\r\n congo=t61rcWkgMzE\r\n"))
                .contains(new TraceContext(TRACE, SPAN, "01", List.of("rojo=00f067aa0ba902b7", "congo=t61rcWkgMzE")));
        assertThat(parent(PARENT).orElseThrow().isSampled()).isTrue();
        assertThat(parent("00-" + TRACE + "-" + SPAN + "-00").orElseThrow().isSampled())
                .isFalse();
    }

    @Test
    void aHeaderWithoutTellsNothing() {
        assertThat(read("")).isEmpty();
        assertThat(read("tracestate: a=1\r\n")).isEmpty();
    }

    @Test
    void aLaterVersionMaySayMore() {
        assertThat(parent("01-" + TRACE + "-" + SPAN + "-01-what-comes")).isPresent();
        assertThat(parent("cc-" + TRACE + "-" + SPAN + "-01")).isPresent();
        assertThat(parent("01-" + TRACE + "-" + SPAN + "-01.what-comes")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00",
                "ff-" + TRACE + "-" + SPAN + "-01",
                "00-" + TRACE + "-" + SPAN + "-01-more",
                "00-0AF7651916CD43DD8448EB211C80319C-" + SPAN + "-01",
                "00-00000000000000000000000000000000-" + SPAN + "-01",
                "00-" + TRACE + "-0000000000000000-01",
                "00-" + TRACE + "1-" + SPAN + "-01",
                "00-" + TRACE + "-" + SPAN + "-1",
                "00_" + TRACE + "-" + SPAN + "-01"
            })
    void whatBreaksTheRulesIsIgnored(String value) {
        assertThat(parent(value)).isEmpty();
    }

    @Test
    void twoParentsAreNone() {
        assertThat(read("traceparent: " + PARENT + "\r\ntraceparent: " + PARENT + "\r\n"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "=1", "a=", "A=1", "a=1,a=2", "a=1=2", "a=b,c d=1", "9a=1"})
    void aBadStateIsLeftOutAndTheTraceStays(String state) {
        assertThat(read("traceparent: " + PARENT + "\r\ntracestate: " + state + "\r\n"))
                .contains(new TraceContext(TRACE, SPAN, "01", List.of()));
    }

    @Test
    void aStateOfSeveralFieldsIsOneAndBounded() {
        assertThat(read("traceparent: " + PARENT + "\r\ntracestate: a=1,,\r\ntracestate: 1t@v=2 \r\n"))
                .contains(new TraceContext(TRACE, SPAN, "01", List.of("a=1", "1t@v=2")));
        List<String> many = new ArrayList<>();
        for (int i = 0; i < 33; i++) {
            many.add("k" + i + "=1");
        }
        assertThat(read("traceparent: " + PARENT + "\r\ntracestate: " + String.join(",", many) + "\r\n")
                        .orElseThrow()
                        .state())
                .isEmpty();
        String longest = String.join("", Collections.nCopies(200, "x"));
        assertThat(read("traceparent: " + PARENT + "\r\ntracestate: a=" + longest + ",b=" + longest + ",c=" + longest
                                + "\r\n")
                        .orElseThrow()
                        .state())
                .isEmpty();
    }
}
