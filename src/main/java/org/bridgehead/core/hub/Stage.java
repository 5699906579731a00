package org.bridgehead.core.hub;

/** Where agents may be consulted on the way through the categorizer (BEHAVIOUR 2.1). */
public enum Stage {
    /** The message entered the Submission queue. */
    SUBMITTED,
    /** Recipients are known, next hops are not. */
    RESOLVED,
    /** Next hops are known, groups expanded. */
    ROUTED,
    /** Finished, about to be queued. */
    CATEGORIZED
}
