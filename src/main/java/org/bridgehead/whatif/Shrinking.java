package org.bridgehead.whatif;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.bridgehead.core.scenario.Advance;
import org.bridgehead.core.scenario.Scenario;
import org.bridgehead.core.scenario.Scene;
import org.bridgehead.core.scenario.Send;
import org.bridgehead.core.scenario.Step;

/**
 * Makes a scenario short that still shows what it shows: leaves out steps, halves first, then smaller parts, then one by
 * one (delta debugging). Time passes as before, so that what stays happens when it did. Pure but for the predicate.
 */
public final class Shrinking {
    private final Predicate<Scenario> shows;
    private int tries;

    private Shrinking(Predicate<Scenario> shows, int tries) {
        this.shows = shows;
        this.tries = tries;
    }

    /**
     * A short scenario.
     *
     * @param scenario for which {@code shows} is true
     * @param tries scenarios tried at most
     */
    public static Scenario shrink(Scenario scenario, Predicate<Scenario> shows, int tries) {
        Shrinking shrinking = new Shrinking(shows, tries);
        Scenario shortest = scenario;
        for (int scene = 0; scene < scenario.scenes().size(); scene++) {
            shortest = shrinking.shrink(shortest, scene);
        }
        return merged(shortest);
    }

    private Scenario shrink(Scenario scenario, int scene) {
        Scenario best = scenario;
        int part = Math.max(1, removable(best, scene).size() / 2);
        while (tries > 0) {
            boolean shorter = false;
            List<Integer> places = removable(best, scene);
            for (int from = 0; from < places.size() && tries > 0; from += part) {
                Scenario less = without(best, scene, places.subList(from, Math.min(places.size(), from + part)));
                tries--;
                if (shows.test(less)) {
                    best = less;
                    places = removable(best, scene);
                    from -= part;
                    shorter = true;
                }
            }
            if (part == 1 && !shorter) {
                return best;
            }
            part = Math.max(1, part / 2);
        }
        return best;
    }

    private static List<Integer> removable(Scenario scenario, int scene) {
        List<Step> steps = scenario.scenes().get(scene).steps();
        List<Integer> places = new ArrayList<>();
        for (int i = 0; i < steps.size(); i++) {
            if (!(steps.get(i) instanceof Advance)) {
                places.add(i);
            }
        }
        return places;
    }

    private static Scenario without(Scenario scenario, int scene, List<Integer> places) {
        List<Step> steps = new ArrayList<>();
        List<Step> all = scenario.scenes().get(scene).steps();
        for (int i = 0; i < all.size(); i++) {
            if (!places.contains(i)) {
                steps.add(all.get(i));
            }
        }
        return with(scenario, scene, steps);
    }

    private static Scenario with(Scenario scenario, int scene, List<Step> steps) {
        List<Scene> scenes = new ArrayList<>(scenario.scenes());
        Scene old = scenes.get(scene);
        scenes.set(scene, new Scene(old.title(), steps, old.expectations()));
        return new Scenario(scenario.name(), scenario.topology(), scenario.start(), scenario.conditions(), scenes);
    }

    /** Times that follow each other made one. */
    private static Scenario merged(Scenario scenario) {
        Scenario result = scenario;
        for (int scene = 0; scene < scenario.scenes().size(); scene++) {
            List<Step> steps = new ArrayList<>();
            Duration waiting = Duration.ZERO;
            for (Step step : scenario.scenes().get(scene).steps()) {
                if (step instanceof Advance advance) {
                    waiting = waiting.plus(advance.time());
                } else {
                    if (!waiting.isZero()) {
                        steps.add(new Advance(waiting));
                        waiting = Duration.ZERO;
                    }
                    steps.add(step);
                }
            }
            if (!waiting.isZero()) {
                steps.add(new Advance(waiting));
            }
            result = with(result, scene, steps);
        }
        return result;
    }

    /** Steps of a scenario that are no letters and let no time pass. */
    public static int faults(Scenario scenario) {
        return (int) scenario.scenes().stream()
                .flatMap(scene -> scene.steps().stream())
                .filter(step -> !(step instanceof Advance || step instanceof Send))
                .count();
    }
}
