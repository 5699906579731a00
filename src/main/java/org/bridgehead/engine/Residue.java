package org.bridgehead.engine;

import java.util.List;

/**
 * What an organisation left behind when it was closed.
 *
 * @param unsettledMail messages that were accepted and neither delivered nor reported, by server; with a data
 *     directory they wait there
 * @param threads names of threads still alive
 * @param ports servers whose listener did not let go of its port, and which port
 * @param bugs servers that had stopped by a bug, and which
 */
public record Residue(List<String> unsettledMail, List<String> threads, List<String> ports, List<String> bugs) {
    /** Copies the lists. */
    public Residue {
        unsettledMail = List.copyOf(unsettledMail);
        threads = List.copyOf(threads);
        ports = List.copyOf(ports);
        bugs = List.copyOf(bugs);
    }

    /** Whether nothing was left. */
    public boolean isEmpty() {
        return unsettledMail.isEmpty() && threads.isEmpty() && ports.isEmpty() && bugs.isEmpty();
    }
}
