package org.bridgehead.render.draw;

import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The letters of a TrueType font as outlines. Read by ourselves, because Java's own fonts need native libraries and
 * fonts that slim machines lack. No hints, no kerning, no ligatures. One thread.
 */
final class Typeface {
    private static final String FOLDER = "/liberation/";
    private static final int LOCA_LONG = 50;
    private static final int HEAD_UNITS = 18;

    private final SortedMap<String, ByteBuffer> tables = new TreeMap<>();
    private final CharacterMap characters;
    private final GlyphOutlines glyphs;
    private final int unitsPerEm;
    private final int metrics;
    private final SortedMap<Integer, Path2D> drawn = new TreeMap<>();

    private Typeface(byte[] file) {
        ByteBuffer all = ByteBuffer.wrap(file);
        for (int i = 0; i < all.getShort(4); i++) {
            int entry = 12 + 16 * i;
            String tag = new String(file, entry, 4, StandardCharsets.US_ASCII);
            tables.put(tag, all.slice(all.getInt(entry + 8), all.getInt(entry + 12)));
        }
        ByteBuffer head = table("head");
        unitsPerEm = head.getShort(HEAD_UNITS);
        metrics = table("hhea").getShort(34);
        characters = new CharacterMap(table("cmap"));
        glyphs = new GlyphOutlines(table("glyf"), table("loca"), head.getShort(LOCA_LONG) != 0);
    }

    private ByteBuffer table(String tag) {
        ByteBuffer table = tables.get(tag);
        if (table == null) {
            throw new IllegalStateException("the font has no table " + tag);
        }
        return table;
    }

    /**
     * The font that pictures use.
     *
     * @throws FontMissingException when its artifact is not on the class path
     */
    static Typeface load(boolean bold) {
        String file = FOLDER + "LiberationSans-" + (bold ? "Bold" : "Regular") + ".ttf";
        try (InputStream in = Typeface.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new FontMissingException();
            }
            return new Typeface(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How far a character moves the pen, as a share of the size. */
    double advance(int character) {
        int glyph = Math.min(characters.glyph(character), metrics - 1);
        return (table("hmtx").getShort(glyph * 4) & 0xFFFF) / (double) unitsPerEm;
    }

    /** A character with its base line on the point; a box where the font has no such character. */
    Path2D outline(int character, double x, double y, double size) {
        Path2D outline = drawn.get(character);
        if (outline == null) {
            outline = glyphs.outline(characters.glyph(character));
            drawn.put(character, outline);
        }
        double scale = size / unitsPerEm;
        AffineTransform place = new AffineTransform(scale, 0, 0, -scale, x, y);
        return new Path2D.Double(outline, place);
    }
}
