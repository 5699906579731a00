package org.bridgehead.engine;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import org.bridgehead.core.directory.DirectoryEntry;
import org.bridgehead.core.hub.OutboxMail;
import org.bridgehead.core.mail.BodyType;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.mail.EnhancedStatus;
import org.bridgehead.core.mail.Envelope;
import org.bridgehead.core.mail.Recipient;
import org.bridgehead.core.mail.RecipientOutcome;
import org.bridgehead.core.mailbox.Outbox;
import org.bridgehead.core.smtp.Outgoing;
import org.bridgehead.core.smtp.SendConfig;
import org.bridgehead.core.smtp.SendConfig.Credentials;
import org.bridgehead.core.smtp.SendConfig.Protocol;
import org.bridgehead.core.topology.Role;
import org.bridgehead.core.topology.Server;
import org.bridgehead.io.net.BodySource;
import org.bridgehead.io.net.ClientTls;
import org.bridgehead.io.net.SmtpConnection;
import org.bridgehead.io.net.SmtpConnection.ConnectResult;

/** Hands in messages by SMTP as a mail program would: people at a hub of their site in turn, strangers at an edge. */
final class Sender {
    private final Plant plant;
    private final ClientLines lines;
    private final HubTurns turns;

    /**
     * A sender.
     *
     * @param lines what becomes of a connection between two messages
     */
    Sender(Plant plant, ClientLines lines) {
        this.plant = plant;
        this.lines = lines;
        this.turns = plant.turns();
    }

    SendResult send(MailBuilder mail) {
        Letter letter = Letter.of(mail);
        List<Recipient> recipients = letter.mail().envelope().recipients();
        Optional<RecipientOutcome> tooMany = mail.isAnonymous()
                ? Optional.empty()
                : OutboxMail.tooMany(
                        recipients.size(), plant.topology().settings().limits());
        if (tooMany.isPresent()) {
            return result("", letter, tooMany.get());
        }
        Optional<MailboxOutbox> outbox = mail.isAnonymous() ? Optional.empty() : outbox(mail);
        if (mail.via().flatMap(this::mailboxServer).isPresent() && outbox.isEmpty()) {
            return result(mail.via().get(), letter, trouble(mail.via().get() + " does not answer"));
        }
        Tried tried = attempt(letter, outbox.map(its -> turnsOf(its.server())).orElseGet(() -> candidates(mail)));
        if (outbox.isEmpty() || !tried.stays() || !mail.staysInOutbox() || isTooBig(letter)) {
            return tried.result();
        }
        return outbox.get().keep(letter, tried);
    }

    /** Where a letter stays that no hub takes: with the mailbox it was written in, if its server is here and online. */
    private Optional<MailboxOutbox> outbox(MailBuilder mail) {
        Optional<String> server = mail.via().isPresent()
                ? mail.via().flatMap(this::mailboxServer)
                : mail.sender()
                        .flatMap(plant::mailbox)
                        .map(its -> its.database().server());
        return server.map(plant.mailboxServers()::get)
                .filter(its -> its.isRunning() && its.store().isPresent())
                .map(MailboxServer::outbox);
    }

    /** A server that mailboxes are on, and no hub. */
    private Optional<String> mailboxServer(String name) {
        return plant.topology()
                .server(name)
                .filter(server -> server.mailbox().isPresent() && !server.is(Role.HUB_TRANSPORT))
                .map(Server::name);
    }

    /** The hubs beside a mailbox server in their order for one letter. */
    List<String> turnsOf(String mailboxServer) {
        return plant.topology()
                .server(mailboxServer)
                .flatMap(Server::site)
                .map(site -> turns.order(
                        site,
                        plant.topology().hubsOf(site).stream().map(Server::name).toList(),
                        plant.topology().settings().routing().loadBalancing()))
                .orElse(List.of());
    }

