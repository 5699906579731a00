package org.bridgehead.render.timeline;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.bridgehead.render.Template;
import org.bridgehead.render.draw.TextWidth;
import org.bridgehead.whatif.trace.Chapter;
import org.bridgehead.whatif.trace.Incident;
import org.bridgehead.whatif.trace.Words;

/** Writes a {@link Chart} as two SVG pictures side by side: the names of the lanes, which stay, and time, which scrolls. */
final class Painter {
    private static final double FONT = 13;
    private static final double LINE = 16;
    private static final int COLORS = 5;

    private final Chart chart;
    private final List<Chapter> chapters;
    private final double foot;
    private final StringBuilder out = new StringBuilder();

    Painter(Chart chart, List<Chapter> chapters) {
        this.chart = chart;
        this.chapters = chapters;
        this.foot = chart.height() + LINE * incidents().size() + 4;
    }

    private List<Incident> incidents() {
        return chart.trace().plan().incidents();
    }

    /** The names. */
    String names() {
        double width = 60;
        for (Chart.Row row : chart.rows()) {
            width = Math.max(width, TextWidth.of(row.lane().name(), FONT, false) + 34);
            width = Math.max(width, TextWidth.of(row.lane().group(), FONT, true) + 20);
        }
        out.setLength(0);
        open("names", width, "servers");
        String group = "";
        for (Chart.Row row : chart.rows()) {
            if (!row.lane().group().equals(group)) {
                group = row.lane().group();
                band(row, width);
                text("group", 10, row.y() - Chart.ROW / 2 - 5, group);
            }
            out.append("<circle class=\"dot ")
                    .append(row.lane().kind())
                    .append("\" cx=\"17\" cy=\"")
                    .append(n(row.y()))
                    .append("\" r=\"4.5\"/>");
            text("lane", 28, row.y() + 4.5, row.lane().name());
        }
        return out.append("</svg>").toString();
    }

    /** Time. */
    String time() {
        out.setLength(0);
        open("time", chart.width(), "timeline");
        out.append(
                "<defs><marker id=\"head\" viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\" markerWidth=\"7\" markerHeight=\"7\""
                        + " orient=\"auto-start-reverse\"><path class=\"head\" d=\"M0 0L8 4L0 8Z\"/></marker>"
                        + "<pattern id=\"hatch\" width=\"7\" height=\"7\" patternUnits=\"userSpaceOnUse\""
                        + " patternTransform=\"rotate(45)\"><path class=\"hatch\" d=\"M0 0V7\"/></pattern></defs>");
        bands();
        instants();
        stays();
        chart.moves().forEach(this::move);
        chart.placed().forEach(this::mark);
        refusals();
        return out.append("</svg>").toString();
    }

