package org.bridgehead.cli;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.bridgehead.admin.AdminClient;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

/** The topology file of a running engine, read again. */
@Command(
        name = "reload",
        header = {
            "Makes a running engine read its topology file again; what waits is routed afresh.",
            "",
            "Examples:",
            "  bridgehead check topologies/contoso.yaml && bridgehead reload --admin 127.0.0.1:8025",
            "  kill -HUP PID                        the same, where the engine has no terminal",
            "",
            "Sites, links, costs, connectors, settings and people change at once. A bad file changes nothing and is told",
            "with line and column. Servers that are new or listen elsewhere, receive connectors, limits at the doors and",
            "the built-in Internet change with the next start; the answer says which. A server that runs and is not in",
            "the file any more has to be drained first.",
            ""
        },
        synopsisHeading = "Usage: ",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:the new file is in use",
            "2:bad usage or a bad file; nothing has changed",
            "3:no engine answers"
        })
final class ReloadCommand extends AdminVerb {
    @Override
    int ask(AdminClient engine) throws IOException, InterruptedException {
        Map<String, @Nullable Object> answer = engine.tell("status", "topology", "reload", List.of(), new byte[0]);
        if (!options().quiet && answer.get("warnings") instanceof List<?> warnings) {
            warnings.forEach(warning -> err().println(options().colors().warning(String.valueOf(warning))));
        }
        StringBuilder line = new StringBuilder("reloaded " + answer.get("file"));
        if (answer.get("afterRestart") instanceof List<?> later) {
            later.forEach(item -> line.append("\n  only after a restart: ").append(item));
        }
        done(answer, line.toString());
        return ExitCode.OK;
    }
}
