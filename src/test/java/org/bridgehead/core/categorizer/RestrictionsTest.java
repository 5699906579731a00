package org.bridgehead.core.categorizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bridgehead.core.categorizer.Run.to;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.bridgehead.core.directory.DirectoryEntry.Contact;
import org.bridgehead.core.directory.DirectoryEntry.DistributionGroup;
import org.bridgehead.core.directory.DirectoryEntry.Mailbox;
import org.bridgehead.core.directory.ReportTo;
import org.bridgehead.core.directory.Restrictions;
import org.bridgehead.core.topology.DatabaseRef;
import org.bridgehead.whatif.People;
import org.junit.jupiter.api.Test;

/** Who may write to whom, and how much (BEHAVIOUR 2.3, 2.4). */
class RestrictionsTest {
    private final People people = new People()
            .mailbox("anna", "MBX1", "a.old")
            .mailbox("bert", "MBX1")
            .mailbox("carl", "MBX1");

    private static Restrictions only(String... names) {
        return new Restrictions(List.of(names), List.of(), false);
    }

    private static Restrictions never(String... names) {
        return new Restrictions(List.of(), List.of(names), false);
    }

    private void box(String name, Restrictions restrictions) {
        Mailbox plain = Mailbox.of(name, People.address(name), new DatabaseRef("MBX1", "SG1", "DB1"));
        people.with(new Mailbox(
                name,
                plain.addresses(),
                plain.database(),
                Optional.empty(),
                false,
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalInt.empty(),
                restrictions));
    }

    private void limited(String name, OptionalLong octets, OptionalInt recipients) {
        people.with(new Mailbox(
                name,
                List.of(People.address(name)),
                new DatabaseRef("MBX1", "SG1", "DB1"),
                Optional.empty(),
                false,
                OptionalLong.empty(),
                octets,
                recipients,
                Restrictions.NONE));
    }

    private void closed(String name, Restrictions restrictions, String... members) {
        people.with(
                new DistributionGroup(
                        name,
                        List.of(People.address(name)),
                        Optional.empty(),
                        ReportTo.ORIGINATOR,
                        Optional.empty(),
                        restrictions),
                members);
    }

    private Run run(Run.Request request) {
        return Run.of(request, people);
    }

    private boolean isTaken(Run.Request request) {
        Run run = run(request);
        assertThat(run.leaves().size() + run.refused().size()).isEqualTo(1);
        if (!run.refused().isEmpty()) {
            assertThat(run.refused()).containsExactly("0 5.7.1");
            assertThat(run.of(Finding.Refused.class).get(0).reason()).startsWith("RESOLVER.RST.NotAuthorized");
        }
        return run.refused().isEmpty();
    }

    @Test
    void listsNameSendersByNameOrAddressInAnyCase() {
        box("boss", only("ANNA", "friend@fabrikam.test"));
        assertThat(isTaken(to("boss").from("anna"))).isTrue();
        assertThat(isTaken(to("boss").from("A.Old")))
                .as("another address of hers")
                .isTrue();
        assertThat(isTaken(to("boss").from("bert"))).isFalse();
        assertThat(isTaken(to("boss").from("Friend@Fabrikam.test").anonymous())).isTrue();
        box("shy", never("bert"));
        assertThat(isTaken(to("shy").from("anna"))).isTrue();
        assertThat(isTaken(to("shy").from("bert"))).isFalse();
    }

    @Test
    void theFirstPassAsksForNoMembers() {
        people.group("staff", "carl");
        box("boss", only("staff", "anna"));
        run(to("boss").from("anna"));
        assertThat(people.asked()).as("sender and recipient in one page").isEqualTo(1);
    }

    @Test
    void groupsInListsStandForTheirMembersHoweverDeep() {
        people.group("inner", "carl", "outer").group("outer", "bert", "inner");
        box("boss", only("outer"));
        box("shy", never("outer"));
        assertThat(isTaken(to("boss").from("carl"))).isTrue();
        assertThat(isTaken(to("boss").from("anna"))).isFalse();
        assertThat(isTaken(to("shy").from("carl"))).isFalse();
        assertThat(isTaken(to("shy").from("anna"))).isTrue();
    }

    @Test
    void rejectingGoesBeforeAccepting() {
        people.group("staff", "anna", "bert");
        box("boss", new Restrictions(List.of("staff"), List.of("bert"), false));
        assertThat(isTaken(to("boss").from("anna"))).isTrue();
        assertThat(isTaken(to("boss").from("bert"))).isFalse();
    }

    @Test
    void aStrangerWhoSaysToBeAnnaIsNotBelieved() {
        box("boss", only("anna"));
        box("shy", never("anna"));
        assertThat(isTaken(to("boss").from("anna").anonymous())).isFalse();
        assertThat(isTaken(to("shy").from("anna").anonymous())).isFalse();
        assertThat(isTaken(to("shy").from("bert").anonymous())).isTrue();
    }

    @Test
    void aContactStandsForTheAddressItPointsAt() {
        people.contact("pat", "pat@fabrikam.test");
        box("boss", only("pat"));
        assertThat(isTaken(to("boss").from("pat@fabrikam.test").anonymous())).isTrue();
        assertThat(isTaken(to("boss").from("eve@fabrikam.test").anonymous())).isFalse();
    }

