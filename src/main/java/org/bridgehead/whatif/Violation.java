package org.bridgehead.whatif;

/**
 * Something that must not happen, and did.
 *
 * @param invariant which one, in a word or two
 * @param detail what there is instead
 */
public record Violation(String invariant, String detail) {
    @Override
    public String toString() {
        return invariant + ": " + detail;
    }
}
