package org.bridgehead.io.mailstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.bridgehead.io.mailstore.Node.ANNA;
import static org.bridgehead.io.mailstore.Node.BERT;
import static org.bridgehead.io.mailstore.Node.CARL;
import static org.bridgehead.io.mailstore.Node.deliver;
import static org.bridgehead.io.mailstore.Node.state;
import static org.bridgehead.io.mailstore.Node.stored;
import static org.bridgehead.io.mailstore.Node.text;
import static org.bridgehead.io.mailstore.Node.withReturnPath;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.bridgehead.core.directory.DirectoryEntry;
import org.bridgehead.core.mail.EmailAddress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every mail store does, with files or without. */
@Timeout(60)
abstract class MailStoreContract {
    private static final byte[] HELLO = text("Subject: hello\r\n\r\nHello.\r\n");

    private MailStore store;

    abstract MailStore open() throws IOException;

    @BeforeEach
    void openStore() throws IOException {
        Quiet.expectComplaints();
        store = open();
    }

    @AfterEach
    void closeStore() throws IOException {
        store.close();
        Quiet.complainAgain();
    }

    @Test
    void aMessageIsStoredWithItsReturnPathAndOtherwiseUnchanged() throws IOException {
        StoredMessage message =
                stored(deliver(store, HELLO, state(1, false), ANNA).get(0));
        assertThat(store.octets(message)).isEqualTo(withReturnPath(HELLO));
        assertThat(message.size()).isEqualTo(withReturnPath(HELLO).length);
        assertThat(store.messages("anna")).containsExactly(message);
        assertThat(store.messages("ANNA")).containsExactly(message);
        assertThat(store.count("anna")).isEqualTo(1);
        assertThat(store.count("bert")).isZero();
        assertThat(message.received()).isEqualTo(Node.NOON);
        assertThat(message.database()).isEqualTo("DB1");
    }

    @Test
    void reportsHaveAnEmptyReturnPath() throws IOException {
        try (IncomingMessage message = store.newMessage()) {
            message.write(HELLO, 0, HELLO.length);
            message.commit(Optional.empty(), List.of(ANNA), state(1, false), Node.NOON);
        }
        assertThat(Node.contents(store, "anna").get(0)).startsWith(text("Return-Path: <>\r\nSubject: hello\r\n"));
    }

    @Test
    void oneMessageForSeveralMailboxesOfAGroupIsKeptOnce() throws IOException {
        List<DeliveryResult> results = deliver(store, HELLO, state(1, false), ANNA, CARL, BERT);
        StoredMessage anna = stored(results.get(0));
        StoredMessage carl = stored(results.get(1));
        StoredMessage bert = stored(results.get(2));
        assertThat(anna.position()).isEqualTo(bert.position());
        assertThat(List.of(anna.mailbox(), carl.mailbox(), bert.mailbox())).containsExactly("anna", "carl", "bert");
        assertThat(carl.storageGroup()).isEqualTo("SG2");
        for (DirectoryEntry.Mailbox user : Node.USERS) {
            assertThat(Node.contents(store, user.name())).containsExactly(withReturnPath(HELLO));
        }
    }

    @Test
    void aMailboxNamedTwiceGetsOneMessage() throws IOException {
        List<DeliveryResult> results = deliver(store, HELLO, state(1, false), ANNA, BERT, ANNA);
        assertThat(results.get(2)).isInstanceOf(DeliveryResult.Duplicate.class);
        assertThat(store.count("anna")).isEqualTo(1);
    }

    @Test
    void aMailboxGetsAMessageOnceMarkedOrNot() throws IOException {
        deliver(store, HELLO, state(1, false), ANNA);
        assertThat(deliver(store, HELLO, state(1, true), ANNA, BERT).toString()).startsWith("[Duplicate[], Stored[");
        assertThat(deliver(store, HELLO, state(1, false), ANNA).toString()).isEqualTo("[Duplicate[]]");
        deliver(store, HELLO, state(2, true), ANNA);
        assertThat(store.count("anna")).isEqualTo(2);
        assertThat(store.count("bert")).isEqualTo(1);
    }

    @Test
    void whatAUserDeletedDoesNotComeBackByRedelivery() throws IOException {
        StoredMessage message =
                stored(deliver(store, HELLO, state(1, false), ANNA).get(0));
        store.delete(List.of(message));
        assertThat(store.messages("anna")).isEmpty();
        assertThat(deliver(store, HELLO, state(1, true), ANNA).get(0)).isInstanceOf(DeliveryResult.Duplicate.class);
        assertThat(stored(deliver(store, HELLO, state(2, false), ANNA).get(0)).uid())
                .isGreaterThan(message.uid());
    }

