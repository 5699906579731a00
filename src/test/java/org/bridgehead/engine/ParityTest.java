package org.bridgehead.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Random small scenarios, imagined and on the wire in lockstep, agree event by event. */
class ParityTest {
    @Test
    void prediction() {
        long from = Long.getLong("parity.from", 1);
        long to = Long.getLong("parity.to", 30);
        List<Long> failed = new ArrayList<>();
        for (long seed = from; seed <= to; seed++) {
            long begin = System.nanoTime();
            ParityScenario scenario = ParityScenario.of(seed);
            String difference;
            int events = 0;
            try {
                ParityRun imagined = ParityRun.imagined(scenario, scenario.steps());
                events = imagined.events().size();
                difference = imagined.against(ParityRun.live(scenario, scenario.steps()));
            } catch (RuntimeException e) {
                java.io.StringWriter w = new java.io.StringWriter();
                e.printStackTrace(new java.io.PrintWriter(w));
                difference = w.toString();
            }
            System.out.println("seed " + seed + " " + events + " events " + (System.nanoTime() - begin) / 1_000_000
                    + " ms " + (difference.isEmpty() ? "ok" : "DIFFERENT"));
            if (!difference.isEmpty()) {
                failed.add(seed);
                System.out.println(scenario + difference);
            }
        }
        assertThat(failed).isEmpty();
    }
}
