package org.bridgehead.engine;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What came more than once at a {@link Sink}, by what was repeated: the transfer between two hubs (the copies have
 * different numbers of the last hub), or the last transmission, with the time that passed between the reply to the copy
 * before and the death of the engine.
 *
 * @param transfers repeated between hubs
 * @param ages of the replies to what was repeated at the last hop, in milliseconds, in order
 * @param unexplained repeats at the last hop within one life of the engine
 */
record Repeats(long transfers, List<Double> ages, long unexplained) {
    static Repeats of(Map<String, List<Sink.Arrival>> repeated, Map<Integer, Long> killed) {
        long transfers = 0;
        long unexplained = 0;
        List<Double> ages = new ArrayList<>();
        for (List<Sink.Arrival> copies : repeated.values()) {
            for (int i = 1; i < copies.size(); i++) {
                Sink.Arrival before = copies.get(i - 1);
                if (!before.number().equals(copies.get(i).number())) {
                    transfers++;
                } else if (before.life() == copies.get(i).life()) {
                    unexplained++;
                } else {
                    ages.add((killed.get(before.life()) - before.nanos()) / 1e6);
                }
            }
        }
        Collections.sort(ages);
        return new Repeats(transfers, List.copyOf(ages), unexplained);
    }

    String told(String where) {
        String last = ages.isEmpty()
                ? ""
                : String.format(
                        Locale.ROOT,
                        " (the reply was given %.1f ms before the death, median; 9 of 10 below %.1f, at most %.1f)",
                        ages.get(ages.size() / 2),
                        ages.get(ages.size() * 9 / 10),
                        ages.get(ages.size() - 1));
        return "  " + where + ": " + transfers + " transfers between hubs repeated, " + ages.size()
                + " last transmissions" + last + ", " + unexplained + " without a death";
    }
}
