package org.bridgehead.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.bridgehead.core.hub.Operation;
import org.bridgehead.core.hub.TrackingEvent;
import org.bridgehead.core.hub.TrackingEvent.Kind;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.mail.EnhancedStatus;
import org.bridgehead.core.mail.Priority;
import org.bridgehead.core.routing.Item;
import org.bridgehead.core.scenario.Fault;
import org.bridgehead.core.scenario.Fault.Action;
import org.bridgehead.core.scenario.Lag;
import org.bridgehead.core.scenario.Letter;
import org.bridgehead.core.scenario.Mishap;
import org.bridgehead.core.scenario.Operate;
import org.bridgehead.core.scenario.Perform;
import org.bridgehead.core.scenario.Poisoned;
import org.bridgehead.core.scenario.Post;
import org.bridgehead.core.scenario.Send;
import org.bridgehead.core.scenario.Slow;
import org.bridgehead.core.scenario.Trouble;
import org.bridgehead.io.config.LoadedTopology;
import org.bridgehead.io.config.TopologyFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Mishaps on the wire, one effect at a time: anna is in Berlin with one hub, bert in Munich with one hub. */
class LockstepTest {
    private static final Instant START = Instant.parse("2007-03-01T08:00:00Z");

    private final Post post = new Post();
    private MailOrganization org;
    private LiveStage stage;

    @BeforeEach
    void start() throws Exception {
        LoadedTopology loaded = TopologyFile.load(Path.of("topologies/minimal.yaml"));
        org = MailOrganization.start(OrganizationConfig.inMemory(loaded.organization(), loaded.folder())
                .inLockstepFrom(START));
        stage = new LiveStage(org);
    }

    @AfterEach
    void stop() {
        org.close();
    }

    private Letter letter() {
        return post.written(new Send(
                        Optional.of(EmailAddress.of("anna@contoso.test")),
                        List.of(EmailAddress.of("bert@contoso.test")),
                        "BER-HT1",
                        false,
                        "subject",
                        "",
                        0,
                        1,
                        Priority.NORMAL,
                        Optional.empty()))
                .get(0);
    }

    private List<Kind> kinds() {
        return stage.events().stream().map(TrackingEvent::event).toList();
    }

    private int received() {
        return org.mailbox("bert@contoso.test").messages().size();
    }

    @Test
    void nothingHappensUntilItsTurn() {
        assertThat(stage.send(letter())).isEmpty();
        assertThat(kinds()).isEmpty();
        stage.perform(new Perform(1));
        assertThat(kinds()).containsExactly(Kind.RECEIVE);
        stage.advance(Duration.ZERO);
        assertThat(kinds()).containsExactly(Kind.RECEIVE, Kind.SEND, Kind.RECEIVE, Kind.DELIVER);
    }

    @Test
    void aLostReplyIsTriedAgainAndArrivesOnce() {
        stage.perform(new Trouble("MUC-HT1", new Mishap.LoseReply(), 1));
        stage.send(letter());
        stage.advance(Duration.ofHours(1));
        assertThat(stage.events().stream()
                        .filter(event -> event.event() == Kind.DEFER)
                        .map(TrackingEvent::status))
                .containsExactly("4.4.2");
        assertThat(kinds().stream().filter(Kind.RECEIVE::equals)).hasSize(2);
        assertThat(kinds().stream().filter(Kind.DUPLICATERECEIVE::equals)).hasSize(1);
        assertThat(kinds().stream().filter(Kind.DUPLICATEDELIVER::equals)).isEmpty();
        assertThat(received()).isEqualTo(1);
    }

    @Test
    void aConnectionLostBeforeTheMessageLeavesNothingBehind() {
        stage.perform(new Trouble("MUC-HT1", new Mishap.LoseConnection(), 1));
        stage.send(letter());
        stage.advance(Duration.ofHours(1));
        assertThat(kinds()).contains(Kind.DEFER);
        assertThat(kinds().stream().filter(Kind.RECEIVE::equals)).hasSize(2);
        assertThat(received()).isEqualTo(1);
    }

    @Test
    void aRefusalIsMetByWhoeverConnectsFirst() {
        Mishap no = new Mishap.RefuseConnection(EnhancedStatus.of("4.3.2"), "not now");
        stage.perform(new Trouble("BER-HT1", no, 1));
        assertThat(stage.send(letter())).hasValue("421 4.3.2 not now");
        assertThat(stage.send(letter())).isEmpty();
    }

    @Test
    void aFullDiskRefusesAtTheDoorAndWhatIsUnderWayIsWrittenLater() {
        stage.send(letter());
        stage.perform(Fault.of(Action.FILL_DISK, new Item(Item.SERVER, "BER-HT1")));
        assertThat(stage.send(letter()).orElseThrow()).startsWith("452 4.3.1");
        stage.advance(Duration.ofMinutes(1));
        assertThat(received()).isEqualTo(1);
        assertThat(org.server("BER-HT1").messages()).isZero();
        stage.perform(Fault.of(Action.FREE_DISK, new Item(Item.SERVER, "BER-HT1")));
        stage.advance(Duration.ofMinutes(1));
        assertThat(stage.send(letter())).isEmpty();
    }

