package org.bridgehead.core.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bridgehead.core.hub.HubTest.NOW;
import static org.bridgehead.core.hub.HubTest.all;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bridgehead.core.mail.BodyRef;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.mail.EnhancedStatus;
import org.bridgehead.core.mail.Envelope;
import org.bridgehead.core.mail.Facts;
import org.bridgehead.core.mail.HeaderFacts;
import org.bridgehead.core.mail.InternalId;
import org.bridgehead.core.mail.MessageId;
import org.bridgehead.core.mail.Recipient;
import org.bridgehead.core.mail.RecipientOutcome;
import org.bridgehead.core.mail.TransferState;
import org.bridgehead.core.mail.TransportId;
import org.bridgehead.core.routing.RoutingTable;
import org.bridgehead.core.topology.ConnectionLimits;
import org.bridgehead.core.topology.Settings;
import org.bridgehead.whatif.People;
import org.bridgehead.whatif.Scene;
import org.junit.jupiter.api.Test;

/** Next hops share the connections of a hub: none that is dead or busy keeps them all. */
class ConnectionRoomTest {
    private static final RecipientOutcome TAKEN = new RecipientOutcome.Delivered("2.0.0 ok");

    private final People people = new People().mailbox("a", "A-MBX");
    private Hub hub = hub(new ConnectionLimits(10, 20, 20), 0);
    private int messages;

    /** A hub with a smart host of its own for each of {@code hops} domains hop0.test, hop1.test, … */
    private static Hub hub(ConnectionLimits limits, int hops) {
        Scene scene = Scene.of("A-B 10")
                .settings(s -> new Settings(
                        s.name(),
                        s.acceptedDomains(),
                        s.routing(),
                        s.limits(),
                        s.retry(),
                        s.edgeRetry(),
                        limits,
                        s.dumpster(),
                        s.secretFile()));
        for (int i = 0; i < hops; i++) {
            scene.smartHosts("Hop" + i, "hop" + i + ".test", "A1", "host" + i);
        }
        return new Hub(Snapshot.of(RoutingTable.of(scene.topology()), "A1"));
    }

    /** Hands in a message and answers the directory; what it leads to. */
    private List<HubEffect> send(int hop) {
        int id = ++messages;
        SpoolRecord.Accepted mail = new SpoolRecord.Accepted(
                new InternalId(id),
                Envelope.of(
                        Optional.of(People.address("a")),
                        List.of(Recipient.of(EmailAddress.of("x@hop" + hop + ".test")))),
                new Facts(
                        TransferState.fresh(new TransportId(0, id), NOW, 1000, Optional.of("a")),
                        new HeaderFacts(new MessageId("<" + id + "@x>"), "", 0, false, false, Optional.empty()),
                        NOW,
                        "test"),
                new BodyRef("body" + id, 1000));
        List<HubEffect> effects = new ArrayList<>();
        for (HubEffect.LookUp asked : all(hub.submitted(mail, NOW), HubEffect.LookUp.class)) {
            effects.addAll(hub.answered(asked.id(), people.ask(asked.questions(), asked.cursor()), NOW));
        }
        return effects;
    }

    private static List<String> connects(List<HubEffect> effects) {
        return all(effects, HubEffect.Connect.class).stream()
                .map(connect -> connect.target().displayName())
                .toList();
    }

    private static HubEffect.Connect connect(List<HubEffect> effects) {
        return HubTest.only(effects, HubEffect.Connect.class);
    }

    private List<HubEffect> opened(HubEffect.Connect connect) {
        return hub.connected(connect.connection(), new ConnectOutcome.Ready(), NOW);
    }

    @Test
    void nextHopsThatDoNotAnswerHaveHalfOfTheConnections() {
        hub = hub(new ConnectionLimits(10, 20, 20), 101);
        int connections = 0;
        for (int letter = 0; letter < 30; letter++) {
            for (int hop = 1; hop <= 100; hop++) {
                connections += connects(send(hop)).size();
            }
        }
        assertThat(connections).isEqualTo(5);
        assertThat(hub.connections()).isEqualTo(5);
        assertThat(hub.messages()).isEqualTo(3000);
    }

