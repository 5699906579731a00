package org.bridgehead.cli.demo;

import java.util.Locale;
import org.bridgehead.core.scenario.Change;
import org.bridgehead.core.scenario.Fault;
import org.bridgehead.core.scenario.Lag;
import org.bridgehead.core.scenario.Membership;
import org.bridgehead.core.scenario.Operate;
import org.bridgehead.core.scenario.Poisoned;
import org.bridgehead.core.scenario.Press;
import org.bridgehead.core.scenario.Skew;
import org.bridgehead.core.scenario.Slow;
import org.bridgehead.core.scenario.Step;
import org.bridgehead.core.scenario.Trouble;

/** Steps of a scenario in words for people. */
final class StepWords {
    private StepWords() {}

    /** A step that is neither a letter nor time that passes, in a few words. */
    static String of(Step step) {
        if (step instanceof Fault fault) {
            return of(fault);
        }
        if (step instanceof Change change) {
            return String.join(", ", change.edits());
        }
        if (step instanceof Membership membership) {
            return membership.member() + (membership.joins() ? " joins " : " leaves ") + membership.group();
        }
        if (step instanceof Slow slow) {
            return "disk of " + slow.server() + " slower by " + slow.delay().toMillis() + " ms";
        }
        if (step instanceof Lag lag) {
            return lag.at() + " answers slower by " + lag.delay().toMillis() + " ms";
        }
        if (step instanceof Poisoned poison) {
            return poison.times() == 0
                    ? "no message crashes " + poison.server() + " any more"
                    : "the next message crashes " + poison.server() + ", " + poison.times() + " times";
        }
        if (step instanceof Press press) {
            return press.server() + " is under " + press.level().name().toLowerCase(Locale.ROOT) + " pressure";
        }
        if (step instanceof Skew skew) {
            return "clock of " + skew.server() + " off by " + skew.ahead().toSeconds() + " s";
        }
        if (step instanceof Trouble trouble) {
            return trouble.at() + " makes trouble: " + name(trouble.mishap()) + ", " + trouble.times() + " times";
        }
        return step instanceof Operate operate
                ? "operator at " + operate.server() + ": " + name(operate.operation())
                : name(step);
    }

    private static String of(Fault fault) {
        String when =
                fault.afterMessages() == 0 ? "" : " as soon as it has taken " + fault.afterMessages() + " messages";
        String logs = fault.action() != Fault.Action.LOSE
                ? ""
                : fault.logs() == 1
                        ? " with the newest log of each storage group"
                        : " with the " + fault.logs() + " newest logs of each storage group";
        return fault.action().keyword() + " " + fault.item() + when + logs;
    }

    /** The words that a type's name is made of. */
    private static String name(Object value) {
        return value.getClass()
                .getSimpleName()
                .replaceAll("(?<=[a-z])(?=[A-Z])", " ")
                .toLowerCase(Locale.ROOT);
    }
}