    @Test
    void whatCannotBeSyncedIsRefusedAtTheEndOfTheMessageAndNotKept() {
        Item server = new Item(Item.SERVER, "BER-HT1");
        stage.perform(Fault.of(Action.FAIL_SYNC, server));
        assertThat(stage.send(letter()).orElseThrow()).startsWith("451 4.3.0");
        stage.perform(Fault.of(Action.MEND_SYNC, server));
        stage.advance(Duration.ofMinutes(1));
        assertThat(received()).isZero();
        assertThat(org.server("BER-HT1").messages()).isZero();
        assertThat(stage.send(letter())).isEmpty();
        stage.advance(Duration.ofMinutes(1));
        assertThat(received()).isEqualTo(1);
    }

    @Test
    void aServerThatAnswersLateIsWaitedFor() {
        stage.perform(new Lag("MUC-HT1", Duration.ofMinutes(2)));
        stage.send(letter());
        stage.advance(Duration.ofMinutes(3));
        assertThat(received()).isZero();
        stage.advance(Duration.ofMinutes(2));
        assertThat(received()).isEqualTo(1);
        assertThat(kinds()).doesNotContain(Kind.DEFER);
    }

    @Test
    void poisonCrashesItsServerTwiceAndIsSetAside() {
        stage.perform(new Poisoned("BER-HT1", 2));
        stage.send(letter());
        stage.advance(Duration.ofMillis(500));
        assertThat(org.server("BER-HT1").isRunning()).isFalse();
        stage.advance(Duration.ofMinutes(1));
        assertThat(org.server("BER-HT1").isRunning()).isTrue();
        assertThat(kinds()).containsOnlyOnce(Kind.POISONMESSAGE).doesNotContain(Kind.SEND);
        stage.send(letter());
        stage.advance(Duration.ofMinutes(1));
        assertThat(received()).isEqualTo(1);
        stage.perform(new Operate("BER-HT1", Operation.ResumeQueue.POISON));
        stage.advance(Duration.ofMinutes(1));
        assertThat(received()).isEqualTo(2);
    }

    /** A connection that is open does not outlive the link it leads over. */
    @Test
    void aCutLinkCarriesNothing() {
        stage.send(letter());
        stage.advance(Duration.ofSeconds(1));
        Item link = new Item(Item.LINK, org.topology().links().firstKey());
        stage.perform(Fault.of(Action.CUT, link));
        stage.send(letter());
        stage.advance(Duration.ofSeconds(1));
        assertThat(received()).isEqualTo(1);
        stage.perform(Fault.of(Action.MEND, link));
        stage.advance(Duration.ofMinutes(5));
        assertThat(received()).isEqualTo(2);
    }

    /** DECISIONS 2.1: a site is its servers and its link ends. */
    @Test
    void aLostSiteTakesItsServersWithIt() {
        Item munich = new Item(Item.SITE, "Munich");
        stage.perform(Fault.of(Action.CUT, munich));
        assertThat(org.server("MUC-HT1").isRunning()).isFalse();
        stage.perform(Fault.of(Action.KILL, new Item(Item.SERVER, "MUC-HT1")));
        stage.perform(Fault.of(Action.MEND, munich));
        assertThat(org.server("MUC-HT1").isRunning()).isFalse();
        stage.perform(Fault.of(Action.START, new Item(Item.SERVER, "MUC-HT1")));
        assertThat(org.server("MUC-HT1").isRunning()).isTrue();
    }

    @Test
    void mailboxServersDieAndComeBackAtOnce() {
        String server = org.mailboxServers().get(0);
        for (int i = 0; i < 20; i++) {
            stage.perform(Fault.of(Action.KILL, new Item(Item.SERVER, server)));
            stage.perform(Fault.of(Action.START, new Item(Item.SERVER, server)));
        }
        assertThat(org.server(server).isRunning()).isTrue();
    }

    @Test
    void aSuspendedQueueWaits() {
        stage.send(letter());
        stage.advance(Duration.ZERO);
        stage.perform(new Operate("BER-HT1", new Operation.SuspendQueue("site:Munich")));
        stage.send(letter());
        stage.advance(Duration.ofMinutes(30));
        assertThat(received()).isEqualTo(1);
        stage.perform(new Operate("BER-HT1", new Operation.ResumeQueue("site:Munich")));
        stage.advance(Duration.ZERO);
        assertThat(received()).isEqualTo(2);
    }

    @Test
    void whatOnlySimulationsDoIsRefusedInOneLine() {
        assertThatThrownBy(() -> stage.perform(new Slow("BER-HT1", Duration.ofSeconds(1))))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageStartingWith("this happens in simulations only");
        assertThatThrownBy(() -> stage.perform(Fault.of(Action.LOSE_POWER, new Item(Item.SERVER, "BER-HT1"))))
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void lockstepIsForOneProcessInMemory() {
        OrganizationConfig config =
                OrganizationConfig.inMemory(org.organization(), Path.of("")).inLockstepFrom(START);
        assertThatThrownBy(() -> config.durable(Path.of("data"))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> config.only(List.of("BER-HT1"))).isInstanceOf(IllegalArgumentException.class);
    }
}
