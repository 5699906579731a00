package org.bridgehead.render.draw;

import java.awt.geom.Path2D;
import java.text.Bidi;
import java.text.Normalizer;
import java.util.Arrays;

/** Texts as shapes: composed letters, right-to-left runs turned round. One thread. */
final class Lettering {
    private final Typeface regular = Typeface.load(false);
    private final Typeface bold = Typeface.load(true);

    Path2D shape(Text text) {
        Typeface face = text.bold() ? bold : regular;
        int[] characters = visible(Normalizer.normalize(text.content(), Normalizer.Form.NFC));
        double x = text.x();
        if (text.anchor() == Text.Anchor.MIDDLE) {
            x -= Arrays.stream(characters).mapToDouble(face::advance).sum() * text.size() / 2;
        }
        Path2D shape = new Path2D.Double(Path2D.WIND_NON_ZERO);
        for (int character : characters) {
            shape.append(face.outline(character, x, text.y(), text.size()), false);
            x += face.advance(character) * text.size();
        }
        return shape;
    }

    /** Characters from left to right. */
    private static int[] visible(String text) {
        Bidi bidi = new Bidi(text, Bidi.DIRECTION_DEFAULT_LEFT_TO_RIGHT);
        int runs = bidi.getRunCount();
        byte[] levels = new byte[runs];
        String[] parts = new String[runs];
        for (int i = 0; i < runs; i++) {
            levels[i] = (byte) bidi.getRunLevel(i);
            String run = text.substring(bidi.getRunStart(i), bidi.getRunLimit(i));
            parts[i] =
                    levels[i] % 2 == 0 ? run : new StringBuilder(run).reverse().toString();
        }
        Bidi.reorderVisually(levels, 0, parts, 0, runs);
        return String.join("", parts)
                .codePoints()
                .filter(c -> Character.getType(c) != Character.FORMAT && !Character.isISOControl(c))
                .toArray();
    }
}
