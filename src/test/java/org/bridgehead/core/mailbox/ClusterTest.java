package org.bridgehead.core.mailbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.bridgehead.core.topology.MailboxRole.Replication;
import org.junit.jupiter.api.Test;

/** What a cluster logs, remembers and refuses; which node it chooses is in {@link QuorumTablesTest}. */
class ClusterTest {
    static final Instant NOW = Instant.parse("2007-12-01T09:00:00Z");

    private final Cluster cluster = Cluster.started(Servers.CCR, NOW);

    private List<String> words() {
        return cluster.log().stream().map(ClusterLogEntry::words).toList();
    }

    @Test
    void eachVoteActivationAndStopIsLogged() {
        cluster.cut(List.of(new Wire("A", "B"), new Wire("a", "w")), NOW.plusSeconds(5));
        assertThat(words())
                .containsExactly(
                        "A, B and the witness on W vote: 3 of 3 votes, 2 needed",
                        "B is passive",
                        "A is active",
                        "B and the witness on W vote: 2 of 3 votes, 2 needed",
                        "A stops its cluster service: 1 of 3 votes, 2 needed; out of reach: B, the witness on W",
                        "B takes over from A");
        assertThat(cluster.log().get(4))
                .returns(NOW.plusSeconds(5), ClusterLogEntry::at)
                .returns(1177, ClusterLogEntry::eventId)
                .returns("A", ClusterLogEntry::node);
        assertThat(cluster.status().get(0).why()).startsWith("1 of 3 votes");
    }

    @Test
    void theReasonForStayingStoppedIsLoggedWhenItChanges() {
        cluster.cut("A", "B", NOW);
        assertThat(words())
                .last()
                .isEqualTo("B stops its cluster service: 1 of 3 votes, 2 needed;" + " the witness on W is with A");
        cluster.nodeDown("A", NOW);
        assertThat(cluster.log().get(cluster.log().size() - 1))
                .returns(1561, ClusterLogEntry::eventId)
                .returns(
                        "B stays stopped: 1 of 3 votes, 2 needed; the witness on W knows membership 2, B only 1",
                        ClusterLogEntry::words);
        cluster.witnessDown(NOW);
        assertThat(cluster.log().get(cluster.log().size() - 1))
                .returns(1573, ClusterLogEntry::eventId)
                .returns(
                        "B stays stopped: 1 of 3 votes, 2 needed; out of reach: A, the witness on W",
                        ClusterLogEntry::words);
        long before = cluster.logged();
        cluster.cut("B", "W", NOW);
        assertThat(cluster.logged()).isEqualTo(before);
    }

    @Test
    void theLogKeepsTheLastThousand() {
        for (int i = 0; i < 1000; i++) {
            cluster.nodeDown("B", NOW.plusSeconds(i));
            cluster.nodeUp("B", NOW.plusSeconds(i));
        }
        assertThat(cluster.log()).hasSize(1000);
        assertThat(cluster.logged()).isEqualTo(3 + 4 * 1000);
        assertThat(cluster.log().get(999).at()).isEqualTo(NOW.plusSeconds(999));
    }

    @Test
    void aRestartForgetsNothing() {
        cluster.nodeDown("B", NOW);
        cluster.down(List.of("A", "W"), NOW);
        Cluster again = Cluster.off(Servers.CCR, cluster.memory());
        again.up(List.of("B", "W"), NOW);
        assertThat(again.active()).isEmpty();
        again.nodeUp("A", NOW);
        assertThat(again.active()).contains("A");
    }

    @Test
    void namesCompareInAnyLetterCaseAndAreKnown() {
        cluster.nodeDown("a", NOW);
        assertThat(cluster.state("A")).isEqualTo(NodeState.DOWN);
        assertThat(cluster.active()).contains("B");
        assertThat(cluster.joins("b", "w")).isTrue();
        assertThatThrownBy(() -> cluster.nodeDown("C", NOW))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("C is no node");
    }

    @Test
    void oneNodeNeedsNobody() {
        for (var role : List.of(Servers.ALONE, Servers.LCR)) {
            Cluster alone = Cluster.started(role, NOW);
            alone.witnessDown(NOW);
            assertThat(alone.active()).contains("A");
            alone.nodeDown("A", NOW);
            assertThat(alone.active()).isEmpty();
            assertThat(alone.state("A")).isEqualTo(NodeState.DOWN);
            alone.nodeUp("A", NOW);
            assertThat(alone.active()).contains("A");
        }
    }

