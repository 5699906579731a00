package org.bridgehead.core.directory;

/** Who hears what became of the members' copies of a group (BEHAVIOUR 2.4, group report settings). */
public enum ReportTo {
    /** The sender, as of any other recipient. */
    ORIGINATOR,
    /** The group's manager, and only of failures. */
    MANAGER,
    /** Nobody. */
    NOBODY
}
