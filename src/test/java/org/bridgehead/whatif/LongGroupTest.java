package org.bridgehead.whatif;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bridgehead.whatif.Scene.leftOvers;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.bridgehead.core.hub.TrackingEvent;
import org.bridgehead.core.hub.TrackingEvent.Kind;
import org.bridgehead.core.mail.EmailAddress;
import org.junit.jupiter.api.Test;

/** Groups whose pages are met in parts (ADR 19), and whose members share ways. */
class LongGroupTest {
    private static final int MEMBERS = 250;

    private static List<String> members() {
        return IntStream.range(0, MEMBERS).mapToObj(i -> "m" + i).toList();
    }

    /** A page of 250 members, in chunks of 60; two of three have their mailboxes in B. */
    private static Scene scene(String link) {
        return Scene.of(link).chunk(60).people(people -> {
            members().forEach(member -> people.mailbox(member, member.hashCode() % 3 == 0 ? "A-MBX" : "B-MBX"));
            return people.group("all", members().toArray(new String[0]));
        });
    }

    /** Pauses included: so many steps come before the first mail leaves and while chunks are made. */
    @Test
    void aCrashAfterAnyStepLosesNobody() {
        for (boolean power : new boolean[] {false, true}) {
            boolean more = true;
            for (int at = 0; more; at++) {
                VirtualOrganization org = scene("A-B 10").start();
                Scene.send(org, "A1", "a", "all");
                int steps = at;
                while (steps > 0 && org.step()) {
                    steps--;
                }
                more = steps == 0;
                if (power) {
                    org.losePower("A1");
                } else {
                    org.crash("A1");
                }
                org.restart("A1");
                org.advance(Duration.ofHours(1));
                int step = at;
                assertThat(members())
                        .allSatisfy(member -> assertThat(Scene.received(org, member))
                                .as("%s, crash after step %d", member, step)
                                .isEqualTo(1));
                assertThat(leftOvers(org)).isEmpty();
            }
        }
    }

    /** Runs of members share one refusal as they share one way: each of them is told of. */
    @Test
    void everybodyBehindALinkTooSmallIsReported() {
        VirtualOrganization org = scene("A-B 10 500").start();
        Scene.send(org, "A1", "a", "all");
        org.advance(Duration.ofHours(1));
        List<EmailAddress> failed = Scene.events(org, Kind.FAIL).stream()
                .map(TrackingEvent::recipients)
                .flatMap(List::stream)
                .toList();
        assertThat(failed).isNotEmpty().doesNotHaveDuplicates();
        assertThat(members())
                .allSatisfy(member -> assertThat(
                                Scene.received(org, member) + (failed.contains(People.address(member)) ? 1 : 0))
                        .as(member)
                        .isEqualTo(1));
    }
}