    /**
     * What came of trying servers.
     *
     * @param heard whether one of them listened, and did not put it off for everybody
     * @param reached whether one of them listened at all
     */
    record Tried(SendResult result, boolean heard, boolean reached) {
        /** Whether nobody takes it now, and somebody may later: it stays where it is. */
        boolean stays() {
            return !heard && result.outcomes().stream().allMatch(RecipientOutcome.Deferred.class::isInstance);
        }

        /** And the next one did not take it either. */
        Tried then(Tried other) {
            boolean counts = Outbox.counts(first(), other.first()).equals(other.first());
            return new Tried(counts ? other.result : result, false, reached || other.reached);
        }

        String why() {
            return first().said();
        }

        RecipientOutcome first() {
            return result.outcomes().get(0);
        }
    }

    /**
     * Hands a letter to the first of these servers that does not put it off; where all do, the answer is the last one that
     * {@link Outbox#counts}.
     */
    Tried attempt(Letter letter, List<String> candidates) {
        Tried last = null;
        for (String server : candidates) {
            Tried tried = attempt(letter, server);
            if (tried.heard()) {
                return tried;
            }
            last = last == null ? tried : last.then(tried);
        }
        return last == null ? unheard("", letter, trouble("no hub is there")) : last;
    }

    private Tried attempt(Letter letter, String server) {
        Optional<InetSocketAddress> address = address(server);
        if (address.isEmpty()) {
            return unheard(server, letter, trouble(server + " does not listen"));
        }
        ClientLines.Place place = new ClientLines.Place(server, settings(server, letter));
        Tried tried = overKept(place, letter).map(Sender::said).orElseGet(() -> overNew(address.get(), place, letter));
        if (!tried.heard()) {
            turns.failed(server);
        }
        return tried;
    }

    private static Tried unheard(String server, Letter letter, RecipientOutcome all) {
        return new Tried(result(server, letter, all), false, false);
    }

    private static Tried said(SendResult result) {
        return new Tried(result, !isPutOff(result), true);
    }

    private Tried overNew(InetSocketAddress address, ClientLines.Place place, Letter letter) {
        ConnectResult result = SmtpConnection.connect(address, place.settings());
        if (result instanceof ConnectResult.Connected connected) {
            turns.answered(place.server());
            return said(over(connected.connection(), place, letter));
        }
        return unheard(place.server(), letter, trouble(result));
    }

