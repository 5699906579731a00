package org.bridgehead.engine;

/** Scratch. */
class ParityMain {
    public static void main(String[] args) {
        long from = Long.getLong("parity.from", 1);
        long to = Long.getLong("parity.to", 200);
        ParityCoverage coverage = new ParityCoverage();
        long start = System.nanoTime();
        for (long seed = from; seed <= to; seed++) {
            long begin = System.nanoTime();
            ParityScenario scenario = ParityScenario.of(seed);
            String difference;
            int events = 0;
            try {
                ParityRun imagined = ParityRun.imagined(scenario, scenario.steps());
                events = imagined.events().size();
                coverage.add(scenario, ParityRun.imagined(scenario, scenario.calm()), imagined);
                difference = imagined.against(ParityRun.live(scenario, scenario.steps()));
            } catch (RuntimeException e) {
                java.io.StringWriter w = new java.io.StringWriter();
                e.printStackTrace(new java.io.PrintWriter(w));
                difference = w.toString();
            }
            System.out.println("seed " + seed + " " + events + " events " + (System.nanoTime() - begin) / 1_000_000
                    + " ms " + (difference.isEmpty() ? "ok" : "DIFFERENT"));
            if (!difference.isEmpty()) {
                System.out.println(scenario + difference);
            }
        }
        System.out.println(coverage);
        System.out.println("seconds " + (System.nanoTime() - start) / 1_000_000_000);
        System.exit(0);
    }
}
