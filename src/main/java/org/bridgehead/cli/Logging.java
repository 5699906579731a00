package org.bridgehead.cli;

/**
 * Points Logback at the command line's own configuration: warnings on stderr, more with {@code -v}, less where a verb tells them itself. It is no
 * {@code logback.xml} at the root of the class path, where it would override that of programs which embed the engine.
 */
final class Logging {
    private static final String CONFIGURATION = "logback.configurationFile";
    private static final String LEVEL = "bridgehead.log.level";

    private Logging() {}

    /** Must run before the first logger is made; what the user set by {@code -D} stands. */
    static void configure(String level) {
        if (System.getProperty(CONFIGURATION) == null) {
            System.setProperty(CONFIGURATION, "org/bridgehead/cli/logback.xml");
        }
        if (System.getProperty(LEVEL) == null) {
            System.setProperty(LEVEL, level);
        }
    }
}