    @Test
    void reportsAndThePostmasterReachEverybody() {
        box("boss", new Restrictions(List.of("anna"), List.of("bert"), true));
        assertThat(run(to("boss").report().anonymous()).leaves()).containsExactly("0 boss MBX1");
        assertThat(run(to("boss").from("postmaster")).leaves()).containsExactly("0 boss MBX1");
        assertThat(run(to("boss").from("postmaster").anonymous()).refused()).containsExactly("0 5.7.1");
    }

    @Test
    void whatAHubBeforeDecidedIsNotDecidedAgain() {
        box("boss", only("anna"));
        assertThat(run(to("boss").from("bert").resolved()).leaves()).containsExactly("0 boss MBX1");
        assertThat(people.asked()).isEqualTo(1);
    }

    @Test
    void aRefusedMemberIsInACopyOfItsOwnWithTheReason() {
        box("boss", only("anna"));
        people.group("all", "boss", "bert");
        assertThat(run(to("all").from("bert")).chunks)
                .extracting(chunk -> chunk.members().size()
                        + chunk.treatment()
                                .refusal()
                                .map(no -> " " + no.status())
                                .orElse(""))
                .containsExactlyInAnyOrder("1 5.7.1", "1");
    }

    @Test
    void membersAndGroupsInGroupsHaveTheirRestrictionsToo() {
        people.group("staff", "bert");
        box("boss", only("staff"));
        closed("board", only("staff"), "carl");
        people.with(new Contact(
                "pat", List.of(People.address("pat")), People.address("pat@fabrikam.test"), never("staff")));
        people.group("all", "boss", "board", "pat", "anna");
        assertThat(run(to("all").from("bert")).memberWords())
                .containsExactlyInAnyOrder("boss MBX1", "carl MBX1", "pat 5.7.1", "anna MBX1");
        assertThat(run(to("all").from("anna")).memberWords())
                .containsExactlyInAnyOrder("boss 5.7.1", "board 5.7.1", "pat@fabrikam.test outside", "anna MBX1");
    }

    @Test
    void aListIsSearchedOnceForAMessage() {
        String[] names = IntStream.range(0, 50).mapToObj(i -> "m" + i).toArray(String[]::new);
        people.group("staff", "carl");
        for (String name : names) {
            box(name, only("staff"));
        }
        people.group("all", names);
        assertThat(run(to("all").from("anna")).memberWords()).hasSize(50).allMatch(word -> word.endsWith("5.7.1"));
        assertThat(people.asked()).as("sender and group; members; list; staff").isEqualTo(4);
    }

    @Test
    void aLongListIsLeftAsSoonAsTheSenderIsMet() {
        String[] names = IntStream.range(0, 3_000).mapToObj(i -> "m" + i).toArray(String[]::new);
        for (String name : names) {
            people.mailbox(name, "MBX1");
        }
        people.group("staff", names).pages(100);
        box("boss", only("staff"));
        assertThat(isTaken(to("boss").from("m150"))).isTrue();
        assertThat(people.asked()).as("two pages of thirty").isEqualTo(1 + 1 + 2);
    }

    @Test
    void anAbsentDirectoryPutsTheDecisionOff() {
        people.group("staff", "carl");
        box("boss", only("staff"));
        for (int failures = 0; failures < 5; failures++) {
            people.unavailable(failures);
            Run run = run(to("boss").from("carl"));
            assertThat(run.unavailable).isEqualTo(failures);
            assertThat(run.leaves()).containsExactly("0 boss MBX1");
        }
    }

    @Test
    void theSendersLimitsRefuseTheWholeMessageOnTheFirstHubAlone() {
        limited("tiny", OptionalLong.of(999), OptionalInt.empty());
        limited("few", OptionalLong.empty(), OptionalInt.of(2));
        Run big = run(to("anna", "x@fabrikam.test").from("tiny"));
        assertThat(big.refused()).containsExactly("0 5.2.3", "1 5.2.3");
        assertThat(big.leaves()).isEmpty();
        assertThat(big.of(Finding.Refused.class).get(0).reason()).startsWith("RESOLVER.RST.SendSizeLimit");
        Run many = run(to("anna", "bert", "carl").from("few"));
        assertThat(many.refused()).containsExactly("0 5.5.3", "1 5.5.3", "2 5.5.3");
        assertThat(many.of(Finding.Refused.class).get(0).reason())
                .isEqualTo("RESOLVER.ADR.RecipLimit; too many recipients");
        assertThat(run(to("anna", "bert").from("few")).leaves()).hasSize(2);
        assertThat(run(to("anna", "bert", "carl").from("few").later()).leaves()).hasSize(3);
        assertThat(run(to("anna").from("tiny").anonymous()).leaves())
                .as("whoever that was")
                .hasSize(1);
        people.group("all", "anna", "bert", "carl");
        assertThat(run(to("all", "anna").from("few")).leaves())
                .as("a group counts once")
                .hasSize(1);
    }
}
