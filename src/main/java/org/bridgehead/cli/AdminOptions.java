package org.bridgehead.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.bridgehead.admin.AdminClient;
import org.bridgehead.admin.AdminException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which running engine a verb talks to, and what its refusals mean for the exit code. */
final class AdminOptions {
    private static final int CONFLICT = 409;
    private static final int SERVER_ERROR = 500;

    /** What an engine is asked. */
    interface Question<T extends @Nullable Object> {
        T of(AdminClient engine) throws IOException, InterruptedException;
    }

    @Option(names = "--admin", paramLabel = "URL", description = "the engine; default: what BRIDGEHEAD_ADMIN says")
    @Nullable
    String admin;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "file with the secret of the engine; default: what BRIDGEHEAD_TOKEN says")
    @Nullable
    Path tokenFile;

    /** Asks the engine that is meant; what it refuses, or that nobody answers, is a {@link Failure}. */
    <T extends @Nullable Object> T ask(Question<T> question) throws InterruptedException {
        AdminClient engine = client();
        try {
            return question.of(engine);
        } catch (AdminException e) {
            String words = e.getMessage() + (e.hint().isEmpty() ? "" : " (" + e.hint() + ")");
            throw e.status() == CONFLICT
                    ? Failure.answer(words)
                    : e.status() >= SERVER_ERROR ? Failure.environment(words, e) : Failure.usage(words, e);
        } catch (IOException e) {
            throw Failure.environment(
                    "no engine answers at " + engine.base() + "; start one with bridgehead run T --admin HOST:PORT, or"
                            + " name another by --admin or BRIDGEHEAD_ADMIN",
                    e);
        }
    }

    private AdminClient client() {
        String base = admin != null ? admin : System.getenv("BRIDGEHEAD_ADMIN");
        if (base == null || base.isBlank()) {
            throw Failure.usage("which engine? Write --admin HOST:PORT or set BRIDGEHEAD_ADMIN; an engine listens with"
                    + " bridgehead run T --admin 127.0.0.1:8025");
        }
        Optional<String> token = tokenFile != null
                ? Optional.of(AdminSwitch.token(tokenFile))
                : Optional.ofNullable(System.getenv("BRIDGEHEAD_TOKEN")).filter(text -> !text.isBlank());
        try {
            return new AdminClient(base, token);
        } catch (IllegalArgumentException e) {
            throw Failure.usage(base + " is no address of an engine: write HOST:PORT", e);
        }
    }
}
