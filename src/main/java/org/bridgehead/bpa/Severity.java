package org.bridgehead.bpa;

/** How bad a finding is. */
public enum Severity {
    /** Mail is or will be lost, refused or stuck. */
    ERROR("error"),
    /** A failure away from trouble, or not as intended. */
    WARNING("warning"),
    /** Good to know. */
    INFO("info");

    private final String keyword;

    Severity(String keyword) {
        this.keyword = keyword;
    }

    /** The word in JSON. */
    public String keyword() {
        return keyword;
    }
}
