package org.bridgehead.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bridgehead.render.timeline.TimelinePage;
import org.bridgehead.whatif.trace.Trace;

/** Writes the page of a trace. */
final class TracePage {
    private TracePage() {}

    static void write(Path file, Trace trace) {
        try {
            Files.writeString(file, TimelinePage.html(trace));
        } catch (IOException e) {
            throw FileTrouble.writing(file, e);
        }
    }
}