    /** Where a server listens; empty = it never has, or runs in another process that cannot be found. */
    private Optional<InetSocketAddress> address(String server) {
        try {
            return plant.network().address(server);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static SendResult result(String server, Letter letter, RecipientOutcome all) {
        return new SendResult(
                server,
                letter.mail().envelope().recipients().stream()
                        .map(recipient -> all)
                        .toList());
    }

    private static RecipientOutcome trouble(String words) {
        return new RecipientOutcome.Deferred(EnhancedStatus.of("4.4.1"), words);
    }

    private static boolean isPutOff(SendResult result) {
        return result.outcomes().stream().allMatch(RecipientOutcome.Deferred.class::isInstance);
    }

    /**
     * What goes over the wire.
     *
     * @param anonymous by a stranger
     */
    record Letter(Outgoing mail, byte[] octets, boolean anonymous) {
        static Letter of(MailBuilder mail) {
            return of(mail.envelope(), mail.message(), mail.isAnonymous());
        }

        static Letter of(Envelope envelope, byte[] octets, boolean anonymous) {
            return new Letter(
                    new Outgoing(
                            envelope,
                            Optional.empty(),
                            envelope.body() != BodyType.SEVEN_BIT,
                            MailBuilder.headerHasUtf8(octets)),
                    octets,
                    anonymous);
        }
    }

    /** Empty = there is no kept connection, or the server has ended it since: that says nothing about the message. */
    private Optional<SendResult> overKept(ClientLines.Place place, Letter letter) {
        Optional<SmtpConnection> kept = lines.take(place);
        if (kept.isEmpty()) {
            return Optional.empty();
        }
        SendResult result = over(kept.get(), place, letter);
        boolean gone = !kept.get().usable() && isPutOff(result);
        return gone ? Optional.empty() : Optional.of(result);
    }

    private SendResult over(SmtpConnection connection, ClientLines.Place place, Letter letter) {
        boolean done = false;
        try {
            List<RecipientOutcome> outcomes = connection.transmit(letter.mail(), BodySource.of(letter.octets()));
            done = true;
            return new SendResult(place.server(), outcomes);
        } finally {
            if (done) {
                lines.giveBack(place, connection);
            } else {
                connection.close();
            }
        }
    }

    /** No hub will ever take it. */
    private boolean isTooBig(Letter letter) {
        return letter.octets().length > plant.topology().settings().limits().maxMessageSize();
    }

    private static RecipientOutcome trouble(ConnectResult result) {
        if (result instanceof ConnectResult.Refused refused) {
            EnhancedStatus status = refused.why().status();
            return status.isTransient()
                    ? new RecipientOutcome.Deferred(status, refused.why().reply())
                    : new RecipientOutcome.Bounced(status, refused.why().reply());
        }
        return new RecipientOutcome.Deferred(
                EnhancedStatus.of("4.4.1"), ((ConnectResult.Lost) result).why().reason());
    }

    /** Where passwords are not shown in clear, a mail program uses TLS; these servers are our own, whatever they show. */
    private SmtpConnection.Settings settings(String server, Letter letter) {
        SmtpConnection.Settings plain = SmtpConnection.Settings.of(dialogue(letter));
        return plant.security().clearPasswords()
                ? plain
                : new SmtpConnection.Settings(
                        plain.dialogue().with(SendConfig.Tls.OPPORTUNISTIC),
                        server,
                        Optional.of(ClientTls.ofPlatform()),
                        plain.limits(),
                        plain.watchdog());
    }

    /** A person logs in where that is needed; a stranger has no password. */
    private SendConfig dialogue(Letter letter) {
        SendConfig plain = SendConfig.plain(letter.anonymous() ? DoorPolicy.STRANGER : "client.test", Protocol.SMTP);
        if (letter.anonymous() || plant.config().loopbackIsUser()) {
            return plain;
        }
        return author(letter.mail().envelope())
                .map(EmailAddress::toString)
                .flatMap(user -> plant.logins()
                        .password(user)
                        .map(password -> plain.with(new Credentials.Password(user, password, true))))
                .orElse(plain);
    }

    /** Who logs in: who sends, or who is told by a report, in whose mailbox it was written. */
    private static Optional<EmailAddress> author(Envelope envelope) {
        return envelope.sender()
                .or(() -> Optional.of(envelope.recipients().get(0).address()));
    }

    private List<String> candidates(MailBuilder mail) {
        if (mail.via().isPresent()) {
            return List.of(plant.server(mail.via().get()).name());
        }
        Optional<String> site = mail.isAnonymous()
                ? Optional.empty()
                : mail.sender()
                        .flatMap(plant::mailbox)
                        .map(DirectoryEntry.Mailbox::database)
                        .flatMap(database -> plant.topology().server(database.server()))
                        .flatMap(Server::site);
        List<String> hubs = site.stream()
                .flatMap(name -> plant.topology().hubsOf(name).stream())
                .map(Server::name)
                .filter(plant::runsHere)
                .toList();
        if (!hubs.isEmpty()) {
            return turns.order(
                    site.orElseThrow(),
                    hubs,
                    plant.topology().settings().routing().loadBalancing());
        }
        return plant.transportServers().stream()
                .map(TransportServer::name)
                .sorted((a, b) -> Boolean.compare(isHub(a), isHub(b)))
                .toList();
    }

    private boolean isHub(String server) {
        return plant.topology().server(server).flatMap(Server::site).isPresent();
    }
}
