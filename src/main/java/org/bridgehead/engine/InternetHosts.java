package org.bridgehead.engine;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.bridgehead.core.directory.DirectoryEntry;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.mail.InternalId;
import org.bridgehead.core.mail.Recipient;
import org.bridgehead.core.smtp.Peer;
import org.bridgehead.core.smtp.ReceiveConfig;
import org.bridgehead.core.smtp.ReceiveConfig.Tls;
import org.bridgehead.core.smtp.ReceiveLimits;
import org.bridgehead.core.smtp.ReceivePolicy;
import org.bridgehead.core.smtp.Reply;
import org.bridgehead.core.topology.DatabaseRef;
import org.bridgehead.core.topology.HostPort;
import org.bridgehead.core.topology.Names;
import org.bridgehead.core.topology.StorageGroup;
import org.bridgehead.io.mailstore.ImapView;
import org.bridgehead.io.mailstore.MailStore;
import org.bridgehead.io.mailstore.MailStoreSettings;
import org.bridgehead.io.net.MessageSink;
import org.jspecify.annotations.Nullable;

/**
 * The built-in Internet (DECISIONS 3.4): one listener that stands for every host outside, takes all mail, and keeps it
 * by address. Nothing of it leaves loopback.
 */
final class InternetHosts implements AutoCloseable {
    static final String NAME = "internet";
    private static final DatabaseRef DATABASE = new DatabaseRef(NAME, "SG", "DB");
    private static final long MAX_MESSAGE = 1L << 30;

    private final MailStore store = MailStore.inMemory(
            NAME, List.of(new StorageGroup("SG", List.of("DB"))), InternetHosts::anyone, MailStoreSettings.DEFAULT);
    private final AtomicLong numbers = new AtomicLong();
    private final Door door;
    /** By name the hosts that have a door of their own, because something may go wrong at it. */
    private final SortedMap<String, Door> own = Names.map();

    private final Function<String, Door> doors;
    private final boolean troubled;
    private final ExecutorService pool;
    /** Made when somebody asks where to read: only then GreenMail has to be on the class path. */
    private @Nullable ImapView view;

    InternetHosts(
            EngineClock clock,
            Activity activity,
            ExecutorService loops,
            ExecutorService pool,
            Optional<Troubles> troubles,
            TransportSecurity security,
            Optional<ServerRig> rig) {
        Activity.Scope scope = activity.scope();
        ReceiveConfig config = ReceiveConfig.smtp(
                        NAME,
                        "",
                        ReceiveLimits.HUB.withMaxMessageSize(MAX_MESSAGE).withMaxHops(1000))
                .withAuth(true, false, false)
                .with(Tls.OFFERED);
        ReceivePolicy policy = new ReceivePolicy() {
            @Override
            public Optional<Reply> recipient(
                    Peer peer, Optional<EmailAddress> sender, List<Recipient> soFar, Recipient recipient) {
                return Optional.empty();
            }

            /** It stands for hosts where every account is in order. */
            @Override
            public Optional<String> user(Peer peer, String login, String password) {
                return Optional.of(login);
            }
        };
        MessageSink sink = (peer, envelope, size) -> new MessageSink.Answer.Begun(
                new StoreIntake(store, clock, new InternalId(numbers.incrementAndGet()), scope));
        Optional<ScriptedDoor> scripted = rig.map(its -> new ScriptedDoor(its, policy, sink));
        this.doors = host -> Doors.door(
                host,
                HostPort.LOOPBACK,
                config,
                scripted.<ReceivePolicy>map(its -> its).orElse(policy),
                scripted.<MessageSink>map(its -> its).orElse(sink),
                loops,
                pool,
                troubles,
                security.listener(NAME));
        this.door = doors.apply(NAME);
        this.troubled = troubles.isPresent();
        this.pool = pool;
    }

    /** Anybody outside reads by address; the password is the address again, as for people inside. */
    private static Optional<String> login(String user, String password) {
        return EmailAddress.tryParse(user)
                .filter(address -> EmailAddress.tryParse(password)
                        .filter(same -> same.key().equals(address.key()))
                        .isPresent())
                .map(EmailAddress::key);
    }

    private static Optional<DirectoryEntry.Mailbox> anyone(EmailAddress address) {
        return Optional.of(DirectoryEntry.Mailbox.of(address.key(), address, DATABASE));
    }

    void start() {
        open(door);
    }

    private static Door open(Door listener) {
        try {
            listener.open();
        } catch (IOException e) {
            throw new IllegalStateException("the built-in Internet cannot listen: " + e.getMessage(), e);
        }
        return listener;
    }

    /** The listener that stands for a host. */
    synchronized InetSocketAddress listenerFor(HostPort host) {
        Door listener = troubled ? own.computeIfAbsent(host.host(), name -> open(doors.apply(name))) : door;
        return listener.address();
    }

    /** Where it takes mail, and where that is read; starts the view. */
    synchronized SortedMap<String, HostPort> endpoints() throws IOException {
        ImapView started = view;
        if (started == null) {
            started = new ImapView(store, InternetHosts::login, HostPort.LOOPBACK, HostPort.LOOPBACK, pool);
            view = started;
        }
        ImapView.Endpoints reading = started.endpoints();
        SortedMap<String, HostPort> endpoints = new TreeMap<>();
        endpoints.put("smtp", Endpoints.at(door.address()));
        endpoints.put("imap", reading.imap());
        endpoints.put("pop3", reading.pop3());
        return endpoints;
    }

    StoredMailbox mailbox(EmailAddress address) {
        return new StoredMailbox(address, address.key(), () -> store);
    }

    /** The addresses of a domain that got something. */
    List<StoredMailbox> mailboxesOf(String domain) {
        String suffix = "@" + domain.toLowerCase(Locale.ROOT);
        return store.mailboxes().stream()
                .filter(name -> name.endsWith(suffix))
                .map(name -> mailbox(EmailAddress.of(name)))
                .toList();
    }

    List<ReceivedMail> messagesOf(String domain) {
        return mailboxesOf(domain).stream()
                .flatMap(mailbox -> mailbox.messages().stream())
                .sorted((a, b) -> a.receivedAt().compareTo(b.receivedAt()))
                .toList();
    }

    @Override
    public synchronized void close() throws IOException {
        if (view != null) {
            view.close();
        }
        door.kill();
        own.values().forEach(Door::kill);
        store.close();
    }
}