    private void open(String kind, double width, String label) {
        out.append("<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"")
                .append(kind)
                .append("\" width=\"")
                .append(n(width))
                .append("\" height=\"")
                .append(n(foot))
                .append("\" viewBox=\"0 0 ")
                .append(n(width))
                .append(' ')
                .append(n(foot))
                .append("\" role=\"group\" aria-label=\"")
                .append(label)
                .append("\">");
    }

    private void bands() {
        String group = "";
        for (Chart.Row row : chart.rows()) {
            if (!row.lane().group().equals(group)) {
                group = row.lane().group();
                band(row, chart.width());
            }
            out.append("<path class=\"rail\" d=\"M0 ")
                    .append(n(row.y()))
                    .append('H')
                    .append(n(chart.width()))
                    .append("\"/>");
        }
    }

    /** Behind all lanes of a group that begins with a row. */
    private void band(Chart.Row first, double width) {
        double end = first.y();
        for (Chart.Row row : chart.rows()) {
            end = row.lane().group().equals(first.lane().group()) ? row.y() + Chart.ROW * (row.rows() - 0.5) : end;
        }
        double top = first.y() - Chart.ROW / 2;
        out.append("<rect class=\"band\" x=\"0\" y=\"")
                .append(n(top))
                .append("\" width=\"")
                .append(n(width))
                .append("\" height=\"")
                .append(n(end - top))
                .append("\"/>");
    }

    private void instants() {
        Instant start = chart.trace().plan().start();
        for (Axis.Gap gap : chart.axis().gaps()) {
            out.append("<rect class=\"gap\" x=\"")
                    .append(n(gap.x1()))
                    .append("\" y=\"")
                    .append(n(Chart.HEAD - 14))
                    .append("\" width=\"")
                    .append(n(gap.x2() - gap.x1()))
                    .append("\" height=\"")
                    .append(n(chart.height() - Chart.HEAD + 14))
                    .append("\"/>");
            middle(
                    "span",
                    (gap.x1() + gap.x2()) / 2,
                    Chart.HEAD - 2,
                    "+" + Words.span(Duration.between(gap.from(), gap.to())));
        }
        chart.axis().begins().forEach((at, x) -> text("clock", x - 8, 16, Words.clock(start, at)));
        int line = 0;
        for (Incident incident : incidents()) {
            double x = chart.axis().x(start.plus(incident.at()), 0) - 14;
            double y = chart.height() + LINE * line++ + 8;
            out.append("<path class=\"incident\" d=\"M")
                    .append(n(x))
                    .append(" 22V")
                    .append(n(y - 6))
                    .append("\"/>");
            text("incident-text", x + 5, y + 3, incident.words());
        }
    }

    private void stays() {
        for (Chart.Stay stay : chart.stays()) {
            if (stay.waiting().isEmpty()) {
                out.append("<path class=\"stay ")
                        .append(color(stay.visit()))
                        .append("\" d=\"M")
                        .append(n(stay.x1()))
                        .append(' ')
                        .append(n(stay.y()))
                        .append('H')
                        .append(n(stay.x2()))
                        .append("\"/>");
            } else {
                waiting(stay, stay.waiting().get(0));
            }
        }
    }

    private void waiting(Chart.Stay stay, Mark mark) {
        double width = stay.x2() - stay.x1();
        out.append("<rect class=\"waiting\" x=\"")
                .append(n(stay.x1()))
                .append("\" y=\"")
                .append(n(stay.y() - 10))
                .append("\" width=\"")
                .append(n(width))
                .append("\" height=\"20\" rx=\"4\"/>");
        String queue = mark.events().get(0).nextHop().orElse("");
        String words = queue + (mark.times() > 1 ? ", " + mark.times() + " attempts" : "");
        if (width > 60) {
            text("queue", stay.x1() + 16, stay.y() + 4.5, TextWidth.fit(words, 12, false, width - 32));
        }
    }

    private void move(Chart.Move move) {
        double bend = Math.max(18, (move.x2() - move.x1()) * 0.55);
        double end = move.x2() - (move.last() ? 8 : 10);
        out.append("<path class=\"move ")
                .append(color(move.visit()))
                .append("\" marker-end=\"url(#head)\" d=\"M")
                .append(n(move.x1()))
                .append(' ')
                .append(n(move.y1()))
                .append('C')
                .append(n(move.x1() + bend))
                .append(' ')
                .append(n(move.y1()))
                .append(' ')
                .append(n(end - bend))
                .append(' ')
                .append(n(move.y2()))
                .append(' ')
                .append(n(end))
                .append(' ')
                .append(n(move.y2()))
                .append("\"/>");
        if (move.last()) {
            out.append("<rect class=\"arrived\" x=\"")
                    .append(n(end + 1))
                    .append("\" y=\"")
                    .append(n(move.y2() - 6))
                    .append("\" width=\"16\" height=\"12\" rx=\"2\"/>");
        }
        if (move.recipients() > 1) {
            double x = move.last() ? end + 21 : move.x2() - 12;
            String style = move.last() ? "number" : "number end";
            // Where the curve is not: it comes from the other side.
            double y = move.last() ? 4 : move.y1() < move.y2() ? 17 : -9;
            text(style, x, move.y2() + y, "×" + move.recipients());
        }
    }

    private void mark(Chart.Placed placed) {
        Mark mark = placed.mark();
        Optional<Chapter> chapter = chapter(mark);
        String told = chapter.map(its -> told(its, mark)).orElse("");
        out.append("<a class=\"mark ")
                .append(mark.sign().style())
                .append("\" href=\"#")
                .append(chapter.map(TimelinePage::anchor).orElse("story"))
                .append("\" data-server=\"")
                .append(Template.escaped(chart.visits().get(mark.visit()).server()))
                .append("\" aria-label=\"")
                .append(Template.escaped(told))
                .append("\" transform=\"translate(")
                .append(n(placed.x()))
                .append(' ')
                .append(n(placed.y()))
                .append(")\"><title>")
                .append(Template.escaped(told))
                .append("</title><circle class=\"halo\" r=\"14\"/>")
                .append(Signs.shape(mark.sign()))
                .append("</a>");
    }

    /** What the door refused: it never came in. */
    private void refusals() {
        if (chart.trace().refused().isEmpty()) {
            return;
        }
        String said = "refused at the door: "
                + String.join(
                        "; ",
                        chart.trace().refused().stream()
                                .map(no -> no.recipient() + ": " + no.reply())
                                .toList());
        Chart.Row row = chart.rowOf(chart.trace().plan().mail().server());
        Chart.Row sender = chart.rows().get(0);
        double x = chart.axis().x(chart.trace().plan().start(), 1) - 20;
        out.append("<path class=\"move refused\" d=\"M")
                .append(n(x - 38))
                .append(' ')
                .append(n(sender.y()))
                .append('L')
                .append(n(x))
                .append(' ')
                .append(n(row.y() - 14))
                .append("\"/><a class=\"mark failed\" href=\"#verdict\" aria-label=\"")
                .append(Template.escaped(said))
                .append("\" transform=\"translate(")
                .append(n(x))
                .append(' ')
                .append(n(row.y() - 14))
                .append(")\"><title>")
                .append(Template.escaped(said))
                .append("</title><circle class=\"halo\" r=\"14\"/>")
                .append(Signs.shape(Mark.Sign.FAILED))
                .append("</a>");
    }

    private Optional<Chapter> chapter(Mark mark) {
        return chapters.stream()
                .filter(chapter ->
                        chapter.visit() == mark.visit() && !chapter.at().isAfter(mark.at()))
                .reduce((earlier, later) -> later);
    }

    /** The lines that belong to a sign, with their reasons. */
    private static String told(Chapter chapter, Mark mark) {
        List<String> lines = new ArrayList<>();
        chapter.lines().stream()
                .filter(line -> belongs(line.tone(), mark.sign()))
                .forEach(line -> {
                    lines.add(line.text());
                    line.because().forEach(reason -> lines.add("  " + reason));
                });
        return chapter.server() + chapter.site().map(site -> " in " + site).orElse("") + ": "
                + String.join("\n", lines.isEmpty() ? List.of(Signs.words(mark.sign())) : lines);
    }

    private static boolean belongs(Chapter.Tone tone, Mark.Sign sign) {
        return switch (sign) {
            case TAKEN -> tone == Chapter.Tone.TAKEN;
            case SORTED, AGAIN -> tone == Chapter.Tone.DECIDED;
            case SENT -> tone == Chapter.Tone.SENT;
            case DELIVERED -> tone == Chapter.Tone.DELIVERED;
            case WAITS -> tone == Chapter.Tone.WAITS;
            case FAILED -> tone == Chapter.Tone.FAILED;
            case REPORT -> tone == Chapter.Tone.REPORTED;
        };
    }

    private String color(int visit) {
        if (visit < 0) {
            return "m0";
        }
        int message = chart.trace().messages().indexOf(chart.visits().get(visit).message());
        return message < 0 ? "about" : "m" + message % COLORS;
    }

    private void text(String style, double x, double y, String words) {
        out.append("<text class=\"")
                .append(style)
                .append("\" x=\"")
                .append(n(x))
                .append("\" y=\"")
                .append(n(y))
                .append("\">")
                .append(Template.escaped(words))
                .append("</text>");
    }

    private void middle(String style, double x, double y, String words) {
        text(style, x, y, words);
    }

    private static String n(double number) {
        return String.format(Locale.ROOT, "%.1f", number).replaceFirst("\\.0$", "");
    }
}
