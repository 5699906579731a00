package org.bridgehead.whatif;

/**
 * What failovers did in simulated worlds, in numbers.
 *
 * @param failovers how often another node took over
 * @param lossy how often with logs missing
 * @param lost deliveries that were in those logs
 * @param redelivered messages that hubs made of their dumpsters
 * @param dropped copies of what a mailbox had, after redelivery or another try
 * @param missing deliveries that no dumpster had any more
 */
public record Failovers(int failovers, int lossy, long lost, long redelivered, long dropped, long missing) {
    /** Of no world yet. */
    public static final Failovers NONE = new Failovers(0, 0, 0, 0, 0, 0);

    /** Both together. */
    public Failovers plus(Failovers other) {
        return new Failovers(
                failovers + other.failovers,
                lossy + other.lossy,
                lost + other.lost,
                redelivered + other.redelivered,
                dropped + other.dropped,
                missing + other.missing);
    }
}
