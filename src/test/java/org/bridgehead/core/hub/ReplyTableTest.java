package org.bridgehead.core.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bridgehead.core.hub.HubTest.NOW;
import static org.bridgehead.core.hub.HubTest.all;
import static org.bridgehead.core.hub.HubTest.only;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bridgehead.core.mail.TransferState;
import org.bridgehead.core.queue.QueueStatus;
import org.bridgehead.core.routing.RoutingTable;
import org.bridgehead.core.smtp.Handshake;
import org.bridgehead.core.smtp.Outgoing;
import org.bridgehead.core.smtp.SendAction;
import org.bridgehead.core.smtp.SendConfig;
import org.bridgehead.core.smtp.SendConfig.Credentials;
import org.bridgehead.core.smtp.SendConfig.Protocol;
import org.bridgehead.core.smtp.SendSession;
import org.bridgehead.whatif.People;
import org.bridgehead.whatif.Scene;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of ADR 11, cell by cell: a real session hears the reply, a real hub decides what follows. */
class ReplyTableTest {
    private static final List<String> STAGES =
            List.of("connect", "banner", "EHLO", "AUTH", "MAIL", "RCPT", "DATA", "final dot");
    private static final List<String> REPLIES = List.of("4yz", "5yz", "421", "no answer");

    private final People people =
            new People().mailbox("a", "A-MBX").mailbox("b", "B-MBX").mailbox("b1", "B-MBX");
    private final Hub hub =
            new Hub(Snapshot.of(RoutingTable.of(Scene.of("A-B 10").hubs(2).topology()), "A1"));
    private final StringBuilder sent = new StringBuilder();
    private SendSession session = new SendSession(SendConfig.plain("me.example", Protocol.SMTP));

    static Stream<Arguments> cells() throws Exception {
        List<Arguments> cells = new ArrayList<>();
        for (String line : Files.readAllLines(Path.of("src/adr/0011-what-a-reply-does.md"))) {
            String[] columns = line.split("\\|");
            String stage = columns.length > 1 ? columns[1].strip() : "";
            for (int i = 0; STAGES.contains(stage) && i < REPLIES.size(); i++) {
                String expected = columns[i + 2].strip();
                if (!expected.equals("–")) {
                    cells.add(Arguments.of(stage, REPLIES.get(i), expected));
                }
            }
        }
        assertThat(cells).hasSize(29);
        return cells.stream();
    }

    @ParameterizedTest(name = "{0}, {1}: {2}")
    @MethodSource("cells")
    void cell(String stage, String reply, String expected) {
        HubEffect.Connect first = connecting("b", "b1");
        List<HubEffect> after = attempt(first, stage, reply);
        switch (expected) {
            case "next server", "HELO, then next server" -> {
                assertThat(nextServer(first, after).transmission().state().has(TransferState.Flag.AGAIN))
                        .isFalse();
                assertThat(sent.toString().contains("HELO")).isEqualTo(expected.startsWith("HELO"));
            }
            case "next server, may repeat" ->
                assertThat(nextServer(first, after).transmission().state().has(TransferState.Flag.AGAIN))
                        .isTrue();
            case "defer message" -> {
                assertThat(tracked(after)).containsExactly("DEFER b b1");
                rests(after, "b", "b1");
            }
            case "defer recipient" -> {
                assertThat(tracked(after)).containsExactlyInAnyOrder("TRANSFER b1", "DEFER b");
                rests(after, "b");
            }
            case "bounce message" -> assertThat(tracked(after)).containsExactly("FAIL b", "FAIL b1");
            case "bounce recipient" -> assertThat(tracked(after)).containsExactlyInAnyOrder("TRANSFER b1", "FAIL b");
            default -> throw new IllegalArgumentException("no such consequence: " + expected);
        }
    }