    @Test
    void longMessagesComeOutAsTheyWentIn() throws IOException {
        byte[] large = Node.random(new Random(5), 3 * IncomingMessage.IN_MEMORY + 17);
        StoredMessage message =
                stored(deliver(store, large, state(1, false), ANNA).get(0));
        deliver(store, HELLO, state(2, false), ANNA);
        assertThat(store.octets(message)).isEqualTo(withReturnPath(large));
        try (InputStream in = store.open(message)) {
            assertThat(in.readAllBytes()).isEqualTo(withReturnPath(large));
        }
        assertThat(Node.contents(store, "anna").get(1)).isEqualTo(withReturnPath(HELLO));
    }

    @Test
    void anEmptyMessageIsAMessage() throws IOException {
        deliver(store, new byte[0], state(1, false), ANNA);
        assertThat(Node.contents(store, "anna")).containsExactly(withReturnPath(new byte[0]));
    }

    @Test
    void onlyMailboxesOfThisServerAreAccepted() {
        assertThat(store.accepts(EmailAddress.of("Anna@Partner.test"))).contains(ANNA);
        assertThat(store.accepts(EmailAddress.of("nobody@contoso.test"))).isEmpty();
        assertThat(store.accepts(EmailAddress.of("elsewhere@contoso.test"))).isEmpty();
    }

    @Test
    void aMessageGivenUpLeavesNothing() throws IOException {
        try (IncomingMessage message = store.newMessage()) {
            message.write(new byte[2 << 20], 0, 2 << 20);
        }
        assertThat(store.revision()).isZero();
        IncomingMessage closed = store.newMessage();
        closed.close();
        assertThatThrownBy(() -> closed.write(HELLO, 0, 1)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void waitersAndListenersLearnOfNewMail() throws Exception {
        List<String> heard = new ArrayList<>();
        Runnable stop = store.onChange(mailbox -> heard.add(mailbox + store.count(mailbox)));
        long seen = store.revision();
        assertThat(store.awaitChange(seen, Duration.ofMillis(1))).isEqualTo(seen);
        deliver(store, HELLO, state(1, false), BERT, ANNA);
        assertThat(store.awaitChange(seen, Duration.ofSeconds(10))).isGreaterThan(seen);
        assertThat(heard).containsExactly("anna1", "bert1");
        stop.run();
        deliver(store, HELLO, state(2, false), ANNA);
        assertThat(heard).hasSize(2);
    }

    @Test
    void aListenerThatThrowsDoesNotHurtTheDelivery() throws IOException {
        store.onChange(mailbox -> {
            throw new IllegalStateException("listener");
        });
        stored(deliver(store, HELLO, state(1, false), ANNA).get(0));
        assertThat(store.count("anna")).isEqualTo(1);
    }

    @Test
    void manyThreadsDeliverAndDeleteAtOnce() throws Exception {
        int threads = 8;
        int each = 100;
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Callable<Integer>> jobs = new ArrayList<>();
            for (int t = 0; t < threads; t++) {
                int thread = t;
                jobs.add(() -> deliverAndDelete(thread, each));
            }
            int deleted = 0;
            for (Future<Integer> job : pool.invokeAll(jobs, 50, TimeUnit.SECONDS)) deleted += job.get();
            assertThat(store.count("anna")).isEqualTo(threads * each - deleted);
            assertThat(store.count("carl")).isEqualTo(threads * each);
        } finally {
            pool.shutdownNow();
        }
        List<Long> uids =
                store.messages("carl").stream().map(StoredMessage::uid).toList();
        assertThat(uids).doesNotHaveDuplicates().isSorted().hasSize(threads * each);
        for (StoredMessage message : store.messages("anna")) {
            byte[] expected = withReturnPath(text(message.id().low() + "\r\n"));
            assertThat(store.octets(message)).isEqualTo(expected);
        }
    }

    private int deliverAndDelete(int thread, int each) throws IOException {
        int deleted = 0;
        for (int i = 0; i < each; i++) {
            long id = thread * 1000L + i;
            List<DeliveryResult> results = deliver(store, text(id + "\r\n"), state(id, false), ANNA, CARL);
            assertThat(deliver(store, text(id + "\r\n"), state(id, true), ANNA, CARL))
                    .allMatch(DeliveryResult.Duplicate.class::isInstance);
            if (i % 10 == 0) {
                store.delete(List.of(stored(results.get(0))));
                deleted++;
            }
        }
        return deleted;
    }

    @Test
    void aClosedStoreTakesNothing() throws IOException {
        store.close();
        assertThat(deliver(store, HELLO, state(1, false), ANNA).get(0)).isInstanceOf(DeliveryResult.Failed.class);
    }
}
