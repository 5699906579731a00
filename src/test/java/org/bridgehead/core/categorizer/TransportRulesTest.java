package org.bridgehead.core.categorizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bridgehead.core.categorizer.Run.to;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.bridgehead.core.mail.EnhancedStatus;
import org.bridgehead.core.topology.TransportRule;
import org.bridgehead.core.topology.TransportRule.Action;
import org.bridgehead.core.topology.TransportRule.Conditions;
import org.bridgehead.core.topology.TransportRule.HeaderWords;
import org.bridgehead.whatif.People;
import org.junit.jupiter.api.Test;

/** Rules about mail in transport: which recipients they hold for, and what they do (BEHAVIOUR 2.1, W19). */
class TransportRulesTest {
    private static final Action REJECT = new TransportRule.Reject(EnhancedStatus.of("5.7.905"), "not that");
    private static final Action TO_CARL = new TransportRule.Redirect(People.address("carl"));
    private static final Action AND_CARL = new TransportRule.AddRecipient(People.address("carl"));

    private final People people = new People()
            .mailbox("anna", "MBX1", "a.old")
            .mailbox("bert", "MBX1")
            .mailbox("carl", "MBX1")
            .group("team", "anna", "bert");

    private static TransportRule rule(Conditions when, Conditions except, Action action) {
        return new TransportRule("Rule", when, except, action);
    }

    private static TransportRule rule(Conditions when, Action action) {
        return rule(when, Conditions.NONE, action);
    }

    private static final List<String> ANY = List.of();

    private static Conditions of(List<String> from, List<String> memberOf, List<String> to, List<String> toMemberOf) {
        return new Conditions(from, memberOf, to, toMemberOf, ANY, List.of(), OptionalLong.empty());
    }

    private static Conditions from(String... patterns) {
        return of(List.of(patterns), ANY, ANY, ANY);
    }

    private static Conditions memberOf(String... groups) {
        return of(ANY, List.of(groups), ANY, ANY);
    }

    private static Conditions recipient(String... patterns) {
        return of(ANY, ANY, List.of(patterns), ANY);
    }

    private static Conditions recipientIn(String... groups) {
        return of(ANY, ANY, ANY, List.of(groups));
    }

    private static Conditions subject(String... words) {
        return new Conditions(ANY, ANY, ANY, ANY, List.of(words), List.of(), OptionalLong.empty());
    }

    private static Conditions header(String field, String... words) {
        List<HeaderWords> header = List.of(new HeaderWords(field, List.of(words)));
        return new Conditions(ANY, ANY, ANY, ANY, ANY, header, OptionalLong.empty());
    }

    private static Conditions largerThan(long octets) {
        return new Conditions(ANY, ANY, ANY, ANY, ANY, List.of(), OptionalLong.of(octets));
    }

    private Run run(Run.Request request) {
        return Run.of(request, people);
    }

    private boolean isRejected(Run.Request request) {
        Run run = run(request);
        assertThat(run.leaves().size() + run.members.size()).isEqualTo(1);
        return run.memberWords().equals(List.of("anna 5.7.905"));
    }

    @Test
    void aRuleWithoutConditionsHoldsForAll() {
        Run run = run(to("team", "x@fabrikam.test").under(rule(Conditions.NONE, REJECT)));
        assertThat(run.memberWords()).containsExactly("x@fabrikam.test 5.7.905", "anna 5.7.905", "bert 5.7.905");
        assertThat(run.leaves()).isEmpty();
        assertThat(run.expanded).as("settled once their fate is durable").containsExactly(1, 0);
        assertThat(run.of(Finding.Ruled.class)).hasSize(3);
    }

