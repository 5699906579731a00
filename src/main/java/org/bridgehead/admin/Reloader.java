package org.bridgehead.admin;

import java.util.List;

/** Reads the organisation's file again and puts it to use. Safe for any thread. */
public interface Reloader {
    /**
     * What a reload came to.
     *
     * @param file what was read
     * @param warnings what its author should know
     * @param afterRestart what of it only shows after a restart
     */
    record Outcome(String file, List<String> warnings, List<String> afterRestart) {
        /** Copies the lists. */
        public Outcome {
            warnings = List.copyOf(warnings);
            afterRestart = List.copyOf(afterRestart);
        }
    }

    /**
     * Reloads.
     *
     * @throws IllegalArgumentException when the file is bad or does not fit; nothing has changed then, and the message
     *     says what is wrong where
     */
    Outcome reload();
}
