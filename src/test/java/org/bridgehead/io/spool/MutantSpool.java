package org.bridgehead.io.spool;

import java.io.IOException;
import java.nio.file.Path;

/** The spool that does not sync, for power-cut tests of other packages: they have to catch it. */
public final class MutantSpool {
    private MutantSpool() {}

    /** Opens it. */
    public static Spool open(Path folder) throws IOException {
        return RocksSpool.open(folder, false);
    }
}