    @Test
    void whoAnsweredGoesOnBesideThem() {
        hub = hub(new ConnectionLimits(10, 20, 1), 101);
        List<HubEffect> sent = opened(connect(send(0)));
        for (int hop = 1; hop <= 100; hop++) {
            send(hop);
        }
        for (int letter = 0; letter < 50; letter++) {
            HubEffect.Transmit transmit = HubTest.only(sent, HubEffect.Transmit.class);
            List<HubEffect> more = new ArrayList<>(send(0));
            more.addAll(hub.transmitted(transmit.connection(), List.of(TAKEN), true, NOW));
            List<HubEffect.Connect> mine = all(more, HubEffect.Connect.class).stream()
                    .filter(connect -> connect.target().displayName().startsWith("host0"))
                    .toList();
            assertThat(mine).as("letter %d", letter).hasSize(1);
            sent = opened(mine.get(0));
        }
    }

    /** Before, a queue that found no room was looked at again only when another message came for it. */
    @Test
    void whoFoundNoRoomIsServedWhenAConnectionEnds() {
        hub = hub(new ConnectionLimits(2, 20, 1), 3);
        HubEffect.Connect one = connect(send(0));
        assertThat(connects(send(1))).as("one is being opened, that is half").isEmpty();
        List<HubEffect> effects = opened(one);
        HubEffect.Transmit first = HubTest.only(effects, HubEffect.Transmit.class);
        HubEffect.Connect two = connect(effects);
        assertThat(two.target().displayName()).startsWith("host1");
        HubEffect.Transmit second = HubTest.only(opened(two), HubEffect.Transmit.class);
        assertThat(connects(send(2))).isEmpty();
        assertThat(connects(send(0))).isEmpty();
        effects = hub.transmitted(first.connection(), List.of(TAKEN), true, NOW);
        assertThat(connects(effects)).as("who waited longer").containsExactly("host2");
        opened(connect(effects));
        effects = hub.transmitted(second.connection(), List.of(TAKEN), true, NOW);
        assertThat(connects(effects)).containsExactly("host0");
    }

    @Test
    void aConnectionKeptWithoutWorkGivesWay() {
        hub = hub(new ConnectionLimits(1, 20, 20), 2);
        HubEffect.Connect one = connect(send(0));
        HubEffect.Transmit first = HubTest.only(opened(one), HubEffect.Transmit.class);
        hub.transmitted(first.connection(), List.of(TAKEN), true, NOW);
        assertThat(hub.connections()).as("kept a while").isEqualTo(1);
        List<HubEffect> effects = send(1);
        assertThat(all(effects, HubEffect.Close.class)).containsExactly(new HubEffect.Close(one.connection()));
        assertThat(connects(effects)).containsExactly("host1");
    }

    /** A server that takes two connections and says 421 to a third is not asked for it with each message. */
    @Test
    void aNextHopHasAsManyConnectionsAsItTakes() {
        hub = hub(new ConnectionLimits(100, 20, 1000), 1);
        for (int letter = 0; letter < 200; letter++) {
            play(send(0));
        }
        List<HubEffect> effects = new ArrayList<>();
        while (!pending.isEmpty()) {
            effects.addAll(hub.transmitted(pending.remove(0).connection(), List.of(TAKEN), true, NOW));
            play(effects);
            effects.clear();
        }
        assertThat(hub.messages()).isZero();
        assertThat(refusals).as("one for ten messages").isBetween(10, 22);
    }

    private final List<HubEffect.Transmit> pending = new ArrayList<>();
    private int open;
    private int refusals;

    private void play(List<HubEffect> effects) {
        pending.addAll(all(effects, HubEffect.Transmit.class));
        for (HubEffect.Connect connect : all(effects, HubEffect.Connect.class)) {
            if (open < 2) {
                open++;
                play(opened(connect));
            } else {
                refusals++;
                play(hub.connected(
                        connect.connection(),
                        new ConnectOutcome.Refused(EnhancedStatus.of("4.3.2"), "421 4.3.2 too many connections"),
                        NOW));
            }
        }
    }
}
