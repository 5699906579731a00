package org.bridgehead.io.mailstore;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Failovers from copy to copy: what survives is the shipped beginning of the log, and no UID comes twice. */
@Timeout(120)
class FailoverTest {
    @TempDir
    Path folder;

    @BeforeEach
    void expectComplaints() {
        Quiet.expectComplaints();
    }

    @AfterEach
    void complainAgain() {
        Quiet.complainAgain();
    }

    private StoreCopy copy(boolean files, String name) {
        return files ? StoreCopy.inFolder(folder.resolve(name)) : StoreCopy.inMemory();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theSurvivorHasExactlyWhatWasShipped(boolean files) throws IOException {
        for (int unshipped = 0; unshipped <= 10; unshipped++) {
            StoreCopy dead = copy(files, "dead" + unshipped);
            StoreCopy survivor = copy(files, "survivor" + unshipped);
            MailStore dying = Pair.open(dead, Activation.LOSSLESS);
            List<StoredMessage> all = Pair.deliver(dying, 1, 70);
            long shipped = dying.state(Pair.SG1).lastClosed() - unshipped;
            dying.abandon();
            LogShipping.ship(dead, survivor, Pair.SG1, shipped);
            List<StoredMessage> kept = all.stream()
                    .filter(m -> m.position().generation() <= shipped)
                    .toList();
            List<LostDelivery> lost = new ArrayList<>();
            Losses losses = LogShipping.lost(dead, survivor, Pair.SG1, lost::add);
            assertThat(lost)
                    .containsExactlyElementsOf(all.stream()
                            .skip(kept.size())
                            .map(m -> new LostDelivery(m.mailbox(), m.id(), m.received(), m.size()))
                            .toList())
                    .isNotEmpty();
            assertThat(losses.deliveries()).isEqualTo(lost.size());
            Activation told = Pair.afterLoss(dead, survivor).keeping(dying.uidValidity());
            try (MailStore store = Pair.open(survivor, told)) {
                assertThat(store.messages("anna")).isEqualTo(kept);
                assertThat(store.uidValidity()).isEqualTo(dying.uidValidity());
                redeliver(store, all, kept.size());
                assertThat(LogShipping.lost(dead, survivor, Pair.SG1, lost::add).deliveries())
                        .isZero();
            }
        }
    }

    /** The filter knows what survived and nothing of what was lost, and new UIDs are above all that were used. */
    private static void redeliver(MailStore store, List<StoredMessage> all, int kept) throws IOException {
        for (StoredMessage message : all) {
            long id = message.id().low();
            DeliveryResult result = Node.deliver(store, Pair.content(id), Node.state(id, true), Node.ANNA)
                    .get(0);
            assertThat(result instanceof DeliveryResult.Duplicate).isEqualTo(id <= kept);
            if (id > kept) assertThat(Node.stored(result).uid()).isGreaterThan(all.size());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void noUidComesTwiceInRandomLives(boolean files) throws IOException {
        long seed = System.nanoTime();
        System.out.println("FailoverTest seed " + seed + (files ? " in files" : " in memory"));
        Random random = new Random(seed);
        int lives = files ? 4 : 20;
        int[] failovers = new int[1];
        for (int life = 0; life < lives; life++) {
            String name = "life" + life;
            ClusterModel cluster = new ClusterModel(copy(files, name + "a"), copy(files, name + "b"), random);
            try {
                for (int step = 0; step < 150; step++) cluster.step();
                failovers[0] += cluster.failovers();
            } catch (AssertionError e) {
                throw new AssertionError("seed " + seed + ", life " + life, e);
            } finally {
                cluster.close();
            }
        }
        System.out.println("FailoverTest: " + failovers[0] + " lossy failovers");
        assertThat(failovers[0]).isPositive();
    }
}
