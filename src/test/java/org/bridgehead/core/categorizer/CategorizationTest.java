package org.bridgehead.core.categorizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bridgehead.core.categorizer.Run.to;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.bridgehead.core.directory.Answer;
import org.bridgehead.core.directory.Directory;
import org.bridgehead.core.directory.Page;
import org.bridgehead.core.directory.Question;
import org.bridgehead.whatif.People;
import org.junit.jupiter.api.Test;

/** What recipients stand for, by the rules of BEHAVIOUR 2.2 and 2.4. */
class CategorizationTest {
    private final People people = new People()
            .mailbox("anna", "MBX1", "a.anderson", "anna.old")
            .mailbox("bert", "MBX2")
            .mailbox("carl", "MBX3");

    private Run run(Run.Request request) {
        return Run.of(request, people);
    }

    @Test
    void anAliasIsRewrittenToThePrimaryAddressAndKeptInOrcpt() {
        Run run = run(to("a.anderson"));
        assertThat(run.leaves()).containsExactly("0 anna MBX1");
        assertThat(run.of(Finding.Leaf.class).get(0).recipient().orcpt()).contains("rfc822;a.anderson@contoso.test");
        assertThat(run.of(Finding.Resolved.class))
                .containsExactly(new Finding.Resolved(People.address("a.anderson"), People.address("anna")));
    }

    @Test
    void thePrimaryAddressInOtherLettersIsNoAlias() {
        Run run = run(to("ANNA"));
        assertThat(run.leaves()).containsExactly("0 anna MBX1");
        assertThat(run.of(Finding.Resolved.class)).isEmpty();
    }

    @Test
    void unknownAndAmbiguousRecipientsAreRefusedAlone() {
        people.mailbox("twin1", "MBX1", "twin").mailbox("twin2", "MBX1", "twin");
        Run run = run(to("nobody", "twin", "bert"));
        assertThat(run.refused()).containsExactly("0 5.1.1", "1 5.1.4");
        assertThat(run.leaves()).containsExactly("2 bert MBX2");
    }

    @Test
    void domainsDecideWhatBecomesOfUnknownAddresses() {
        people.mailbox("pia", "MBX1", "pia@partner.test");
        Run run = run(to("x@partner.test", "pia@partner.test", "x@legacy.test", "x@fabrikam.test"));
        assertThat(run.leaves())
                .containsExactly(
                        "2 x@legacy.test outside",
                        "3 x@fabrikam.test outside",
                        "0 x@partner.test outside",
                        "1 pia MBX1");
        assertThat(people.asked()).isEqualTo(1);
    }

    @Test
    void contactsAreFollowedAndChainsOfThemToo() {
        people.contact("out", "joe@fabrikam.test").contact("in", "bert").contact("chain", "in");
        Run run = run(to("out", "chain"));
        assertThat(run.leaves()).containsExactlyInAnyOrder("0 joe@fabrikam.test outside", "1 bert MBX2");
        assertThat(run.of(Finding.Redirected.class)).hasSize(3);
    }

    @Test
    void forwardingReplacesOrAdds() {
        people.forwarding("only", "MBX1", "bert", false).forwarding("both", "MBX1", "carl", true);
        assertThat(run(to("only")).leaves()).containsExactly("0 bert MBX2");
        Run both = run(to("both"));
        assertThat(both.leaves()).isEmpty();
        assertThat(both.memberWords()).containsExactly("both MBX1", "carl MBX3");
        assertThat(both.expanded).containsExactly(0);
    }

    @Test
    void w22ForwardingInACircleIsRefusedOrDeliveredToAll() {
        people.forwarding("x", "MBX1", "y", false).forwarding("y", "MBX1", "x", false);
        people.forwarding("p", "MBX1", "q", true).forwarding("q", "MBX1", "p", true);
        Run broken = run(to("x"));
        assertThat(broken.refused()).containsExactly("0 5.4.6");
        assertThat(broken.of(Finding.Refused.class).get(0).reason()).endsWith("forwarding leads back: x > y > x");
        Run harmless = run(to("p"));
        assertThat(harmless.memberWords()).containsExactly("p MBX1", "q MBX1");
        assertThat(harmless.of(Finding.Duplicate.class)).hasSize(1);
    }

    @Test
    void aCircleBehindAGroupIsReportedToo() {
        people.forwarding("x", "MBX1", "y", false)
                .forwarding("y", "MBX1", "x", false)
                .group("g", "x", "bert");
        assertThat(run(to("g")).memberWords()).containsExactly("bert MBX2", "x 5.4.6");
    }

