package org.bridgehead.core.routing;

/** Takes pairs of sites that failures concern. */
@FunctionalInterface
public interface PairVisitor {
    /**
     * A pair.
     *
     * @param failure its place among the failures
     * @param from source site
     * @param to destination site
     * @param changed whether the mail is held or takes another path; else a stop on its way is passed over
     */
    void pair(int failure, String from, String to, boolean changed);
}
