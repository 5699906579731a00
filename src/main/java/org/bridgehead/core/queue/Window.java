package org.bridgehead.core.queue;

/**
 * How many connections a next hop takes side by side, as its answers have told so far: it grows by one when as many
 * messages as it has connections were answered, ten at least, as long as all connections are used; it shrinks when a
 * server does not answer or is in trouble. A next hop that nobody answers for is tried over one. An immutable value.
 *
 * @param size connections, at least 1
 * @param answers since it last changed
 */
public record Window(int size, int answers) {
    /** Before anything is known of the next hop. */
    public static final Window FIRST = new Window(5, 0);

    /** For a next hop that did not answer: one connection finds out. */
    public static final Window PROBE = new Window(1, 0);

    /** A next hop that takes a few connections only is not asked for more with every other message. */
    private static final int LEAST = 10;

    /** Checks the numbers. */
    public Window {
        if (size < 1 || answers < 0) {
            throw new IllegalArgumentException("no window: " + size + " connections, " + answers + " answers");
        }
    }

    /**
     * A message was answered, with a yes or with a no of its own.
     *
     * @param used connections there are
     * @param most connections there may ever be
     */
    public Window answered(int used, int most) {
        if (used < size || size >= most) {
            return this;
        }
        return answers + 1 >= Math.max(size, LEAST) ? new Window(size + 1, 0) : new Window(size, answers + 1);
    }

    /**
     * A server did not answer, broke off, or said that it is in trouble, while others of the next hop go on.
     *
     * @param left connections that are left
     */
    public Window refused(int left) {
        return new Window(Math.max(1, Math.min(left, size - 1)), 0);
    }
}
