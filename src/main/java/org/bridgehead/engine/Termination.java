package org.bridgehead.engine;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

/**
 * Lets a program end in its own way when it is asked to by SIGTERM, SIGINT or the end of its terminal: the one who
 * waits is told, and says with which code the process ends when all is done. Safe for any thread.
 */
public final class Termination implements AutoCloseable {
    private static final int NO_CODE = -1;

    private final CountDownLatch asked = new CountDownLatch(1);
    private final CompletableFuture<Integer> code = new CompletableFuture<>();
    private final Thread hook = new Thread(this::end, "termination");

    private Termination() {}

    /** Listens from now on. */
    public static Termination listen() {
        Termination termination = new Termination();
        Runtime.getRuntime().addShutdownHook(termination.hook);
        return termination;
    }

    /** Waits until the process is asked to end. */
    public void await() throws InterruptedException {
        asked.await();
    }

    /** All is done: the process, if it was asked to end, ends now with this code. */
    public void end(int exitCode) {
        code.complete(exitCode);
    }

    private void end() {
        asked.countDown();
        int exitCode = code.join();
        if (exitCode != NO_CODE) {
            Runtime.getRuntime().halt(exitCode);
        }
    }

    /** Listens no more; a process that is ending already goes on with that. */
    @Override
    public void close() {
        code.complete(NO_CODE);
    }
}
