package org.bridgehead.io.mailstore;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeMap;
import org.bridgehead.core.directory.DirectoryEntry;

/**
 * Two copies of a server's logs and a naive model of what should be in them: a list of everything that was done, each
 * with the generation that it went to.
 */
final class ClusterModel implements Closeable {
    private final Random random;
    private StoreCopy active;
    private StoreCopy passive;
    private MailStore store;
    private final long uidValidity;
    private final List<DirectoryEntry.Mailbox> users = new ArrayList<>(Node.USERS);
    private boolean passiveIsPart = true;
    private long nextId;
    private int failovers;
    private List<Done> done = new ArrayList<>();
    /** What clients ever saw under a UID. */
    private final Map<String, Long> seen = new TreeMap<>();

    /** A delivery, or the removal of one. */
    private record Done(StoredMessage message, boolean removal, long generation) {}

    ClusterModel(StoreCopy active, StoreCopy passive, Random random) throws IOException {
        this.active = active;
        this.passive = passive;
        this.random = random;
        this.store = Pair.open(active, Activation.LOSSLESS);
        this.uidValidity = store.uidValidity();
    }

    int failovers() {
        return failovers;
    }

    void step() throws IOException {
        int what = random.nextInt(102);
        if (what < 60) deliver();
        else if (what < 70) remove();
        else if (what < 80) ship();
        else if (what < 84) restart(random.nextBoolean());
        else if (what < 88) handOff();
        else if (what < 94) failOver();
        else if (what < 100) rejoin();
        else move();
        if (what >= 80) check();
    }

    /** To a database of the other storage group; what is in the mailbox stays where it is. */
    private void move() {
        int which = random.nextInt(users.size());
        DirectoryEntry.Mailbox user = users.get(which);
        boolean first = user.database().storageGroup().equals(Pair.SG1);
        users.set(which, Node.mailbox(user.name(), first ? "SG2" : Pair.SG1, first ? "DB3" : "DB1"));
    }

    private void deliver() throws IOException {
        for (int i = random.nextInt(6); i >= 0; i--) {
            DirectoryEntry.Mailbox user = users.get(random.nextInt(3));
            byte[] octets = Node.random(random, random.nextInt(100) == 0 ? 5_000 : random.nextInt(600));
            StoredMessage message = Node.stored(Node.deliver(store, octets, Node.state(++nextId, false), user)
                    .get(0));
            done.add(new Done(message, false, message.position().generation()));
            assertThat(seen.put(user.name() + message.uid(), nextId))
                    .as("UID %d of %s was used before", message.uid(), user.name())
                    .isNull();
        }
    }

    private void remove() throws IOException {
        List<StoredMessage> there =
                store.messages(Node.USERS.get(random.nextInt(3)).name());
        if (there.isEmpty()) return;
        StoredMessage gone = there.get(random.nextInt(there.size()));
        store.delete(List.of(gone));
        done.add(new Done(gone, true, store.state(gone.storageGroup()).open()));
    }

    private void ship() throws IOException {
        if (!passiveIsPart) return;
        for (String group : Pair.BOTH) {
            long upTo = store.state(group).lastClosed() - random.nextInt(3);
            assertThat(LogShipping.ship(active, passive, group, upTo).refusal()).isEmpty();
        }
    }

    private void restart(boolean crash) throws IOException {
        if (crash) store.abandon();
        else store.close();
        store = Pair.open(active, Activation.LOSSLESS);
    }

    private void handOff() throws IOException {
        if (!passiveIsPart) return;
        store.close();
        for (String group : Pair.BOTH) {
            assertThat(LogShipping.shipOpen(active, passive, group).refusal()).isEmpty();
        }
        swap();
        store = Pair.open(active, Activation.LOSSLESS);
    }

    private void failOver() throws IOException {
        if (!passiveIsPart) return;
        failovers++;
        store.abandon();
        swap();
        checkLost();
        forgetLost();
        store = Pair.open(active, Pair.afterLoss(passive, active).keeping(uidValidity));
        passiveIsPart = false;
    }

    /** The returning node is reseeded from where it differs, or as a whole; twice is as good as once. */
    private void rejoin() throws IOException {
        for (String group : Pair.BOTH) {
            OptionalLong from = LogShipping.divergence(passive, active, group);
            long generation = random.nextInt(4) == 0 ? 1 : from.orElse(Long.MAX_VALUE);
            assertThat(LogShipping.reseed(passive, active, group, generation).refusal())
                    .isEmpty();
            Map<Long, String> expected = Pair.octets(active, group);
            expected.remove(store.state(group).open());
            assertThat(Pair.octets(passive, group).equals(expected)).isTrue();
        }
        passiveIsPart = true;
    }

    private void swap() {
        StoreCopy other = active;
        active = passive;
        passive = other;
    }

    private void checkLost() throws IOException {
        for (String group : Pair.BOTH) {
            List<LostDelivery> expected = new ArrayList<>();
            long deletions = 0;
            for (Done each : done) {
                if (survives(each) || !each.message().storageGroup().equals(group)) continue;
                StoredMessage m = each.message();
                if (each.removal()) deletions++;
                else expected.add(new LostDelivery(m.mailbox(), m.id(), m.received(), m.size()));
            }
            List<LostDelivery> lost = new ArrayList<>();
            int batch = 1 + random.nextInt(20);
            Losses losses = new LossReport(passive.storage(group), active.storage(group), batch, lost::add).run();
            assertThat(lost).isEqualTo(expected);
            assertThat(losses.deletions()).isEqualTo(deletions);
            assertThat(losses.unreadableOctets()).isZero();
        }
    }

    private boolean survives(Done each) throws IOException {
        return each.generation() <= Pair.last(active, each.message().storageGroup());
    }

    private void forgetLost() throws IOException {
        List<Done> kept = new ArrayList<>();
        for (Done each : done) {
            if (survives(each)) kept.add(each);
        }
        done = kept;
    }

    private void check() throws IOException {
        assertThat(store.uidValidity()).isEqualTo(uidValidity);
        assertThat(store.torn()).isEmpty();
        for (DirectoryEntry.Mailbox user : Node.USERS) {
            Map<Long, StoredMessage> expected = new TreeMap<>();
            for (Done each : done) {
                if (!each.message().mailbox().equals(user.name())) continue;
                if (each.removal()) expected.remove(each.message().uid());
                else expected.put(each.message().uid(), each.message());
            }
            assertThat(store.messages(user.name())).containsExactlyElementsOf(expected.values());
        }
    }

    @Override
    public void close() throws IOException {
        store.close();
    }
}
