package org.bridgehead.io.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.bridgehead.core.mail.RecipientOutcome;
import org.bridgehead.core.smtp.Outgoing;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
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

    /** Whoever may wait uses the same connection. */
    @Test
    void aThreadMayWaitForWhatTheLoopDoes() throws Exception {
        try (ScriptedServer server = new ScriptedServer(peer -> {
            peer.greet("PIPELINING");
            for (int i = 0; i < 2; i++) {
                peer.until("DATA")
                        .say("250 ok", "250 ok", "354 go")
                        .until(".\r")
                        .say("250 2.0.0 done");
            }
            peer.until("QUIT").say("221 bye");
        })) {
            SmtpConnection connection = connect(server, settings());
            assertThat(connection.isInLoop()).isFalse();
            assertThat(send(connection, ONE, BODY)).containsExactly(new RecipientOutcome.Delivered("250 2.0.0 done"));
            assertThat(connection.isInLoop()).isTrue();
            assertThat(connection.transmit(ONE, BODY))
                    .containsExactly(new RecipientOutcome.Delivered("250 2.0.0 done"));
            connection.close();
            assertThat(connection.usable()).isFalse();
        }
    }
}