    @Test
    void groupsAreExpandedDeeplyAndEachMemberOnce() {
        people.group("inner", "bert", "carl").group("outer", "anna", "inner", "bert");
        Run run = run(to("outer"));
        assertThat(run.memberNames()).containsExactly("anna", "bert", "carl");
        assertThat(run.of(Finding.Expanding.class))
                .extracting(Finding.Expanding::name)
                .containsExactly("outer", "inner");
        assertThat(run.of(Finding.Duplicate.class))
                .containsExactly(new Finding.Duplicate(People.address("bert"), false, "already a recipient"));
        assertThat(run.expanded).containsExactly(0);
    }

    @Test
    void w21WhoIsReachedTwiceGetsOneCopyAndAnEvent() {
        people.group("b", "carl").group("a", "b", "carl");
        Run run = run(to("a"));
        assertThat(run.memberNames()).containsExactly("carl");
        assertThat(run.of(Finding.Duplicate.class))
                .containsExactly(new Finding.Duplicate(People.address("carl"), false, "already a recipient"));
    }

    @Test
    void aRecipientReachedByForwardingIsARedirectedDuplicate() {
        people.forwarding("only", "MBX1", "bert", false).group("g", "bert", "only");
        Finding bert = new Finding.Duplicate(People.address("bert"), true, "already a recipient");
        assertThat(run(to("bert", "only")).of(Finding.Duplicate.class)).containsExactly((Finding.Duplicate) bert);
        assertThat(run(to("g")).of(Finding.Duplicate.class)).containsExactly((Finding.Duplicate) bert);
    }

    @Test
    void aGroupOfNobodyIsFound() {
        people.group("none");
        Run run = run(to("none"));
        assertThat(run.of(Finding.Empty.class)).containsExactly(new Finding.Empty(People.address("none")));
        assertThat(run.expanded).containsExactly(0);
    }

    @Test
    void aGroupThatWasDeletedMeanwhileBounces() {
        people.group("g", "anna");
        Directory gone = (questions, from) -> questions.get(0) instanceof Question.MembersOf members
                ? new Page(List.of(new Answer.NotFound(members.group())), Optional.empty())
                : people.ask(questions, from);
        assertThat(Run.of(to("g"), gone).memberWords()).containsExactly("g 5.2.4");
    }

    @Test
    void whoWasRefusedDirectlyDoesNotBounceAgainAsAMember() {
        people.closedGroup("closed", "anna").group("g", "closed", "bert");
        Run run = run(to("closed", "g").anonymous());
        assertThat(run.refused()).containsExactly("0 5.7.1");
        assertThat(run.memberNames()).containsExactly("bert");
        assertThat(run.of(Finding.Duplicate.class)).hasSize(1);
    }

    @Test
    void groupsThatContainEachOtherEnd() {
        people.group("g1", "anna", "g2").group("g2", "bert", "g1");
        Run run = run(to("g1"));
        assertThat(run.memberNames()).containsExactly("anna", "bert");
        assertThat(run.of(Finding.Duplicate.class)).hasSize(1);
    }

    @Test
    void aDirectRecipientWhoIsAMemberTooGetsOneCopy() {
        people.group("g", "anna", "bert");
        Run run = run(to("g", "anna"));
        assertThat(run.leaves()).containsExactly("1 anna MBX1");
        assertThat(run.memberNames()).containsExactly("bert");
    }

    @Test
    void theSamePersonUnderTwoAddressesGetsOneCopy() {
        Run run = run(to("anna", "anna.old", "A.Anderson"));
        assertThat(run.leaves()).containsExactly("0 anna MBX1");
        assertThat(run.dropped).containsExactly(1, 2);
    }

    @Test
    void aGroupOfAnotherExpansionServerGoesThereWhole() {
        people.group("far", Optional.of("HUB9"), List.of("bert")).group("near", "anna", "far");
        Run run = run(to("far", "near"));
        assertThat(run.leaves()).containsExactly("0 far at HUB9");
        assertThat(run.memberNames()).containsExactly("anna");
        Run nested = run(to("near"));
        assertThat(nested.memberWords()).containsExactly("anna MBX1", "far at HUB9");
        assertThat(nested.chunks.get(0).expanded()).containsExactly("near");
        assertThat(run(to("far").at("hub9")).memberNames()).containsExactly("bert");
    }

    @Test
    void aGroupExpandedOnTheWayIsNotEnteredAgain() {
        people.group("far", Optional.of("HUB9"), List.of("bert", "near")).group("near", "anna", "far");
        Run run = run(to("far").at("HUB9").expandedBefore("near"));
        assertThat(run.memberNames()).containsExactly("bert");
    }

