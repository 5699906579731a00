package org.bridgehead.render.draw;

/** The artifact with the font of pixel pictures is not on the class path. */
public final class FontMissingException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    FontMissingException() {
        super("PNG needs a font: put the artifact com.github.librepdf:openpdf-fonts-extra beside the program");
    }
}
