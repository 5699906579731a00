package org.bridgehead.engine;

import org.bridgehead.core.hub.Admission;
import org.bridgehead.core.hub.Hub;
import org.bridgehead.core.hub.Pressure;

/**
 * A hub at one moment, for threads that must not touch it.
 *
 * @param admission who may hand in what
 * @param pressure how hard it is pressed
 * @param messages it is responsible for
 * @param transmitting messages being sent
 * @param unwritten batches the spool has not confirmed
 * @param categorizing messages the directory is asked about
 * @param released messages that nothing is left to do of, so far
 */
record Glance(
        Admission admission,
        Pressure pressure,
        int messages,
        int transmitting,
        int unwritten,
        int categorizing,
        long released) {
    static Glance at(Hub hub) {
        return new Glance(
                hub.admission(),
                hub.pressure(),
                hub.messages(),
                hub.transmitting(),
                hub.unwritten(),
                hub.categorizing(),
                hub.released());
    }
}