    /** RFC 5321 section 4.5.3.1.10: one recipient a transaction, all on one connection, no wait. */
    @ParameterizedTest
    @MethodSource("tooMany")
    void theRestGoesNext(String refusal) {
        HubEffect.Connect connect = connecting("b", "b1");
        handshake(250);
        HubEffect.Transmit both = transmission(ready(connect));
        hears(session.transmit(outgoing(both), 100));
        hears("250 sender");
        hears("250 one");
        hears(refusal);
        hears("354 go on");
        hears("250 2.0.0 taken");
        List<HubEffect> after = transmitted(connect);
        assertThat(tracked(after)).contains("TRANSFER b");
        assertThat(recipients(transmission(after))).containsExactly("b1");
    }

    static Stream<String> tooMany() {
        return Stream.of("452 too many recipients", "452 4.5.3 too many", "552 too many", "552 5.5.3 too many");
    }

    @Test
    void tooManyWithoutAnybodyTakenIsNoProgress() {
        HubEffect.Connect connect = connecting("b");
        handshake(250);
        hears(session.transmit(outgoing(transmission(ready(connect))), 100));
        hears("250 sender");
        hears("452 4.5.3 too many");
        List<HubEffect> after = transmitted(connect);
        assertThat(tracked(after)).containsExactly("DEFER b");
        rests(after, "b");
    }

    @Test
    void systemTroubleSpeaksOfTheServer() {
        HubEffect.Connect connect = connecting("b");
        handshake(250);
        hears(session.transmit(outgoing(transmission(ready(connect))), 100));
        hears("452 4.3.1 Insufficient system resources");
        nextServer(connect, transmitted(connect));
    }

    @Test
    void whenNobodyCanBeConnectedToTheQueueWaits() {
        HubEffect.Connect first = connecting("b");
        List<HubEffect> after = attempt(first, "banner", "5yz");
        HubEffect.Connect second = only(after, HubEffect.Connect.class);
        session = new SendSession(SendConfig.plain("me.example", Protocol.SMTP));
        after = attempt(second, "connect", "no answer");
        assertThat(all(after, HubEffect.Connect.class)).isEmpty();
        assertThat(hub.queues()).extracting(QueueView::status).contains(QueueStatus.RETRY);
    }

    // ---- the hub's side

    private HubEffect.Connect connecting(String... to) {
        HubEffect.LookUp lookUp = only(hub.submitted(HubTest.mail(1, to), NOW), HubEffect.LookUp.class);
        return only(
                hub.answered(lookUp.id(), people.ask(lookUp.questions(), lookUp.cursor()), NOW),
                HubEffect.Connect.class);
    }

    private List<HubEffect> ready(HubEffect.Connect connect) {
        return hub.connected(connect.connection(), new ConnectOutcome.Ready(), NOW);
    }

    private List<HubEffect> transmitted(HubEffect.Connect connect) {
        return hub.transmitted(connect.connection(), session.outcomes().orElseThrow(), session.usable(), NOW);
    }

    /** Transmitting to the server that is tried next. */
    private HubEffect.Transmit nextServer(HubEffect.Connect before, List<HubEffect> after) {
        assertThat(tracked(after)).noneMatch(event -> event.startsWith("FAIL"));
        HubEffect.Connect next = only(after, HubEffect.Connect.class);
        assertThat(next.target()).isNotEqualTo(before.target());
        return transmission(ready(next));
    }

    /** Nothing goes before its time; then these do. */
    private void rests(List<HubEffect> after, String... to) {
        assertThat(all(after, HubEffect.Connect.class)).isEmpty();
        assertThat(all(after, HubEffect.Transmit.class)).isEmpty();
        assertThat(hub.queues()).extracting(QueueView::status).doesNotContain(QueueStatus.RETRY);
        Instant early = NOW.plus(
                        Snapshot.of(RoutingTable.of(Scene.of("A-B 10").hubs(2).topology()), "A1")
                                .retry()
                                .messageInterval())
                .minusSeconds(1);
        assertThat(all(hub.ticked(early), HubEffect.Transmit.class)).isEmpty();
        List<HubEffect> due = hub.ticked(early.plusSeconds(1));
        List<HubEffect> again = all(due, HubEffect.Transmit.class).isEmpty()
                ? hub.connected(
                        only(due, HubEffect.Connect.class).connection(),
                        new ConnectOutcome.Ready(),
                        early.plusSeconds(1))
                : due;
        assertThat(recipients(transmission(again))).containsExactly(to);
    }

