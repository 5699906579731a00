package org.bridgehead.core.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.bridgehead.core.hub.TrackingEvent;
import org.bridgehead.core.hub.TrackingEvent.Kind;
import org.bridgehead.core.hub.TrackingEvent.Source;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.mail.InternalId;
import org.bridgehead.core.mail.MessageId;
import org.bridgehead.core.mail.TransportId;
import org.junit.jupiter.api.Test;

class EventComparisonTest {
    private static final EmailAddress ANNA = EmailAddress.of("anna@contoso.test");

    private static TrackingEvent event(int world, Kind kind, String message, String next, long bytes, String reason) {
        return event(world, Source.SMTP, kind, message, next, bytes, reason);
    }

    private static TrackingEvent journal(int world, String message) {
        return event(world, Source.AGENT, Kind.RECEIVE, message, "-", world, "journal All on <m>");
    }

    private static TrackingEvent event(
            int world, Source source, Kind kind, String message, String next, long bytes, String reason) {
        return new TrackingEvent(
                Instant.EPOCH.plusSeconds(world),
                kind,
                source,
                "BER-HT1",
                Optional.of("Berlin"),
                new MessageId(message),
                new InternalId(world),
                new TransportId(world, world),
                Optional.of(ANNA),
                List.of(ANNA),
                Optional.of(next),
                1,
                bytes,
                "",
                reason);
    }

    @Test
    void timesIdentitiesAndWordsDoNotCount() {
        assertThat(EventComparison.between(
                        List.of(event(1, Kind.DEFER, "<m>", "site:Munich", 9, "MUC-HT1: 4.4.1 does not answer")),
                        List.of(event(2, Kind.DEFER, "<m>", "site:Munich", 9, "MUC-HT1: 4.4.1 Connection refused"))))
                .isEmpty();
    }

    @Test
    void serversSizesStatusAndOrderCount() {
        TrackingEvent one = event(1, Kind.SEND, "<m>", "MUC-HT1", 9, "");
        TrackingEvent two = event(1, Kind.DEFER, "<m>", "MUC-HT1", 9, "4.4.1 a");
        assertThat(EventComparison.between(List.of(one), List.of(event(1, Kind.SEND, "<m>", "MUC-HT2", 9, ""))))
                .hasSize(1);
        assertThat(EventComparison.between(List.of(one), List.of(event(1, Kind.SEND, "<m>", "MUC-HT1", 8, ""))))
                .hasSize(1);
        assertThat(EventComparison.between(List.of(two), List.of(event(1, Kind.DEFER, "<m>", "MUC-HT1", 9, "4.4.2 a"))))
                .hasSize(1);
        assertThat(EventComparison.text(EventComparison.between(List.of(one, two), List.of(two, one))))
                .contains("<m> to anna@contoso.test at BER-HT1", "    - SEND", "    + SEND", "      DEFER");
    }

    @Test
    void reportsAreMatchedByWhatTheyReportOn() {
        List<TrackingEvent> one = List.of(
                event(1, Kind.DSN, "<a>", "-", 1, "report on <m>"), event(1, Kind.SEND, "<a>", "MUC-HT1", 1, ""));
        List<TrackingEvent> two = List.of(
                event(2, Kind.DSN, "<b>", "-", 2, "report on <m>"), event(2, Kind.SEND, "<b>", "MUC-HT1", 2, ""));
        assertThat(EventComparison.between(one, two)).isEmpty();
        assertThat(EventComparison.between(one, two.subList(0, 1))).hasSize(1);
    }

    @Test
    void journalReportsAreMatchedByWhatTheyAreAbout() {
        TrackingEvent one = journal(1, "<journal-1@x>");
        TrackingEvent two = journal(2, "<journal-2@x>");
        assertThat(EventComparison.between(List.of(one), List.of(two))).isEmpty();
    }
}
