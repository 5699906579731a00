package org.bridgehead.io.net;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.bridgehead.core.mail.RecipientOutcome;
import org.bridgehead.core.smtp.Outgoing;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/** What holds of a connection holds of one that an event loop has taken over. */
@Timeout(60)
class LoopedSmtpConnectionTest extends SmtpConnectionTest {
    private EventLoop loop;
    private Thread thread;

    @BeforeEach
    void begin() throws IOException {
        loop = EventLoop.open(Duration.ofMillis(20));
        thread = new Thread(loop, "loop");
        thread.start();
    }

    @AfterEach
    void end() throws InterruptedException {
        loop.close();
        thread.join(TimeUnit.SECONDS.toMillis(10));
    }

    @Override
    List<RecipientOutcome> send(SmtpConnection connection, Outgoing mail, BodySource body) {
        CompletableFuture<List<RecipientOutcome>> outcomes = new CompletableFuture<>();
        loop.execute(() -> connection.transmit(mail, body, loop, outcomes::complete));
        return outcomes.orTimeout(30, TimeUnit.SECONDS).join();
    }
}
