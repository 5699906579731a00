package org.bridgehead.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import org.bridgehead.cli.demo.ImaginedPlay;
import org.bridgehead.io.config.LoadedScenario;
import org.bridgehead.whatif.trace.Trace;

/** A scenario file in place of a topology and a message: all its letters are traced, its expectations judged. */
final class TraceScenario {
    /** Letters whose story is told without being asked for. */
    private static final int TOLD = 4;

    private final ImaginedPlay play;
    private final Trace trace;

    private TraceScenario(ImaginedPlay play) {
        this.play = play;
        this.trace = play.trace();
    }

    /**
     * Plays it.
     *
     * @throws Failure when it cannot be used
     */
    static TraceScenario play(Verb verb, Path file) {
        LoadedScenario loaded = Scenarios.load(verb, file);
        try {
            return new TraceScenario(ImaginedPlay.of(loaded, loaded.topology().organization()));
        } catch (UnsupportedOperationException | IllegalArgumentException e) {
            throw Failure.usage(file + ": " + e.getMessage(), e);
        } catch (IOException e) {
            throw Failure.environment("cannot read the mail of " + file + ": " + e.getMessage(), e);
        }
    }

    Trace trace() {
        return trace;
    }

    boolean isMet() {
        return play.wishes().stream().allMatch(ImaginedPlay.Wish::isMet);
    }

    /** For people: the story of a few letters, or how many arrived, then scene by scene what was expected. */
    void print(Output output, boolean verbose) {
        PrintWriter out = output.text();
        Colors colors = output.colors();
        if (verbose || trace.messages().size() <= TOLD) {
            new TraceText(trace, output).print();
        } else {
            long arrived =
                    trace.recipients().stream().filter(Trace.Recipient::arrived).count();
            out.println(colors.strong(trace.scenario().orElse("")) + "   "
                    + trace.messages().size() + " letters for "
                    + trace.recipients().size() + " recipients, " + arrived + " arrived, "
                    + trace.events().size()
                    + " tracking events" + colors.faint(" (-v tells the story, -o json lists the events)"));
        }
        String scene = "";
        for (ImaginedPlay.Wish wish : play.wishes()) {
            if (!wish.scene().equals(scene)) {
                scene = wish.scene();
                out.println();
                out.println(scene);
            }
            out.println("  " + (wish.isMet() ? colors.good("as expected: ") : colors.bad("not as expected: "))
                    + wish.about() + " " + wish.found()
                    + (wish.isMet() ? "" : ", expected " + wish.wanted()));
        }
        if (play.wishes().isEmpty()) {
            out.flush();
            return;
        }
        out.println();
        List<ImaginedPlay.Wish> unmet =
                play.wishes().stream().filter(wish -> !wish.isMet()).toList();
        out.println(
                unmet.isEmpty()
                        ? colors.good("All " + play.wishes().size() + " expectations are met.")
                        : colors.bad(unmet.size() + " of " + play.wishes().size() + " expectations are not met."));
        out.flush();
    }

    /** For programs, which get the events on stdout. */
    void complain(PrintWriter err) {
        play.wishes().stream()
                .filter(wish -> !wish.isMet())
                .forEach(wish -> err.println("not as expected: " + wish.scene() + ": " + wish.about() + " "
                        + wish.found() + ", expected " + wish.wanted()));
    }
}
