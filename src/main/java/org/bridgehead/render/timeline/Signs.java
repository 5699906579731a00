package org.bridgehead.render.timeline;

import org.bridgehead.render.timeline.Mark.Sign;

/** The signs as shapes round the origin, at most 11 to each side; told apart by shape, coloured by the style sheet. */
final class Signs {
    private Signs() {}

    static String shape(Sign sign) {
        return switch (sign) {
            case TAKEN -> "<circle class=\"body\" r=\"9\"/><path class=\"inner\" d=\"M-4 -1L0 4L4 -1M0 3V-5\"/>";
            case SORTED ->
                "<path class=\"body\" d=\"M0 -10L10 0L0 10L-10 0Z\"/><path class=\"inner\" d=\"M-3 0H3M0 -3V3\"/>";
            case SENT -> "<path class=\"body\" d=\"M-8 -9L10 0L-8 9Z\"/>";
            case DELIVERED ->
                "<rect class=\"body\" x=\"-10\" y=\"-7.5\" width=\"20\" height=\"15\" rx=\"2\"/>"
                        + "<path class=\"inner\" d=\"M-9 -6L0 1L9 -6\"/>";
            case WAITS -> "<circle class=\"body\" r=\"9.5\"/><path class=\"inner\" d=\"M-3 -4V4M3 -4V4\"/>";
            case FAILED -> "<circle class=\"body\" r=\"9.5\"/><path class=\"inner\" d=\"M-4 -4L4 4M-4 4L4 -4\"/>";
            case REPORT ->
                "<rect class=\"body\" x=\"-10\" y=\"-7.5\" width=\"20\" height=\"15\" rx=\"2\"/>"
                        + "<path class=\"inner\" d=\"M5 0H-5M-1 -4L-5 0L-1 4\"/>";
            case AGAIN ->
                "<circle class=\"body\" r=\"9.5\"/><path class=\"inner\" d=\"M4 -3A5 5 0 1 0 5 1M5 -6V-2H1\"/>";
        };
    }

    static String words(Sign sign) {
        return switch (sign) {
            case TAKEN -> "takes it";
            case SORTED -> "resolves, expands, splits";
            case SENT -> "hands it on";
            case DELIVERED -> "delivers";
            case WAITS -> "keeps it in a queue";
            case FAILED -> "gives up";
            case REPORT -> "writes a report";
            case AGAIN -> "takes it up again";
        };
    }
}
