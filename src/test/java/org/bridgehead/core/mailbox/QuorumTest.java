package org.bridgehead.core.mailbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bridgehead.core.topology.MailboxNode;
import org.bridgehead.core.topology.MailboxRole;
import org.bridgehead.core.topology.MailboxRole.MountDial;
import org.bridgehead.core.topology.MailboxRole.Replication;
import org.bridgehead.core.topology.StorageGroup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuorumTest {
    private static MailboxRole role(Replication replication, String nodes, String witness) {
        return new MailboxRole(
                replication,
                Stream.of(nodes.split(" ")).map(MailboxNode::embedded).toList(),
                Optional.of(witness).filter(name -> !name.equals("-")),
                MountDial.BEST_AVAILABILITY,
                List.of(new StorageGroup("SG1", List.of("DB1"))));
    }

    /** Kind, nodes, witness, who is down; votes, needed, up, may it run, does the next failure stop it. */
    @ParameterizedTest
    @CsvSource({
        "CCR,  A B, W, -,     3, 2, 3, true,  false",
        "CCR,  A B, W, A,     3, 2, 2, true,  true",
        "CCR,  A B, W, B,     3, 2, 2, true,  true",
        "CCR,  A B, W, W,     3, 2, 2, true,  true",
        "CCR,  A B, W, A W,   3, 2, 1, false, false",
        "CCR,  A B, W, A B,   3, 2, 1, false, false",
        "CCR,  A B, W, A B W, 3, 2, 0, false, false",
        "CCR,  A B, -, -,     2, 2, 2, true,  true",
        "CCR,  A B, -, B,     2, 2, 1, false, false",
        "SCC,  A B, -, A,     2, 1, 1, true,  true",
        "SCC,  A B, -, A B,   2, 1, 0, false, false",
        "LCR,  A,   -, -,     1, 1, 1, true,  true",
        "NONE, A,   -, A,     1, 1, 0, false, false"
    })
    void aMajorityOfNodesAndWitness(
            Replication kind,
            String nodes,
            String witness,
            String down,
            int votes,
            int needed,
            int up,
            boolean held,
            boolean noMarginLeft) {
        List<String> lost = List.of(down.split(" "));
        Quorum quorum = Quorum.of(role(kind, nodes, witness), n -> !lost.contains(n), w -> !lost.contains(w));
        assertThat(quorum).isEqualTo(new Quorum(votes, needed, up));
        assertThat(quorum.held()).isEqualTo(held);
        assertThat(quorum.noMarginLeft()).isEqualTo(noMarginLeft);
    }

    @Test
    void moreVotesThanThereAreAreRefused() {
        assertThatThrownBy(() -> new Quorum(3, 2, 4)).hasMessageContaining("4 of 3 votes");
    }
}
