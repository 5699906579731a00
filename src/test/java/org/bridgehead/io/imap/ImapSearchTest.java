package org.bridgehead.io.imap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.imap.ImapHostManager;
import com.icegreen.greenmail.store.MailFolder;
import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.Flags;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whether a message is in a mailbox, asked of somebody else's IMAP server. */
class ImapSearchTest {
    private static final String FIELD = "X-Mark";
    private static final String ANNA = "anna@x.test";

    private final ServerSetup setup = new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_IMAP);
    private final GreenMail server = new GreenMail(setup);
    private final AtomicInteger logins = new AtomicInteger();
    private final ImapSearch search = new ImapSearch(() -> {
        logins.incrementAndGet();
        return access("secret");
    });

    private MasterAccess access(String password) {
        return new MasterAccess(
                new InetSocketAddress("127.0.0.1", server.getImap().getPort()), "master", password, false);
    }

    @BeforeEach
    void start() {
        setup.setServerStartupTimeout(10_000);
        server.start();
        for (int i = 0; i < 20; i++) {
            mailbox("u" + i + "@x.test");
        }
        mailbox(ANNA);
    }

    private void mailbox(String address) {
        server.setUser(address, address + "*master", "secret");
    }

    @AfterEach
    void stop() {
        search.close();
        server.stop();
    }

    private void store(String folder, String header) throws Exception {
        ImapHostManager hosts = server.getManagers().getImapHostManager();
        GreenMailUser anna = server.getUserManager().getUserByEmail(ANNA);
        MailFolder known = hosts.getFolder(anna, folder);
        MailFolder its = known == null ? hosts.createMailbox(anna, folder) : known;
        byte[] octets = (header + "Subject: x\r\n\r\ntext\r\n").getBytes(StandardCharsets.US_ASCII);
        its.appendMessage(
                new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(octets)),
                new Flags(),
                new Date());
    }

    private boolean has(String value) throws IOException {
        return search.has(ANNA, FIELD, value);
    }

    @Test
    void findsItInAnyFolder() throws Exception {
        store("INBOX", "X-Mark: 1a\r\n");
        store("Kept.Longer", "X-Mark: 2b\r\n");
        assertThat(has("1a")).isTrue();
        assertThat(has("2b")).isTrue();
        assertThat(has("3c")).isFalse();
        assertThat(logins).hasValue(1);
    }

    @Test
    void seesWhatCameSinceTheLastQuestion() throws Exception {
        assertThat(has("1a")).isFalse();
        store("INBOX", "X-Mark: 1a\r\n");
        assertThat(has("1a")).isTrue();
    }

    @Test
    void onlyTheFirstFieldCountsAndOnlyWhole() throws Exception {
        store("INBOX", "X-Mark: 1a\r\nX-Mark: 2b\r\n");
        assertThat(has("2b")).isFalse();
        assertThat(has("1")).isFalse();
        assertThat(has("1a")).isTrue();
    }

    @Test
    void oneConnectionForAMailboxHoweverManyAsk() throws Exception {
        store("INBOX", "X-Mark: 1a\r\n");
        ExecutorService askers = Executors.newFixedThreadPool(8);
        try {
            List<Future<Boolean>> answers = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                answers.add(askers.submit(() -> has("1a")));
            }
            for (Future<Boolean> answer : answers) {
                assertThat(answer.get()).isTrue();
            }
        } finally {
            askers.shutdownNow();
        }
        assertThat(logins).hasValue(1);
    }

    @Test
    void connectionsAreKeptForTheLastSixteenAndClosedAfterARest() throws Exception {
        for (int i = 0; i < 17; i++) {
            search.has("u" + i + "@x.test", FIELD, "1a");
        }
        search.has("u1@x.test", FIELD, "1a");
        assertThat(logins).hasValue(17);
        search.has("u0@x.test", FIELD, "1a");
        assertThat(logins).hasValue(18);
        search.rest();
        search.has("u0@x.test", FIELD, "1a");
        assertThat(logins).hasValue(18);
        search.rest();
        search.rest();
        search.has("u0@x.test", FIELD, "1a");
        assertThat(logins).hasValue(19);
    }

    @Test
    void aServerThatIsGoneIsTrouble() throws Exception {
        assertThat(has("1a")).isFalse();
        server.getImap().stopService();
        assertThatThrownBy(() -> has("1a"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("IMAP at /127.0.0.1")
                .hasMessageNotContaining("\n");
    }

    @Test
    void aWrongPasswordIsTroubleToo() {
        try (ImapSearch wrong = new ImapSearch(() -> access("guessed"))) {
            assertThatThrownBy(() -> wrong.has(ANNA, FIELD, "1a"))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("login refused")
                    .hasMessageNotContaining("guessed");
        }
    }
}
