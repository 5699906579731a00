package org.bridgehead.cli;

import java.util.Locale;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Prints a script that completes verbs and options. */
@Command(
        name = "completion",
        header = {
            "A shell script that completes verbs and options.",
            "",
            "Examples:",
            "  source <(bridgehead completion bash)",
            "  source <(bridgehead completion zsh)",
            ""
        },
        synopsisHeading = "Usage: ")
final class CompletionCommand extends Verb {
    /** Shells that are served. */
    enum Shell {
        /** Bash 3 and newer. */
        BASH,
        /** By its emulation of Bash's completion. */
        ZSH;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Parameters(paramLabel = "SHELL", description = "${COMPLETION-CANDIDATES}")
    Shell shell;

    @Override
    public Integer call() {
        if (shell == Shell.ZSH) {
            output().text().println("autoload -U +X compinit && compinit\nautoload -U +X bashcompinit && bashcompinit");
        }
        output().text().print(AutoComplete.bash("bridgehead", spec.root().commandLine()));
        return ExitCode.OK;
    }
}
