package org.bridgehead.whatif;

/** What a server was in the midst of when it died; several at once are possible. */
public enum Moment {
    /** A message was on stable storage here, and its {@code 250} had not arrived. */
    SYNCED_UNANSWERED("between sync and 250"),
    /** Another server had taken a message from here, and that was not yet written down. */
    ANSWERED_UNSETTLED("between a remote 250 and settle"),
    /** The octets of a message were coming in or going out. */
    MID_DATA("in mid-DATA"),
    /** A group was expanded in part. */
    MID_EXPANSION("in mid-expansion"),
    /** What the spool held had not been read back completely. */
    RECOVERING("during recovery");

    private final String words;

    Moment(String words) {
        this.words = words;
    }

    /** For people. */
    public String words() {
        return words;
    }
}
