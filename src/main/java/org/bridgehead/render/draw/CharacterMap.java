package org.bridgehead.render.draw;

import java.nio.ByteBuffer;

/** The table {@code cmap} of a TrueType font in format 4, or 12 where it has it: from characters to glyphs. */
final class CharacterMap {
    private static final int FORMAT_4_HEADER = 14;
    private static final int FORMAT_12_HEADER = 16;

    private final ByteBuffer map;
    private final boolean wide;

    CharacterMap(ByteBuffer cmap) {
        int narrowAt = 0;
        int wideAt = 0;
        for (int i = 0; i < cmap.getShort(2); i++) {
            int offset = cmap.getInt(4 + i * 8 + 4);
            int format = cmap.getShort(offset);
            narrowAt = format == 4 ? offset : narrowAt;
            wideAt = format == 12 ? offset : wideAt;
        }
        wide = wideAt > 0;
        int at = wide ? wideAt : narrowAt;
        if (at == 0) {
            throw new IllegalStateException("the font has no character map of format 4 or 12");
        }
        map = cmap.slice(at, cmap.limit() - at);
    }

    /** The number of a glyph; 0 = the font has none. */
    int glyph(int character) {
        return wide ? wideGlyph(character) : narrowGlyph(character);
    }

    private int wideGlyph(int character) {
        int groups = map.getInt(12);
        for (int i = 0; i < groups; i++) {
            int at = FORMAT_12_HEADER + i * 12;
            if (character >= map.getInt(at) && character <= map.getInt(at + 4)) {
                return map.getInt(at + 8) + character - map.getInt(at);
            }
        }
        return 0;
    }

    private int narrowGlyph(int character) {
        int twice = unsigned(6);
        for (int i = 0; i < twice && character <= 0xFFFF; i += 2) {
            if (character <= unsigned(FORMAT_4_HEADER + i)) {
                return inSegment(character, i, twice);
            }
        }
        return 0;
    }

    private int inSegment(int character, int segment, int twice) {
        int starts = FORMAT_4_HEADER + twice + 2;
        int start = unsigned(starts + segment);
        int delta = unsigned(starts + twice + segment);
        int rangeAt = starts + 2 * twice + segment;
        int range = unsigned(rangeAt);
        if (character < start) {
            return 0;
        }
        if (range == 0) {
            return (character + delta) & 0xFFFF;
        }
        int glyph = unsigned(rangeAt + range + 2 * (character - start));
        return glyph == 0 ? 0 : (glyph + delta) & 0xFFFF;
    }

    private int unsigned(int at) {
        return map.getShort(at) & 0xFFFF;
    }
}
