package org.bridgehead.render.timeline;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.bridgehead.core.hub.TrackingEvent;
import org.bridgehead.core.hub.TrackingEvent.Kind;
import org.bridgehead.render.draw.TextWidth;
import org.bridgehead.whatif.trace.Incident;
import org.bridgehead.whatif.trace.Trace;
import org.bridgehead.whatif.trace.Visit;

/** What is drawn of a trace, and where. One thread; made once. */
final class Chart {
    static final double ROW = 34;
    static final double HEAD = 40;
    private static final double BESIDE = 20;
    private static final double GROUP_GAP = 26;

    /**
     * A mark in its place.
     *
     * @param mark what
     * @param x middle
     * @param y middle
     */
    record Placed(Mark mark, double x, double y) {}

    /**
     * A copy that moves.
     *
     * @param visit whose, the one it comes from; -1 = from the sender
     * @param x1 begin
     * @param y1 begin
     * @param x2 end
     * @param y2 end
     * @param recipients how many it is for
     * @param last whether it ends in a mailbox or outside
     */
    record Move(int visit, double x1, double y1, double x2, double y2, int recipients, boolean last) {}

    /**
     * A while that a message stays.
     *
     * @param visit whose
     * @param x1 begin
     * @param x2 end
     * @param y middle
     * @param waiting the mark it waits since; empty list = it is being worked on
     */
    record Stay(int visit, double x1, double x2, double y, List<Mark> waiting) {}

    /**
     * A lane in its place.
     *
     * @param lane which
     * @param y middle of its first row
     * @param rows visits side by side
     */
    record Row(Lane lane, double y, int rows) {}

    private final Trace trace;
    private final List<Visit> visits;
    private final List<List<Mark>> marks = new ArrayList<>();
    private final Map<Mark, Integer> steps = new LinkedHashMap<>();
    private final Lanes lanes;
    private final Axis axis;
    private final Map<Lane, Row> rows = new LinkedHashMap<>();
    private final List<Integer> shelves = new ArrayList<>();
    private double height;

    Chart(Trace trace, List<Visit> visits) {
        this.trace = trace;
        this.visits = visits;
        this.lanes = new Lanes(trace, visits);
        for (int i = 0; i < visits.size(); i++) {
            marks.add(Mark.of(i, visits.get(i)));
        }
        this.axis = layOut();
        placeRows();
    }

    private Axis layOut() {
        TreeMap<Instant, Integer> count = new TreeMap<>();
        count.merge(trace.plan().start(), 1, Math::max);
        for (int i = 0; i < visits.size(); i++) {
            step(i);
            for (Mark mark : marks.get(i)) {
                count.merge(mark.at(), step(mark) + 2, Math::max);
            }
        }
        for (Incident incident : trace.plan().incidents()) {
            double words = TextWidth.of(incident.words(), 12, false);
            count.merge(trace.plan().start().plus(incident.at()), 1 + (int) (words / Axis.STEP), Math::max);
        }
        count.merge(trace.end(), 1, Math::max);
        List<Instant> waits = marks.stream()
                .flatMap(List::stream)
                .filter(mark -> mark.sign() == Mark.Sign.WAITS)
                .map(Mark::at)
                .toList();
        return new Axis(count, waits.isEmpty() ? waits : throughout(count, waits.get(0)));
    }

    /** From the first wait on every gap may hold a bar with words. */
    private static List<Instant> throughout(TreeMap<Instant, Integer> all, Instant first) {
        return List.copyOf(all.tailMap(first, true).keySet());
    }

    /** Steps of a visit's marks: each behind the one before, the first behind what caused it. */
    private void step(int visit) {
        Instant at = null;
        int step = 0;
        for (Mark mark : marks.get(visit)) {
            step = mark.at().equals(at) ? step + 1 : first(visit, mark);
            at = mark.at();
            steps.put(mark, step);
        }
    }

    private int first(int visit, Mark mark) {
        if (mark != marks.get(visit).get(0)) {
            return 0;
        }
        if (visits.get(visit).from().isPresent()) {
            return marks.get(visits.get(visit).from().getAsInt()).stream()
                    .filter(cause ->
                            cause.sign() == Mark.Sign.SENT && cause.at().equals(mark.at()))
                    .mapToInt(cause -> step(cause) + 1)
                    .max()
                    .orElse(1);
        }
        // A report is made behind what it tells of; a message comes from its sender, who stands at step 0.
        return steps.keySet().stream()
                .filter(other -> mark.sign() == Mark.Sign.REPORT
                        && other.at().equals(mark.at())
                        && visits.get(other.visit())
                                .server()
                                .equals(visits.get(visit).server()))
                .mapToInt(other -> step(other) + 1)
                .max()
                .orElse(mark.sign() == Mark.Sign.REPORT ? 0 : 1);
    }