    @Test
    void conditionsSelect() {
        TransportRule sender = rule(from("bert@contoso.test", "*@Fabrikam.test"), REJECT);
        assertThat(isRejected(to("anna").from("bert").under(sender))).isTrue();
        assertThat(isRejected(to("anna").from("x@fabrikam.test").anonymous().under(sender)))
                .isTrue();
        assertThat(isRejected(to("anna").from("carl").under(sender))).isFalse();
        TransportRule subject = rule(subject("secret", "top"), REJECT);
        assertThat(isRejected(to("anna").about("My SECRET").under(subject))).isTrue();
        assertThat(isRejected(to("anna").about("My lunch").under(subject))).isFalse();
        TransportRule size = rule(largerThan(1000), REJECT);
        assertThat(isRejected(to("anna").size(1001).under(size))).isTrue();
        assertThat(isRejected(to("anna").size(1000).under(size))).isFalse();
        TransportRule recipient = rule(recipient("anna@contoso.test"), REJECT);
        assertThat(isRejected(to("a.old").under(recipient))).as("once resolved").isTrue();
        assertThat(run(to("bert").under(recipient)).leaves()).containsExactly("0 bert MBX1");
    }

    @Test
    void membersOfGroupsAreFoundHoweverDeep() {
        people.group("outer", "team");
        TransportRule rule = rule(memberOf("outer"), REJECT);
        assertThat(isRejected(to("anna").from("bert").under(rule))).isTrue();
        assertThat(isRejected(to("anna").from("carl").under(rule))).isFalse();
        assertThat(isRejected(to("anna").from("bert").anonymous().under(rule)))
                .as("whoever that was")
                .isFalse();
    }

    @Test
    void fieldsOfTheHeaderSelect() {
        TransportRule words = rule(header("X-Class", "secret", "private"), REJECT);
        assertThat(isRejected(to("anna").with("x-class", "Very Secret").under(words)))
                .isTrue();
        assertThat(isRejected(to("anna").with("X-Class", "open").under(words))).isFalse();
        assertThat(isRejected(to("anna").with("X-Other", "secret").under(words)))
                .isFalse();
        TransportRule any = rule(header("List-Id"), REJECT);
        assertThat(isRejected(to("anna").with("List-Id", "").under(any))).isTrue();
        assertThat(isRejected(to("anna").under(any))).isFalse();
        TransportRule but = rule(Conditions.NONE, header("List-Id"), REJECT);
        assertThat(isRejected(to("anna").with("List-Id", "x").under(but))).isFalse();
    }

    @Test
    void recipientsAreFoundInGroupsHoweverDeep() {
        people.group("outer", "team").contact("guest", "guest@fabrikam.test").group("mixed", "guest", "carl");
        TransportRule rule = rule(recipientIn("outer", "mixed"), REJECT);
        assertThat(isRejected(to("a.old").from("carl").under(rule)))
                .as("once resolved")
                .isTrue();
        assertThat(run(to("guest").under(rule)).memberWords()).containsExactly("guest@fabrikam.test 5.7.905");
        people.mailbox("dora", "MBX1");
        assertThat(run(to("dora").under(rule)).leaves()).containsExactly("0 dora MBX1");
        TransportRule but = rule(Conditions.NONE, recipientIn("outer"), REJECT);
        assertThat(run(to("anna", "dora").under(but)).memberWords()).containsExactly("dora 5.7.905");
    }

    @Test
    void whatChangesTheOctetsParts() {
        TransportRule mark =
                new TransportRule("Mark", recipientIn("team"), Conditions.NONE, new TransportRule.SetHeader(List.of()));
        TransportRule text = new TransportRule(
                "Text", recipient("*@fabrikam.test"), Conditions.NONE, new TransportRule.Disclaimer("Who we are"));
        TransportRule all = new TransportRule(
                "All", from("carl@contoso.test"), Conditions.NONE, new TransportRule.Disclaimer("Hi"));
        Run run = run(to("anna", "x@fabrikam.test", "bert", "carl").under(mark, text, all));
        assertThat(run.leaves()).containsExactly("3 carl MBX1");
        assertThat(run.chunks)
                .extracting(Run::words)
                .containsExactlyInAnyOrder("[Mark] anna bert", "[Text] x@fabrikam.test");
        Run more = run(to("anna", "x@fabrikam.test", "carl").from("carl").under(mark, text, all));
        assertThat(more.chunks)
                .extracting(Run::words)
                .containsExactlyInAnyOrder("[Mark, All] anna", "[Text, All] x@fabrikam.test", "[All] carl");
    }

