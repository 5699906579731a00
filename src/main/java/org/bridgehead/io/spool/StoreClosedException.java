package org.bridgehead.io.spool;

import java.io.IOException;

/** The store refused before it tried: nothing of what was to be written is there. */
final class StoreClosedException extends IOException {
    private static final long serialVersionUID = 1L;

    StoreClosedException(String why) {
        super(why);
    }
}
