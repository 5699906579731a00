package org.bridgehead.engine;

/** A site link or a site of a running organisation, for faults. Safe for any thread. */
public interface LinkHandle {
    /** Its name. */
    String name();

    /** Loses it: connections over it fail from now on; routes stay as they are (DECISIONS 2.1). */
    void cut();

    /** Gives it back. */
    void mend();
}
