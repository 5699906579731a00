package org.bridgehead.core.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.bridgehead.core.routing.MxPlan.Mx;
import org.junit.jupiter.api.Test;

class MxPlanTest {
    private static final List<String> OWN = List.of("edge.contoso.test");

    private static String plan(int turn, Mx... answers) {
        MxPlan plan = MxPlan.of("fabrikam.test", List.of(answers), OWN, turn);
        return plan instanceof MxPlan.Refused refused
                ? refused.status().toString()
                : String.join(" ", ((MxPlan.Hosts) plan).hosts());
    }

    @Test
    void lowerPreferencesGoFirstAndEqualOnesTakeTurns() {
        Mx[] answers = {new Mx(20, "c."), new Mx(10, "A."), new Mx(10, "b.")};
        assertThat(plan(0, answers)).isEqualTo("a b c");
        assertThat(plan(1, answers)).isEqualTo("b a c");
    }

    @Test
    void withoutRecordsTheDomainIsTheExchanger() {
        assertThat(plan(0)).isEqualTo("fabrikam.test");
    }

    @Test
    void aNullMxRefuses() {
        assertThat(plan(0, new Mx(0, "."))).isEqualTo("5.1.10");
    }

    @Test
    void exchangersNoBetterThanThisServerAreLeftOut() {
        Mx own = new Mx(10, "Edge.Contoso.Test.");
        assertThat(plan(0, new Mx(5, "a"), own, new Mx(10, "b"), new Mx(20, "c")))
                .isEqualTo("a");
        assertThat(plan(0, own, new Mx(20, "c"))).isEqualTo("5.4.6");
    }
}
