package org.bridgehead.cli;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.bridgehead.admin.AdminClient;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Site links of a running engine. */
@Command(
        name = "link",
        header = {
            "Site links of a running engine: cut one to see what happens, and mend it.",
            "",
            "Examples:",
            "  bridgehead link list --admin 127.0.0.1:8025",
            "  bridgehead link cut Berlin-Munich       connections over it fail; routes stay, mail waits before it",
            "  bridgehead link mend Berlin-Munich",
            ""
        },
        synopsisHeading = "Usage: ",
        subcommands = {LinkCommand.ListLinks.class, LinkCommand.Cut.class, LinkCommand.Mend.class},
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:done", "2:bad usage, or no such link", "3:no engine answers"})
final class LinkCommand extends Group {
    private static final String KIND = "links";
    private static final List<String> COLUMNS = List.of("name", "sites", "cost", "state");

    /** All links. */
    @Command(name = "list", header = "All site links, and which are cut.")
    static final class ListLinks extends AdminVerb {
        @Override
        int ask(AdminClient engine) throws IOException, InterruptedException {
            print(items(engine.list(KIND, List.of())), COLUMNS, COLUMNS, "no site link");
            return ExitCode.OK;
        }
    }

    /** What an action is about. */
    abstract static class OfOne extends AdminVerb {
        @Parameters(paramLabel = "LINK", description = "its name")
        String link = "";

        final int tell(AdminClient engine, String verb) throws IOException, InterruptedException {
            Map<String, @Nullable Object> answer = engine.tell(KIND, link, verb, List.of(), new byte[0]);
            String down = Structured.cell(answer.get("down")).replace(" > ", ", ");
            done(
                    answer,
                    verb + ": " + answer.get("link") + (down.isEmpty() ? "; everything is up" : "; down: " + down));
            return ExitCode.OK;
        }
    }

    /** Cut. */
    @Command(name = "cut", header = "Loses it.")
    static final class Cut extends OfOne {
        @Override
        int ask(AdminClient engine) throws IOException, InterruptedException {
            return tell(engine, "cut");
        }
    }

    /** Mend. */
    @Command(name = "mend", header = "Gives it back.")
    static final class Mend extends OfOne {
        @Override
        int ask(AdminClient engine) throws IOException, InterruptedException {
            return tell(engine, "mend");
        }
    }
}
