package org.bridgehead.core.directory;

/** What the directory says to one question, or about one member of a group. */
public sealed interface Answer {
    /**
     * The object.
     *
     * @param entry as it is in the directory now
     */
    record Found(DirectoryEntry entry) implements Answer {}

    /**
     * No such object: mail for an authoritative domain bounces 5.1.1.
     *
     * @param what the address or name that was asked for
     */
    record NotFound(String what) implements Answer {}

    /**
     * Several objects claim the address: 5.1.4.
     *
     * @param what the address
     */
    record Ambiguous(String what) implements Answer {}

    /**
     * There is such an object, but it cannot be a recipient as it is: reported to the sender, 5.3.0 (BEHAVIOUR 2.2).
     *
     * @param what its name
     * @param why what is wrong with it, for who looks after the directory
     */
    record Malformed(String what, String why) implements Answer {}

    /**
     * The directory could not be asked: try later, never bounce.
     *
     * @param why one line
     */
    record Unavailable(String why) implements Answer {}
}
