package org.bridgehead.io.mailstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.bridgehead.io.mailstore.Node.ANNA;
import static org.bridgehead.io.mailstore.Node.BERT;
import static org.bridgehead.io.mailstore.Node.deliver;
import static org.bridgehead.io.mailstore.Node.state;
import static org.bridgehead.io.mailstore.Node.stored;
import static org.bridgehead.io.mailstore.Node.text;
import static org.bridgehead.io.mailstore.Node.withReturnPath;

import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.FetchProfile;
import jakarta.mail.Flags;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Store;
import jakarta.mail.UIDFolder;
import jakarta.mail.event.MessageCountAdapter;
import jakarta.mail.event.MessageCountEvent;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.search.SubjectTerm;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.topology.HostPort;
import org.eclipse.angus.mail.imap.IMAPFolder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The views of a store over IMAP and POP3, seen with a mail client. Longer than most files: one client, set up once. */
@Timeout(120)
class ImapViewTest {
    private static final String PLAIN = "From: a@b.test\r\nSubject: %s\r\n\r\nText\r\n.dot\r\n";

    private final ExecutorService pushes = Executors.newSingleThreadExecutor();
    private final MailStore store = Node.inMemory();
    private final ImapView view = view(store);

    @TempDir
    Path temporary;

    private ImapView view(MailStore of) {
        return new ImapView(of, ImapViewTest::login, HostPort.LOOPBACK, HostPort.LOOPBACK, pushes);
    }

    private static Optional<String> login(String user, String password) {
        return EmailAddress.tryParse(user)
                .flatMap(Node::find)
                .filter(mailbox -> password.equals(mailbox.primaryAddress().toString()))
                .map(mailbox -> mailbox.name());
    }

    @AfterEach
    void stop() throws IOException {
        view.close();
        store.close();
        pushes.shutdownNow();
    }

    private static Store connect(ImapView to, String protocol, String user, String password)
            throws IOException, MessagingException {
        Properties properties = new Properties();
        properties.setProperty("mail.imap.timeout", "20000");
        properties.setProperty("mail.pop3.timeout", "20000");
        Store connected = Session.getInstance(properties).getStore(protocol);
        HostPort at =
                protocol.equals("imap") ? to.endpoints().imap() : to.endpoints().pop3();
        try {
            connected.connect(at.host(), at.port(), user, password);
        } catch (MessagingException e) {
            connected.close();
            throw e;
        }
        return connected;
    }

    private static Folder inbox(Store connected, int mode) throws MessagingException {
        Folder inbox = connected.getFolder("INBOX");
        inbox.open(mode);
        return inbox;
    }

