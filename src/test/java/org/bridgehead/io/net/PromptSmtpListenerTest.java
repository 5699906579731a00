package org.bridgehead.io.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What holds of a listener holds of one whose sink never lets it wait: all is done by its event loop. */
@Timeout(60)
class PromptSmtpListenerTest extends SmtpListenerTest {
    @BeforeEach
    void prompt() {
        sink.prompt = true;
    }

    @Override
    @Test
    void withoutAThreadAPeerIsTurnedAway() throws Exception {
        sink.prompt = false;
        super.withoutAThreadAPeerIsTurnedAway();
    }

    @Test
    void inClearNobodyNeedsAThread() throws Exception {
        SmtpListener listener = openWithoutThreads();
        List<LineClient> clients = new ArrayList<>();
        try {
            for (int i = 0; i < 20; i++) {
                clients.add(new LineClient(listener.port()));
            }
            for (LineClient client : clients) {
                assertThat(client.reply()).startsWith("220 ");
                client.say("EHLO c.test");
                client.send("MAIL FROM:<a@x.test>\r\nRCPT TO:<b@y.test>\r\nDATA\r\n");
                assertThat(client.reply() + client.reply() + client.reply()).matches("250.*250.*354.*");
                assertThat(client.say("x\r\n.")).startsWith("250 2.0.0");
            }
        } finally {
            for (LineClient client : clients) {
                client.disconnect();
            }
        }
        assertThat(sink.taken).hasSize(20);
        end(listener);
    }
}