    @Test
    void membersThatCannotBeReachedBounceOneByOne() {
        people.mailbox("tiny", "MBX1", Optional.empty(), false, OptionalLong.of(10), false)
                .contact("dead", "nobody")
                .closedGroup("closed", "anna")
                .group("g", "tiny", "dead", "bert", "closed", "ghost");
        Run run = run(to("g").anonymous());
        assertThat(run.memberWords()).containsExactly("tiny 5.2.3", "bert MBX2", "closed 5.7.1", "nobody 5.1.1");
        assertThat(run.of(Finding.Lost.class)).containsExactly(new Finding.Lost(People.address("g"), "ghost"));
    }

    @Test
    void closedRecipientsRefuseStrangersOnly() {
        people.closedGroup("closed", "anna");
        assertThat(run(to("closed").anonymous()).refused()).containsExactly("0 5.7.1");
        assertThat(run(to("closed")).memberNames()).containsExactly("anna");
    }

    @Test
    void mailTooBigForItsRecipientIsRefused() {
        people.mailbox("tiny", "MBX1", Optional.empty(), false, OptionalLong.of(999), false, "small")
                .group("g", "tiny");
        assertThat(run(to("tiny")).refused()).containsExactly("0 5.2.3");
        Run both = run(to("small", "g"));
        assertThat(both.refused()).containsExactly("0 5.2.3");
        assertThat(both.members).as("told once").isEmpty();
    }

    @Test
    void anAbsentDirectoryIsAskedAgainAndNothingIsLost() {
        people.group("g", "anna", "bert", "carl").pages(1);
        for (int failures = 0; failures < 6; failures++) {
            people.unavailable(failures);
            Run run = run(to("g", "carl"));
            assertThat(run.unavailable).isEqualTo(failures);
            assertThat(run.memberNames()).containsExactly("anna", "bert");
            assertThat(run.leaves()).containsExactly("1 carl MBX3");
        }
    }

    @Test
    void membersComeInChunks() {
        String[] names = IntStream.range(0, 10).mapToObj(i -> "m" + i).toArray(String[]::new);
        for (String name : names) {
            people.mailbox(name, "MBX1");
        }
        people.group("ten", names);
        Run run = run(to("ten").chunk(3));
        assertThat(run.chunks).extracting(chunk -> chunk.members().size()).containsExactly(3, 3, 3, 1);
        assertThat(run.memberNames()).containsExactly(names);
    }

    @Test
    void afterACrashTheWalkIsRepeatedWithoutTheDurableMembers() {
        String[] names = IntStream.range(0, 10).mapToObj(i -> "m" + i).toArray(String[]::new);
        for (String name : names) {
            people.mailbox(name, "MBX1");
        }
        people.group("ten", names);
        Run run = run(to("ten").chunk(3).already("m0", "m1", "m2", "m3", "m4", "m5"));
        assertThat(run.memberNames()).containsExactly("m6", "m7", "m8", "m9");
        assertThat(run.of(Finding.Duplicate.class)).isEmpty();
        assertThat(run.expanded).containsExactly(0);
    }

    @Test
    void afterACrashAForwardIsFollowedThoughItsMailboxIsDurable() {
        people.forwarding("both", "MBX1", "carl", true).group("g", "both");
        assertThat(run(to("g").already("both")).memberNames()).containsExactly("carl");
        assertThat(run(to("both").already("both")).memberNames()).containsExactly("carl");
    }

    @Test
    void whatIsSettledOnlyCountsAsSeen() {
        people.group("g", "anna", "bert");
        Run run = run(to("anna", "g", "carl").open(1));
        assertThat(run.leaves()).isEmpty();
        assertThat(run.memberNames()).containsExactly("bert");
        Run alias = run(to("anna", "anna.old").open(1));
        assertThat(alias.leaves()).isEmpty();
        assertThat(alias.dropped).containsExactly(1);
    }

    @Test
    void resolvedRecipientsAreLookedUpAndNotForwardedAgain() {
        people.forwarding("only", "MBX1", "bert", false);
        assertThat(run(to("only", "joe@fabrikam.test").resolved()).leaves())
                .containsExactly("1 joe@fabrikam.test outside", "0 only MBX1");
    }

    @Test
    void aHundredRecipientsAreAskedForTwentyAtATime() {
        String[] names = IntStream.range(0, 100).mapToObj(i -> "m" + i).toArray(String[]::new);
        for (String name : names) {
            people.mailbox(name, "MBX1");
        }
        assertThat(run(to(names).later()).leaves()).hasSize(100);
        assertThat(people.asked()).isEqualTo(5);
        assertThat(run(to(names)).leaves()).hasSize(100);
        assertThat(people.asked()).as("and who the sender is").isEqualTo(5 + 6);
    }
}