    private void placeRows() {
        double y = HEAD;
        String group = "";
        for (Lane lane : lanes.all()) {
            y += lane.group().equals(group) ? 0 : GROUP_GAP;
            group = lane.group();
            int side = Math.max(1, rowsOf(lane));
            rows.put(lane, new Row(lane, y + ROW / 2, side));
            y += ROW * side;
        }
        height = y + GROUP_GAP;
    }

    private int rowsOf(Lane lane) {
        int most = 0;
        for (int i = 0; i < visits.size(); i++) {
            if (lanes.of(visits.get(i).server()).equals(lane)) {
                most = Math.max(most, shelf(i) + 1);
            }
        }
        return most;
    }

    /** Visits of one server that overlap stand below each other: the first free place, from the top. */
    private int shelf(int visit) {
        for (int at = shelves.size(); at <= visit; at++) {
            List<Integer> taken = new ArrayList<>();
            for (int other = 0; other < at; other++) {
                boolean sameLane =
                        visits.get(other).server().equals(visits.get(at).server());
                if (sameLane && begin(at) <= end(other) + BESIDE && begin(other) <= end(at) + BESIDE) {
                    taken.add(shelves.get(other));
                }
            }
            int shelf = 0;
            while (taken.contains(shelf)) {
                shelf++;
            }
            shelves.add(shelf);
        }
        return shelves.get(visit);
    }

    private double begin(int visit) {
        return x(marks.get(visit).get(0));
    }

    private double end(int visit) {
        List<Mark> own = marks.get(visit);
        Mark last = own.get(own.size() - 1);
        return isWaiting(last) ? axis.width() : x(last);
    }

    private boolean isWaiting(Mark mark) {
        return mark.sign() == Mark.Sign.WAITS;
    }

    private int step(Mark mark) {
        return steps.getOrDefault(mark, 0);
    }

    private double x(Mark mark) {
        return axis.x(mark.at(), step(mark));
    }

    private double y(int visit) {
        Row row = row(visits.get(visit).server());
        return row.y() + shelf(visit) * ROW;
    }

    private Row row(String name) {
        return Objects.requireNonNull(rows.get(lanes.of(name)));
    }

    /** Every mark in its place. */
    List<Placed> placed() {
        List<Placed> all = new ArrayList<>();
        for (int i = 0; i < visits.size(); i++) {
            double y = y(i);
            marks.get(i).forEach(mark -> all.add(new Placed(mark, x(mark), y)));
        }
        return all;
    }

    /** Bars: how long a message stays, and how long of that it waits. */
    List<Stay> stays() {
        List<Stay> all = new ArrayList<>();
        for (int i = 0; i < visits.size(); i++) {
            List<Mark> own = marks.get(i);
            double y = y(i);
            all.add(new Stay(i, begin(i), end(i), y, List.of()));
            for (int at = 0; at < own.size(); at++) {
                if (isWaiting(own.get(at))) {
                    double until = at + 1 < own.size() ? x(own.get(at + 1)) : axis.width();
                    all.add(new Stay(i, x(own.get(at)), until, y, List.of(own.get(at))));
                }
            }
        }
        return all;
    }

    /** Moves from lane to lane. */
    List<Move> moves() {
        List<Move> all = new ArrayList<>();
        for (int i = 0; i < visits.size(); i++) {
            Mark first = marks.get(i).get(0);
            if (first.sign() == Mark.Sign.TAKEN) {
                all.add(arrival(i, first));
            }
            for (Mark mark : marks.get(i)) {
                for (TrackingEvent event : mark.events()) {
                    if (endsHere(event)) {
                        Row there = row(event.nextHop().orElse("?"));
                        all.add(new Move(
                                i,
                                x(mark),
                                y(i),
                                x(mark) + 40,
                                there.y(),
                                event.recipients().size(),
                                true));
                    }
                }
            }
        }
        return all;
    }

    private boolean endsHere(TrackingEvent event) {
        return event.event() == Kind.DELIVER
                || event.event() == Kind.SEND
                        && !lanes.of(event.nextHop().orElse("?")).kind().matches("hub|edge");
    }

    private Move arrival(int visit, Mark first) {
        int recipients = first.events().get(0).recipients().size();
        if (visits.get(visit).from().isEmpty()) {
            Row sender = rows.values().iterator().next();
            return new Move(-1, axis.x(first.at(), 0), sender.y(), x(first), y(visit), recipients, false);
        }
        int from = visits.get(visit).from().getAsInt();
        double x1 = marks.get(from).stream()
                .filter(mark -> mark.sign() == Mark.Sign.SENT && !mark.at().isAfter(first.at()))
                .mapToDouble(this::x)
                .max()
                .orElse(x(first));
        return new Move(from, x1, y(from), x(first), y(visit), recipients, false);
    }

    Trace trace() {
        return trace;
    }

    List<Visit> visits() {
        return visits;
    }

    List<Row> rows() {
        return List.copyOf(rows.values());
    }

    Row rowOf(String server) {
        return row(server);
    }

    Axis axis() {
        return axis;
    }

    double width() {
        return axis.width();
    }

    double height() {
        return height;
    }
}
