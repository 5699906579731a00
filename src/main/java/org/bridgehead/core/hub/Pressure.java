package org.bridgehead.core.hub;

/**
 * How hard the machine is pressed (BEHAVIOUR 3.3).
 *
 * @param level what is taken
 * @param reason which resource, one line; empty at {@link Level#NORMAL}
 */
public record Pressure(Level level, String reason) {
    /** Nothing is short. */
    public static final Pressure NORMAL = new Pressure(Level.NORMAL, "");

    /** Levels of pressure. */
    public enum Level {
        /** Everybody may send. */
        NORMAL,
        /** Only servers of the organisation may send. */
        MEDIUM,
        /** Nobody may send. */
        HIGH
    }
}
