package org.bridgehead.render.draw;

import java.util.Collection;
import java.util.TreeSet;

/**
 * Writes SVG: one style element, classes on everything, titles for pointers and screen readers. Texts are escaped, and
 * characters that XML forbids become U+FFFD. One thread.
 */
public final class SvgCanvas implements Canvas {
    private static final String SCOPE = ".bridgehead-map";
    private static final String FONTS = "Arial,'Liberation Sans',Helvetica,'Noto Sans','DejaVu Sans',sans-serif";

    private final StyleSheet sheet;
    private final StringBuilder body = new StringBuilder();
    private final Collection<String> parts = new TreeSet<>();

    /** An empty canvas that uses the style sheet. */
    public SvgCanvas(String styleSheet) {
        this.sheet = StyleSheet.parse(styleSheet);
    }

    @Override
    public void open(Group group) {
        body.append("<g class=\"").append(String.join(" ", group.classes())).append('"');
        group.attributes()
                .forEach((name, value) -> body.append(' ')
                        .append(name)
                        .append("=\"")
                        .append(escaped(value))
                        .append('"'));
        body.append('>');
        if (!group.title().isEmpty()) {
            body.append("<title>").append(escaped(group.title())).append("</title>");
        }
        body.append('\n');
    }

    @Override
    public void close() {
        body.append("</g>\n");
    }

    @Override
    public void draw(String part, Outline outline) {
        parts.add(part);
        body.append("<path class=\"")
                .append(part)
                .append("\" d=\"")
                .append(outline.data())
                .append("\"/>\n");
    }

    @Override
    public void write(String part, Text text) {
        parts.add(part);
        body.append("<text class=\"").append(part).append("\" x=\"").append(Decimal.of(text.x()));
        body.append("\" y=\"").append(Decimal.of(text.y())).append("\" font-size=\"");
        body.append(Decimal.of(text.size())).append('"');
        body.append(
                text.anchor() == Text.Anchor.START
                        ? ""
                        : " text-anchor=\"" + text.anchor().keyword() + "\"");
        body.append(text.bold() ? " font-weight=\"bold\"" : "");
        body.append('>').append(escaped(text.content())).append("</text>\n");
    }

    /**
     * The document.
     *
     * @param frame what of the canvas it shows
     * @param label what it is, for screen readers
     * @param theme {@code light} or {@code dark}; empty = as the reader wishes
     */
    public String document(Frame frame, String label, String theme) {
        return "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"" + SCOPE.substring(1) + "\""
                + (theme.isEmpty() ? "" : " data-theme=\"" + theme + "\"")
                + " viewBox=\"" + frame.viewBox() + "\" width=\"" + Decimal.of(frame.width()) + "\" height=\""
                + Decimal.of(frame.height()) + "\" role=\"img\" aria-label=\"" + escaped(label) + "\">\n<title>"
                + escaped(label) + "</title>\n<style>\n" + StyleSheet.variables(SCOPE)
                + SCOPE + " text{font-family:" + FONTS + ";white-space:pre}\n" + sheet.css(SCOPE, parts) + "</style>\n"
                + body + "</svg>\n";
    }

    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        text.codePoints().forEach(c -> {
            switch (c) {
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '&' -> escaped.append("&amp;");
                case '"' -> escaped.append("&quot;");
                case '\n' -> escaped.append("&#10;");
                default -> escaped.appendCodePoint(isXml(c) ? c : 0xFFFD);
            }
        });
        return escaped.toString();
    }

    private static boolean isXml(int c) {
        return c == '\t' || c >= 0x20 && c <= 0xD7FF || c >= 0xE000 && c <= 0xFFFD || c >= 0x10000;
    }
}
