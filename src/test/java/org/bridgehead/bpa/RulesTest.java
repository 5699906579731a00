package org.bridgehead.bpa;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every rule against an organisation that trips it and one that does not ({@link RuleCase}), and the list of rules. */
class RulesTest {
    /** Rules in BEHAVIOUR 9. */
    private static final int DOCUMENTED = 39;

    static List<RuleCase> cases() {
        return Stream.concat(RoutingRuleCases.ALL.stream(), ServiceRuleCases.ALL.stream())
                .toList();
    }

    static List<Rule> rules() {
        return Analyzer.rules();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void findsWhatIsWrong(RuleCase its) {
        List<Finding> findings = rule(its.rule()).check(its.trips());
        assertThat(findings).isNotEmpty().allSatisfy(finding -> assertSound(its.rule(), finding));
        Finding first = findings.get(0);
        assertThat(first.where() + "\n" + first.message() + "\n" + first.hint()).contains(its.says());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void isSilentAboutTheCleanTwin(RuleCase its) {
        assertThat(rule(its.rule()).check(its.clean())).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("rules")
    void everyRuleHasACaseAndADescription(Rule rule) {
        assertThat(cases()).extracting(RuleCase::rule).contains(rule.id());
        assertThat(rule.id()).matches("[a-z][a-z0-9]*(-[a-z0-9]+)*");
        assertThat(rule.title()).isNotBlank().doesNotContain("\n").doesNotEndWith(".");
    }

    @Test
    void idsAndNumbersAreUnique() {
        assertThat(Analyzer.rules()).extracting(Rule::id).doesNotHaveDuplicates();
        assertThat(Stream.concat(
                        Analyzer.rules().stream().map(Rule::number),
                        Analyzer.unchecked().stream().map(Unchecked::number)))
                .doesNotHaveDuplicates();
    }

    @Test
    void everyDocumentedRuleIsCheckedOrExcused() {
        TreeSet<Integer> known = new TreeSet<>();
        Analyzer.rules().forEach(rule -> known.add(rule.number()));
        Analyzer.unchecked().forEach(rule -> known.add(rule.number()));
        assertThat(known)
                .containsAll(IntStream.rangeClosed(1, DOCUMENTED).boxed().toList());
        assertThat(Analyzer.unchecked()).allSatisfy(rule -> {
            assertThat(rule.number()).isBetween(1, DOCUMENTED);
            assertThat(rule.title()).isNotBlank();
            assertThat(rule.missing()).isNotBlank();
        });
    }

    @Test
    void thirtyOfThemAtLeastAreChecked() {
        assertThat(Analyzer.rules().stream().filter(rule -> rule.number() <= DOCUMENTED))
                .hasSizeGreaterThanOrEqualTo(30);
    }

    private static void assertSound(String rule, Finding finding) {
        assertThat(finding.id()).isEqualTo(rule);
        assertThat(finding.where()).isNotBlank();
        assertThat(finding.message()).isNotBlank().doesNotEndWith(".").doesNotContain("\n");
        assertThat(finding.hint()).isNotBlank().doesNotEndWith(".").doesNotContain("\n");
    }

    private static Rule rule(String id) {
        return Analyzer.rules().stream()
                .filter(rule -> rule.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no rule " + id));
    }
}
