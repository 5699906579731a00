package org.bridgehead.render.timeline;

import org.bridgehead.whatif.trace.Trace;

/** stub. */
public final class TimelinePage {
    private TimelinePage() {}

    /** stub. */
    public static String html(Trace trace) {
        return trace.toString();
    }
}