    private static byte[] octets(Message message) throws IOException, MessagingException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (java.io.InputStream in = ((org.eclipse.angus.mail.imap.IMAPMessage) message).getMimeStream()) {
            in.transferTo(out);
        }
        return out.toByteArray();
    }

    @Test
    void nothingListensBeforeItIsAskedFor() throws IOException {
        assertThat(view.started()).isFalse();
        ImapView.Endpoints endpoints = view.endpoints();
        assertThat(view.started()).isTrue();
        assertThat(view.endpoints()).isEqualTo(endpoints);
        assertThat(endpoints.imap().host()).isEqualTo("127.0.0.1");
        assertThat(endpoints.imap().port())
                .isPositive()
                .isNotEqualTo(endpoints.pop3().port());
    }

    @Test
    void aTakenPortIsSaid() throws IOException {
        HostPort taken = view.endpoints().imap();
        Quiet.expectComplaints();
        try (ImapView second = new ImapView(store, ImapViewTest::login, taken, HostPort.LOOPBACK, pushes)) {
            assertThatThrownBy(second::endpoints)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(String.valueOf(taken.port()));
        } finally {
            Quiet.complainAgain();
        }
    }

    @Test
    void everyAddressOfAMailboxOpensTheSameInbox() throws Exception {
        deliver(store, text(PLAIN.formatted("one")), state(1, false), ANNA);
        for (String user : List.of("anna@contoso.test", "ANNA@partner.test")) {
            try (Store connected = connect(view, "imap", user, "anna@contoso.test")) {
                assertThat(inbox(connected, Folder.READ_ONLY).getMessageCount()).isEqualTo(1);
            }
        }
        try (Store connected = connect(view, "imap", "bert@contoso.test", "bert@contoso.test")) {
            assertThat(inbox(connected, Folder.READ_ONLY).getMessageCount()).isZero();
        }
    }

    @Test
    void wrongPasswordsAndUnknownUsersAreRefused() {
        for (String protocol : List.of("imap", "pop3")) {
            assertThatThrownBy(() -> connect(view, protocol, "anna@contoso.test", "guess"))
                    .isInstanceOf(AuthenticationFailedException.class);
            assertThatThrownBy(() -> connect(view, protocol, "nobody@contoso.test", "nobody@contoso.test"))
                    .isInstanceOf(AuthenticationFailedException.class);
        }
    }

    @Test
    void mailThatArrivesLaterIsSeenInTheSameSession() throws Exception {
        try (Store connected = connect(view, "imap", "anna@contoso.test", "anna@contoso.test")) {
            Folder inbox = inbox(connected, Folder.READ_WRITE);
            for (int i = 1; i <= 5; i++) {
                deliver(store, text(PLAIN.formatted("n" + i)), state(i, false), ANNA);
            }
            pushes.submit(() -> {}).get();
            ((IMAPFolder) inbox).doCommand(protocol -> {
                protocol.noop();
                return null;
            });
            assertThat(inbox.getMessageCount()).isEqualTo(5);
            assertThat(inbox.search(new SubjectTerm("n4"))).hasSize(1);
            assertThat(inbox.getMessage(3).getSubject()).isEqualTo("n3");
        }
    }

    @Test
    void anIdlingClientIsToldOfNewMail() throws Exception {
        try (Store connected = connect(view, "imap", "anna@contoso.test", "anna@contoso.test")) {
            IMAPFolder inbox = (IMAPFolder) inbox(connected, Folder.READ_ONLY);
            CountDownLatch told = new CountDownLatch(1);
            inbox.addMessageCountListener(new MessageCountAdapter() {
                @Override
                public void messagesAdded(MessageCountEvent event) {
                    told.countDown();
                }
            });
            ExecutorService idler = Executors.newSingleThreadExecutor();
            try {
                // Like any client: whatever else the server had to say, the wait goes on.
                Future<?> idling = idler.submit(() -> {
                    while (told.getCount() > 0) {
                        inbox.idle(true);
                    }
                    return null;
                });
                deliver(store, text(PLAIN.formatted("one")), state(1, false), ANNA);
                for (int i = 2; !told.await(200, TimeUnit.MILLISECONDS); i++) {
                    assertThat(i).as("new mail, none announced; %s", idling).isLessThan(100);
                    deliver(store, text(PLAIN.formatted("more")), state(i, false), ANNA);
                }
            } finally {
                idler.shutdown();
            }
        }
    }

    @Test
    void uidsAreThoseOfTheLogOverRestartsAndWhatWasExpungedStaysAway() throws Exception {
        long validity;
        Path folder = temporary.resolve("node");
        try (MailStore files = Node.open(folder, MailStoreSettings.DEFAULT);
                ImapView seen = view(files);
                Store connected = connect(seen, "imap", "anna@contoso.test", "anna@contoso.test")) {
            for (int i = 1; i <= 4; i++) {
                deliver(files, text(PLAIN.formatted("n" + i)), state(i, false), ANNA);
            }
            Folder inbox = inbox(connected, Folder.READ_WRITE);
            validity = ((UIDFolder) inbox).getUIDValidity();
            inbox.getMessage(1).setFlag(Flags.Flag.DELETED, true);
            inbox.getMessage(3).setFlag(Flags.Flag.DELETED, true);
            assertThat(inbox.expunge()).hasSize(2);
            assertThat(files.count("anna")).isEqualTo(2);
        }
        try (MailStore files = Node.open(folder, MailStoreSettings.DEFAULT);
                ImapView seen = view(files);
                Store connected = connect(seen, "imap", "anna@contoso.test", "anna@contoso.test")) {
            Folder inbox = inbox(connected, Folder.READ_WRITE);
            UIDFolder uids = (UIDFolder) inbox;
            assertThat(uids.getUIDValidity()).isEqualTo(validity);
            assertThat(inbox.getMessageCount()).isEqualTo(2);
            assertThat(uids.getUID(inbox.getMessage(1))).isEqualTo(2);
            assertThat(uids.getUID(inbox.getMessage(2))).isEqualTo(4);
            assertThat(((IMAPFolder) inbox).getUIDNext()).isEqualTo(5);
        }
    }

    @Test
    void flagsAreKeptAndSeenIsSetByReading() throws Exception {
        deliver(store, text(PLAIN.formatted("one")), state(1, false), ANNA);
        deliver(store, text(PLAIN.formatted("two")), state(2, false), ANNA);
        try (Store connected = connect(view, "imap", "anna@contoso.test", "anna@contoso.test")) {
            Folder inbox = inbox(connected, Folder.READ_WRITE);
            assertThat(inbox.getUnreadMessageCount()).isEqualTo(2);
            assertThat(inbox.getMessage(1).getContent().toString()).startsWith("Text");
            inbox.getMessage(2).setFlag(Flags.Flag.FLAGGED, true);
        }
        try (Store connected = connect(view, "imap", "anna@contoso.test", "anna@contoso.test")) {
            Folder inbox = inbox(connected, Folder.READ_WRITE);
            assertThat(inbox.getUnreadMessageCount()).isEqualTo(1);
            assertThat(inbox.getMessage(1).isSet(Flags.Flag.SEEN)).isTrue();
            assertThat(inbox.getMessage(2).isSet(Flags.Flag.FLAGGED)).isTrue();
        }
    }

    @Test
    void whatIsNotOfferedIsRefusedAndTheSessionGoesOn() throws Exception {
        deliver(store, text(PLAIN.formatted("one")), state(1, false), ANNA);
        try (Store connected = connect(view, "imap", "anna@contoso.test", "anna@contoso.test")) {
            Folder inbox = inbox(connected, Folder.READ_WRITE);
            MimeMessage draft = new MimeMessage(Session.getInstance(new Properties()));
            draft.setText("draft");
            assertThatThrownBy(() -> inbox.appendMessages(new Message[] {draft}))
                    .isInstanceOf(MessagingException.class);
            assertThatThrownBy(() -> inbox.copyMessages(inbox.getMessages(), inbox))
                    .isInstanceOf(MessagingException.class);
            assertThat(connected.getFolder("Archive").create(Folder.HOLDS_MESSAGES))
                    .isFalse();
            assertThat(connected.getDefaultFolder().list("*"))
                    .extracting(Folder::getFullName)
                    .containsExactly("INBOX");
            assertThat(inbox.getMessageCount()).isEqualTo(1);
        }
    }

    @Test
    void largeMessagesComeOutWhole() throws Exception {
        StringBuilder large = new StringBuilder("Subject: large\r\n\r\n");
        Random random = new Random(3);
        while (large.length() < 8 << 20) {
            for (int i = 0; i < 70; i++) large.append((char) ('!' + random.nextInt(90)));
            large.append("\r\n");
        }
        byte[] octets = text(large.toString());
        deliver(store, octets, state(1, false), BERT);
        long start = System.nanoTime();
        try (Store connected = connect(view, "imap", "bert@contoso.test", "bert@contoso.test")) {
            Message message = inbox(connected, Folder.READ_ONLY).getMessage(1);
            assertThat(message.getSize()).isEqualTo(withReturnPath(octets).length);
            assertThat(octets(message)).isEqualTo(withReturnPath(octets));
        }
        System.out.println("ImapViewTest: 8 MB over IMAP in " + (System.nanoTime() - start) / 1_000_000 + " ms");
    }

    @Test
    void pop3ReadsAndDeletes() throws Exception {
        byte[] octets = text(PLAIN.formatted("one"));
        deliver(store, octets, state(1, false), ANNA);
        deliver(store, text(PLAIN.formatted("two")), state(2, false), ANNA);
        try (Store connected = connect(view, "pop3", "anna@partner.test", "anna@contoso.test")) {
            Folder inbox = inbox(connected, Folder.READ_WRITE);
            assertThat(inbox.getMessageCount()).isEqualTo(2);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            inbox.getMessage(1).writeTo(out);
            assertThat(out.toByteArray()).isEqualTo(withReturnPath(octets));
            inbox.getMessage(1).setFlag(Flags.Flag.DELETED, true);
            inbox.close(true);
        }
        // The server acts on QUIT; the client does not wait for more than its answer.
        assertThat(store.count("anna")).isEqualTo(1);
    }

    @Test
    void malformedMailComesOutOctetForOctet() throws Exception {
        List<byte[]> mails = new ArrayList<>();
        for (String mail : List.of(
                "",
                "\r\n",
                "no header at all",
                "Subject: no blank line",
                "Subject : space before the colon\r\n\r\nbody",
                "Subject: folded\r\n\t  oddly\r\n \r\n\r\nbody\r\n\r\n\r\n",
                "Content-Type: multipart/mixed\r\n\r\nno boundary",
                "Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n\r\nnever closed",
                "Content-Type: message/rfc822\r\n\r\n",
                "Content-Type: nonsense; ;;=\r\nContent-Transfer-Encoding: base63\r\n\r\n!!!",
                "Content-Disposition: inline\r\nContent-Disposition: attachment\r\n\r\nbody",
                "Date: never\r\nFrom: <<<>\r\nTo: ,,,\r\n\r\nbody")) {
            mails.add(text(mail));
        }
        mails.add("Subject: Gr\u00fc\u00dfe\r\n\r\n\u00e4\u00f6\u00fc\r\n".getBytes(StandardCharsets.ISO_8859_1));
        mails.add(text("Subject: Gr\u00fc\u00dfe\r\n\r\n\u4f60\u597d\r\n"));
        byte[] all = new byte[512];
        for (int i = 0; i < all.length; i++) all[i] = (byte) i;
        mails.add(all);
        assertThat(changedOverImap(
                        mails,
                        Stream.generate(() -> "generated").limit(mails.size()).toList()))
                .isEmpty();
    }

    @Test
    void ourExamplesComeOutOctetForOctet() throws Exception {
        assertThat(readBack(Path.of("examples/mail"))).isEmpty();
    }

    @Test
    void foreignMailComesOutOctetForOctet() throws Exception {
        assertThat(readBack(Path.of("../shared/data/mail"))).isEmpty();
    }

    private List<String> readBack(Path folder) throws Exception {
        assumeThat(folder).as("mail to read back").isDirectory();
        List<Path> files;
        try (Stream<Path> found = Files.walk(folder)) {
            files = found.filter(Files::isRegularFile)
                    .filter(file -> !file.getFileName().toString().equals("README.md"))
                    .sorted()
                    .toList();
        }
        List<byte[]> mails = new ArrayList<>();
        for (Path file : files) mails.add(withCrLf(Files.readAllBytes(file)));
        List<String> names =
                files.stream().map(file -> folder.relativize(file).toString()).toList();
        List<String> changed = changedOverImap(mails, names);
        System.out.println("ImapViewTest: " + folder + ": " + (mails.size() - changed.size()) + " of " + mails.size()
                + " identical over IMAP");
        changed.forEach(System.out::println);
        return changed;
    }

    private List<String> changedOverImap(List<byte[]> mails, List<String> names) throws Exception {
        for (int i = 0; i < mails.size(); i++) {
            stored(deliver(store, mails.get(i), state(i, false), ANNA).get(0));
        }
        List<String> changed = new ArrayList<>();
        try (Store connected = connect(view, "imap", "anna@contoso.test", "anna@contoso.test")) {
            Folder inbox = inbox(connected, Folder.READ_ONLY);
            assertThat(inbox.getMessageCount()).isEqualTo(mails.size());
            Message[] messages = inbox.getMessages();
            FetchProfile flagsAndSizes = new FetchProfile();
            flagsAndSizes.add(FetchProfile.Item.FLAGS);
            flagsAndSizes.add(FetchProfile.Item.SIZE);
            inbox.fetch(messages, flagsAndSizes);
            for (int i = 0; i < messages.length; i++) {
                byte[] expected = withReturnPath(mails.get(i));
                if (!Arrays.equals(octets(messages[i]), expected) || messages[i].getSize() != expected.length) {
                    changed.add(names.get(i));
                }
            }
        }
        return changed;
    }

    /** Every CR LF, CR and LF as CR LF. */
    private static byte[] withCrLf(byte[] octets) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(octets.length + 1000);
        for (int i = 0; i < octets.length; i++) {
            boolean cr = octets[i] == '\r';
            if (cr || octets[i] == '\n') {
                out.write('\r');
                out.write('\n');
                if (cr && i + 1 < octets.length && octets[i + 1] == '\n') i++;
            } else {
                out.write(octets[i]);
            }
        }
        return out.toByteArray();
    }
}
