package org.bridgehead.cli.demo;

/**
 * A statement in both worlds.
 *
 * @param predicted what was said before
 * @param happened what came of it
 */
record Point(Statement predicted, Statement happened) {
    /** Whether it was right. */
    boolean holds() {
        return predicted.exact().equals(happened.exact());
    }
}
