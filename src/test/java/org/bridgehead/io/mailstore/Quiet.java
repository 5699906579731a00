package org.bridgehead.io.mailstore;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the log silent where a test damages a store on purpose. */
final class Quiet {
    private Quiet() {}

    static void expectComplaints() {
        logger().setLevel(Level.OFF);
    }

    static void complainAgain() {
        logger().setLevel(null);
    }

    private static Logger logger() {
        return (Logger) LoggerFactory.getLogger(Quiet.class.getPackageName());
    }
}
