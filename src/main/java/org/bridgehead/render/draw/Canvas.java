package org.bridgehead.render.draw;

/** What is drawn on. {@code part} names a row of the {@link StyleSheet}; groups nest. */
public interface Canvas {
    /** Begins a group. */
    void open(Group group);

    /** Ends the group begun last. */
    void close();

    /** Draws an outline. */
    void draw(String part, Outline outline);

    /** Writes a text. */
    void write(String part, Text text);
}
