package org.bridgehead.cli;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** The version from the jar's manifest. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        String version = Optional.ofNullable(Main.class.getPackage().getImplementationVersion())
                .orElse("(unpackaged)");
        return new String[] {
            "bridgehead " + version, "Java " + System.getProperty("java.version") + " " + System.getProperty("os.name")
        };
    }
}