    @Test
    void whoeverARuleNamesGetsTheMessageAsItCame() {
        TransportRule mark =
                new TransportRule("Mark", Conditions.NONE, Conditions.NONE, new TransportRule.SetHeader(List.of()));
        Run run = run(to("anna").under(mark, rule(Conditions.NONE, TO_CARL)));
        assertThat(run.chunks).extracting(Run::words).containsExactly("[] carl");
    }

    @Test
    void oneExceptionIsEnough() {
        for (Conditions but : List.of(from("bert@contoso.test"), memberOf("team"), subject("lunch"), largerThan(5))) {
            TransportRule rule = rule(Conditions.NONE, but, REJECT);
            assertThat(isRejected(to("anna").from("bert").about("lunch").under(rule)))
                    .isFalse();
        }
        TransportRule rule = rule(Conditions.NONE, memberOf("team"), REJECT);
        assertThat(isRejected(to("anna").from("carl").under(rule))).isTrue();
        Run run = run(to("team").under(rule(Conditions.NONE, recipient("*@contoso.test"), REJECT)));
        assertThat(run.memberNames()).containsExactly("anna", "bert");
    }

    @Test
    void anotherOneGetsItInstead() {
        Run run = run(to("anna", "bert").under(rule(recipient("anna@contoso.test"), TO_CARL)));
        assertThat(run.leaves()).containsExactly("1 bert MBX1");
        assertThat(run.memberWords()).containsExactly("carl MBX1");
        assertThat(run.expanded).containsExactly(0);
        Run all = run(to("team").under(rule(Conditions.NONE, TO_CARL)));
        assertThat(all.memberWords()).as("once, and not in a circle").containsExactly("carl MBX1");
        assertThat(all.of(Finding.Duplicate.class))
                .containsExactly(new Finding.Duplicate(People.address("carl"), true, "already a recipient"));
    }

    @Test
    void anotherOneGetsItToo() {
        TransportRule rule = rule(Conditions.NONE, AND_CARL);
        assertThat(run(to("team").under(rule)).memberWords()).containsExactly("anna MBX1", "bert MBX1", "carl MBX1");
        Run again = run(to("team").under(rule).ruledBy("rule"));
        assertThat(again.memberNames()).as("a hub before has done that").containsExactly("anna", "bert");
        assertThat(run(to("anna").under(rule).already("anna")).memberNames())
                .as("a crash before carl was durable")
                .containsExactly("carl");
    }

    @Test
    void theFirstRuleThatKeepsMailAwayIsTheLast() {
        TransportRule first = new TransportRule("1", Conditions.NONE, Conditions.NONE, AND_CARL);
        TransportRule second = new TransportRule("2", Conditions.NONE, Conditions.NONE, REJECT);
        TransportRule third = new TransportRule("3", Conditions.NONE, Conditions.NONE, TO_CARL);
        Run run = run(to("anna").under(first, second, third));
        assertThat(run.of(Finding.Ruled.class))
                .extracting(found -> found.rule().name())
                .containsExactly("1", "2");
        assertThat(run.memberWords()).containsExactlyInAnyOrder("anna 5.7.905", "carl MBX1");
    }

    @Test
    void w19LimitsComeBeforeRules() {
        people.mailbox("tiny", "MBX1", Optional.empty(), false, OptionalLong.of(35), false);
        Run run = run(to("tiny").size(45).under(rule(largerThan(40), REJECT)));
        assertThat(run.refused()).containsExactly("0 5.2.3");
        assertThat(run.of(Finding.Ruled.class)).isEmpty();
    }

    @Test
    void reportsAndResolvedMailAreSubjectToNone() {
        TransportRule rule = rule(Conditions.NONE, REJECT);
        assertThat(isRejected(to("anna").report().under(rule))).isFalse();
        assertThat(isRejected(to("anna").resolved().under(rule))).isFalse();
    }

    @Test
    void aGroupExpandedElsewhereIsLeftToThatHub() {
        people.group("far", Optional.of("HUB9"), List.of("anna"));
        TransportRule rule = rule(Conditions.NONE, REJECT);
        assertThat(run(to("far").under(rule)).leaves()).containsExactly("0 far at HUB9");
        assertThat(run(to("far").under(rule).at("HUB9")).memberWords()).containsExactly("anna 5.7.905");
    }
}
