package org.bridgehead.cli.demo;

import java.time.Duration;
import java.util.List;

/** Counts over all scenes. */
final class Tally {
    private int sent;
    private int refused;
    private int delivered;
    private int lost;
    private int twice;
    private int damaged;
    private int readBack;
    private int readBackDamaged;
    private int points;
    private int right;
    private int expectations;
    private int met;

    void add(int taken, Account account, int missing) {
        sent += taken;
        refused += account.refused().size();
        delivered += account.copies();
        twice += account.twice();
        damaged += account.damaged();
        lost += missing;
    }

    void addPoints(List<Point> added) {
        points += added.size();
        right += (int) added.stream().filter(Point::holds).count();
    }

    void addWishes(List<Point> added) {
        expectations += added.size();
        met += (int) added.stream().filter(Point::holds).count();
    }

    void addReadBack(int letters, int wrong) {
        readBack += letters;
        readBackDamaged += wrong;
    }

    Verdict verdict(Duration time) {
        return new Verdict(
                sent,
                refused,
                delivered,
                lost,
                twice,
                damaged,
                readBack,
                readBackDamaged,
                points,
                right,
                expectations,
                met,
                time);
    }
}
