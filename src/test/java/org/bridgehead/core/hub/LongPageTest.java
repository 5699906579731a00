package org.bridgehead.core.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.bridgehead.core.hub.HubTest.NOW;
import static org.bridgehead.core.hub.HubTest.all;
import static org.bridgehead.core.hub.HubTest.mail;
import static org.bridgehead.core.hub.HubTest.only;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.bridgehead.core.mail.Recipient;
import org.bridgehead.core.routing.RoutingTable;
import org.bridgehead.whatif.People;
import org.bridgehead.whatif.Scene;
import org.junit.jupiter.api.Test;

/** A page of many members is worked through in parts, with turns for other mail between them (BEHAVIOUR 2.4). */
class LongPageTest {
    private static final int MEMBERS = 250;

    private final People people = crowd();
    private final Hub hub =
            new Hub(Snapshot.of(RoutingTable.of(Scene.of("A-B 10").topology()), "A1"));

    private static People crowd() {
        People people = new People().mailbox("a", "A-MBX").mailbox("b", "B-MBX");
        String[] members = IntStream.range(0, MEMBERS).mapToObj(i -> "m" + i).toArray(String[]::new);
        for (int i = 0; i < MEMBERS; i++) {
            people.mailbox(members[i], i % 2 == 0 ? "A-MBX" : "B-MBX");
        }
        return people.group("crowd", members);
    }

    private List<HubEffect> answer(List<HubEffect> effects) {
        HubEffect.LookUp lookUp = only(effects, HubEffect.LookUp.class);
        return hub.answered(lookUp.id(), people.ask(lookUp.questions(), lookUp.cursor()), NOW);
    }

    @Test
    void otherMailHasItsTurnBetweenTheParts() {
        List<HubEffect> found = answer(answer(hub.submitted(mail(1, "crowd"), NOW)));
        HubEffect.Pause first = only(found, HubEffect.Pause.class);
        assertThat(all(found, HubEffect.Persist.class)).isEmpty();

        List<HubEffect> other = answer(hub.submitted(mail(2, "b"), NOW));
        assertThat(only(other, HubEffect.Connect.class).target()).isInstanceOf(Target.Peer.class);

        HubEffect.Pause second = only(hub.resumed(first.id(), NOW), HubEffect.Pause.class);
        List<HubEffect> last = hub.resumed(second.id(), NOW);
        assertThat(all(last, HubEffect.Pause.class)).isEmpty();
        assertThat(madeFor(last))
                .containsExactlyElementsOf(IntStream.range(0, MEMBERS)
                        .mapToObj(i -> People.address("m" + i).toString())
                        .toList());
        assertThat(hub.queues()).extracting(QueueView::name).containsExactly("mailbox:A-MBX", "site:B");
    }

    @Test
    void aPauseIsOverOnce() {
        HubEffect.Pause pause = only(answer(answer(hub.submitted(mail(1, "crowd"), NOW))), HubEffect.Pause.class);
        hub.resumed(pause.id(), NOW);
        assertThat(catchThrowable(() -> hub.resumed(pause.id(), NOW)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("pause " + pause.id());
    }

    private static List<String> madeFor(List<HubEffect> effects) {
        List<String> addresses = new ArrayList<>();
        for (SpoolRecord record : only(effects, HubEffect.Persist.class).records()) {
            if (record instanceof SpoolRecord.CopyMade made) {
                for (Recipient recipient : made.recipients()) {
                    addresses.add(recipient.address().toString());
                }
            }
        }
        return addresses;
    }
}
