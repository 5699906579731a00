package org.bridgehead.io.net;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Disabled;
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
    @Disabled("nobody needs a thread here")
    void withoutAThreadAPeerIsTurnedAway() {}
}