    private static List<String> recipients(HubEffect.Transmit transmit) {
        return transmit.transmission().envelope().recipients().stream()
                .map(recipient -> recipient.address().localPart())
                .toList();
    }

    private static HubEffect.Transmit transmission(List<HubEffect> effects) {
        return only(effects, HubEffect.Transmit.class);
    }

    private static List<String> tracked(List<HubEffect> effects) {
        List<String> events = new ArrayList<>();
        for (HubEffect.Track track : all(effects, HubEffect.Track.class)) {
            StringBuilder event = new StringBuilder(track.event().event().name());
            track.event().recipients().forEach(to -> event.append(' ').append(to.localPart()));
            // How a transfer is called depends on the target; here only that it happened matters.
            events.add(event.toString().replace("SEND ", "TRANSFER "));
        }
        return events;
    }

    // ---- the session's side

    private List<HubEffect> attempt(HubEffect.Connect connect, String stage, String reply) {
        String words = reply.equals("4yz") ? "450 4.2.0 later" : reply.equals("5yz") ? "550 5.2.0 never" : "421 bye";
        int at = STAGES.indexOf(stage);
        if (at < STAGES.indexOf("MAIL")) {
            return hub.connected(connect.connection(), handshakeEnd(stage, reply, words), NOW);
        }
        handshake(250);
        HubEffect.Transmit transmit = transmission(ready(connect));
        hears(session.transmit(outgoing(transmit), 100));
        List<String> answers = List.of("250 sender", "250 first", "250 second", "354 go on");
        int before = stage.equals("MAIL") ? 0 : stage.equals("RCPT") ? 1 : stage.equals("DATA") ? 3 : 4;
        answers.subList(0, before).forEach(this::hears);
        if (reply.equals("no answer")) {
            session.lost("timed out", true);
        } else {
            hears(words);
        }
        if (stage.equals("RCPT") && session.outcomes().isEmpty()) {
            List.of("250 second", "354 go on", "250 2.0.0 taken").forEach(this::hears);
        }
        return transmitted(connect);
    }

    private ConnectOutcome handshakeEnd(String stage, String reply, String words) {
        if (stage.equals("connect")) {
            return new ConnectOutcome.Unreachable("timed out");
        }
        if (stage.equals("AUTH")) {
            session = new SendSession(
                    SendConfig.plain("me.example", Protocol.SMTP).with(new Credentials.Password("me", "secret", true)));
        }
        session.opened();
        if (!stage.equals("banner")) {
            hears("220 peer");
        }
        if (stage.equals("AUTH")) {
            hears("250-peer", "250 AUTH PLAIN");
        }
        if (reply.equals("no answer")) {
            session.lost("timed out", false);
        } else {
            hears(words);
            if (session.handshake().isEmpty()) {
                hears(words); // to HELO
            }
        }
        Handshake end = session.handshake().orElseThrow();
        return end instanceof Handshake.Refused refused
                ? new ConnectOutcome.Refused(refused.status(), refused.reply())
                : new ConnectOutcome.Unreachable(((Handshake.Lost) end).reason());
    }

    private void handshake(int code) {
        session.opened();
        hears("220 peer");
        hears(code + " peer");
        assertThat(session.handshake()).containsInstanceOf(Handshake.Ready.class);
    }

    private void hears(String... lines) {
        byte[] octets = (String.join("\r\n", lines) + "\r\n").getBytes(StandardCharsets.UTF_8);
        hears(session.received(octets, 0, octets.length));
    }

    private void hears(List<SendAction> actions) {
        for (SendAction action : actions) {
            if (action instanceof SendAction.Write write) {
                sent.append(new String(write.octets(), StandardCharsets.UTF_8));
            } else if (action instanceof SendAction.WriteBody) {
                sent.append("(body)");
            }
        }
    }

    private static Outgoing outgoing(HubEffect.Transmit transmit) {
        return new Outgoing(transmit.transmission().envelope(), Optional.empty(), false, false);
    }
}
