package org.bridgehead.core.categorizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bridgehead.core.categorizer.Run.to;

import java.util.List;
import java.util.OptionalLong;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.topology.JournalRule;
import org.bridgehead.core.topology.JournalRule.Scope;
import org.bridgehead.core.topology.TransportRule;
import org.bridgehead.core.topology.TransportRule.Conditions;
import org.bridgehead.whatif.People;
import org.junit.jupiter.api.Test;

/** Which recipients go on record: each where it is resolved, after the rules, and nowhere else (BEHAVIOUR 2.1). */
class JournalsTest {
    private final People people = new People()
            .mailbox("anna", "MBX1")
            .mailbox("bert", "MBX1")
            .mailbox("carl", "MBX1")
            .group("team", "anna", "bert");

    private static JournalRule journal(Scope scope, List<String> of, List<String> memberOf) {
        return new JournalRule("J", scope, of, memberOf, EmailAddress.of("archive@contoso.test"));
    }

    private List<String> chunks(Run.Request request) {
        return Run.of(request, people).chunks.stream().map(Run::words).toList();
    }

    @Test
    void everybodyIsOnRecordOnce() {
        JournalRule all = journal(Scope.GLOBAL, List.of(), List.of());
        assertThat(chunks(to("team", "carl", "x@fabrikam.test").journaledBy(all)))
                .containsExactly("[] [J] x@fabrikam.test carl anna bert");
        assertThat(chunks(to("carl").resolved().journaledBy(all)))
                .as("the hub that resolved him has done that")
                .isEmpty();
        assertThat(chunks(to("carl").report().journaledBy(all))).as("no report").isEmpty();
    }

    @Test
    void scopesLookAtBothEnds() {
        JournalRule inside = journal(Scope.INTERNAL, List.of(), List.of());
        JournalRule outside = journal(Scope.EXTERNAL, List.of(), List.of());
        assertThat(chunks(to("carl", "x@fabrikam.test").journaledBy(inside))).containsExactly("[] [J] carl");
        assertThat(chunks(to("carl", "x@fabrikam.test").journaledBy(outside)))
                .containsExactly("[] [J] x@fabrikam.test");
        assertThat(chunks(to("carl").from("x@fabrikam.test").anonymous().journaledBy(inside)))
                .isEmpty();
        assertThat(chunks(to("carl").from("x@fabrikam.test").anonymous().journaledBy(outside)))
                .containsExactly("[] [J] carl");
    }

    @Test
    void oneEndOfTheMailIsNamed() {
        JournalRule carl = journal(Scope.GLOBAL, List.of("carl@contoso.test"), List.of());
        assertThat(chunks(to("carl", "anna").journaledBy(carl))).containsExactly("[] [J] carl");
        assertThat(chunks(to("anna").from("carl").journaledBy(carl))).containsExactly("[] [J] anna");
        JournalRule team = journal(Scope.GLOBAL, List.of(), List.of("team"));
        assertThat(chunks(to("carl", "anna").journaledBy(team))).containsExactly("[] [J] anna");
        assertThat(chunks(to("carl").from("bert").journaledBy(team))).containsExactly("[] [J] carl");
    }

    @Test
    void rulesComeFirst() {
        TransportRule away = new TransportRule(
                "R",
                new Conditions(
                        List.of(),
                        List.of(),
                        List.of("anna@contoso.test"),
                        List.of(),
                        List.of(),
                        List.of(),
                        OptionalLong.empty()),
                Conditions.NONE,
                new TransportRule.Redirect(People.address("carl")));
        assertThat(chunks(to("anna").under(away).journaledBy(journal(Scope.GLOBAL, List.of(), List.of()))))
                .containsExactly("[] [J] carl");
    }
}
