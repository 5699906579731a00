package org.bridgehead.core.routing;

/** Takes pairs of sites that a failure concerns. */
@FunctionalInterface
public interface PairVisitor {
    /**
     * A pair.
     *
     * @param from source site
     * @param to destination site
     * @param changed whether the mail is held or takes another path; else a stop on its way is passed over
     */
    void pair(String from, String to, boolean changed);
}
