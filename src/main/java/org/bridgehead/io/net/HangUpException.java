package org.bridgehead.io.net;

import java.io.IOException;

/** Thrown by a {@link MessageSink.Incoming} that wants the connection to end now, without another word. */
public final class HangUpException extends IOException {
    private static final long serialVersionUID = 1L;

    /** For this reason. */
    public HangUpException(String why) {
        super(why);
    }
}