    @Test
    void aPairHasTwoNodes() {
        var wrong = Servers.role(Replication.CCR, Optional.empty(), "A");
        assertThatThrownBy(() -> Cluster.started(wrong, NOW)).hasMessage("ccr with 1 node(s)");
    }

    @Test
    void aHandoffNeedsTwoMembersAndHealthyCopies() {
        ClusterOrders orders = cluster.orders();
        var even = Servers.group(LogReplication.even(7));
        assertThat(orders.handoffRefusal("A", even)).contains("A hosts the mailboxes already");
        assertThat(orders.handoffRefusal(
                        "B", Servers.group(LogReplication.even(7).suspended("backup"))))
                .contains("SG1: the copy is suspended (backup)");
        assertThat(orders.handoffRefusal(
                        "B", Servers.group(LogReplication.even(7).failed("log 8 is broken"))))
                .contains("SG1: the copy is failed (log 8 is broken)");
        var behind = Servers.group(LogReplication.even(7).closedLog().wrote());
        assertThat(orders.handoffRefusal("B", behind)).isEmpty();
        assertThat(orders.handoff("B", behind, NOW)).contains("SG1 lacks 2 logs: ship what remains first");
        assertThat(words()).last().isEqualTo("handoff of B refused: SG1 lacks 2 logs: ship what remains first");
        assertThat(cluster.active()).contains("A");

        assertThat(orders.handoff("b", even, NOW)).isEmpty();
        assertThat(cluster.active()).contains("B");
        assertThat(cluster.log())
                .filteredOn(entry -> entry.eventId() == 100)
                .extracting(ClusterLogEntry::words)
                .containsExactly("A hands over to B, no log lost");

        cluster.nodeDown("A", NOW);
        assertThat(orders.handoffRefusal("A", even)).contains("A is down: only a passive node takes over");
        cluster.witnessDown(NOW);
        assertThat(orders.handoffRefusal("A", even))
                .contains("no node hosts the mailboxes: nothing can be handed over without loss");
    }

    @Test
    void whoHostsTheMailboxesIsNotEvicted() {
        ClusterOrders orders = cluster.orders();
        assertThat(orders.evict("A", NOW)).contains("A hosts the mailboxes: hand them over first");
        assertThat(orders.rejoin("B", NOW))
                .contains("B was not evicted: it joins by itself once it reaches the cluster");
        assertThat(orders.evict("B", NOW)).isEmpty();
        assertThat(orders.evict("B", NOW)).contains("B is evicted already");
        assertThat(cluster.status().get(0).votes()).isEqualTo(new Quorum(1, 1, 1));
        cluster.cut("A", "B", NOW);
        assertThat(orders.rejoin("B", NOW)).contains("B does not reach A");
        cluster.mend("A", "B", NOW);
        assertThat(orders.rejoin("B", NOW)).isEmpty();
        assertThat(cluster.status().get(1).votes()).isEqualTo(new Quorum(3, 2, 3));
        cluster.down(List.of("A", "W"), NOW);
        assertThat(orders.evict("A", NOW))
                .contains("the cluster does not run: without quorum its members cannot be changed");
    }

    @Test
    void onlyThePassiveCopyIsSeeded() {
        ClusterOrders orders = cluster.orders();
        assertThat(orders.reseedRefusal("B")).isEmpty();
        assertThat(orders.reseedRefusal("A")).contains("A hosts the mailboxes: only the passive copy is seeded");
        cluster.nodeDown("B", NOW);
        assertThat(orders.reseedRefusal("B")).contains("B is down: bring it into the cluster first");
        cluster.nodeDown("A", NOW);
        assertThat(orders.reseedRefusal("B")).contains("no node hosts the mailboxes: there is nothing to seed from");
        assertThat(Cluster.started(Servers.SCC, NOW).orders().reseedRefusal("B"))
                .contains("replication scc has no copy to seed");
        assertThat(Cluster.started(Servers.LCR, NOW).orders().reseedRefusal("A"))
                .isEmpty();
    }

    @Test
    void aServerWithMailboxesStays() {
        assertThat(ClusterOrders.removalRefusal(0)).isEmpty();
        assertThat(ClusterOrders.removalRefusal(1)).contains("1 mailbox is on it: move or delete first");
        assertThat(ClusterOrders.removalRefusal(42)).contains("42 mailboxes are on it: move or delete first");
    }
}
