package org.bridgehead.engine;

import java.util.List;
import java.util.Optional;
import org.bridgehead.core.directory.DirectoryEntry;
import org.bridgehead.core.mail.BodyType;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.mail.EnhancedStatus;
import org.bridgehead.core.mail.Envelope;
import org.bridgehead.core.mail.Recipient;
import org.bridgehead.core.mail.RecipientOutcome;
import org.bridgehead.core.smtp.Outgoing;
import org.bridgehead.core.smtp.SendConfig;
import org.bridgehead.core.smtp.SendConfig.Credentials;
import org.bridgehead.core.smtp.SendConfig.Protocol;
import org.bridgehead.core.topology.Server;
import org.bridgehead.io.net.BodySource;
import org.bridgehead.io.net.ClientTls;
import org.bridgehead.io.net.SmtpConnection;
import org.bridgehead.io.net.SmtpConnection.ConnectResult;

/** Hands in messages by SMTP as a mail program would: people at a hub of their site in turn, strangers at an edge. */
final class Sender {
    /** What a mailbox hands in is taken whole or not at all (BEHAVIOUR 12, W20); over SMTP the rest comes next. */
    private static final RecipientOutcome TOO_MANY =
            new RecipientOutcome.Bounced(EnhancedStatus.of("5.5.3"), "5.5.3 too many recipients");

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
        if (!mail.isAnonymous() && recipients.size() > mostRecipients()) {
            return new SendResult("", recipients.stream().map(r -> TOO_MANY).toList());
        }
        List<String> candidates = mail.via().map(List::of).orElseGet(() -> candidates(mail));
        RecipientOutcome trouble = new RecipientOutcome.Deferred(EnhancedStatus.of("4.4.1"), "no server runs here");
        for (String server : candidates) {
            ClientLines.Place place = new ClientLines.Place(server, settings(server, mail));
            Optional<SendResult> kept = overKept(place, letter);
            if (kept.isPresent()) {
                return kept.get();
            }
            ConnectResult result = SmtpConnection.connect(plant.server(server).smtp(), place.settings());
            if (result instanceof ConnectResult.Connected connected) {
                turns.answered(server);
                return over(connected.connection(), place, letter);
            }
            turns.failed(server);
            trouble = trouble(result);
        }
        RecipientOutcome last = trouble;
        return new SendResult(
                candidates.isEmpty() ? "" : candidates.get(candidates.size() - 1),
                letter.mail().envelope().recipients().stream().map(r -> last).toList());
    }

    /** What goes over the wire. */
    private record Letter(Outgoing mail, byte[] octets) {
        static Letter of(MailBuilder mail) {
            Envelope envelope = mail.envelope();
            byte[] octets = mail.message();
            return new Letter(
                    new Outgoing(
                            envelope,
                            Optional.empty(),
                            envelope.body() != BodyType.SEVEN_BIT,
                            MailBuilder.headerHasUtf8(octets)),
                    octets);
        }
    }

    /** Empty = there is no kept connection, or the server has ended it since: that says nothing about the message. */
    private Optional<SendResult> overKept(ClientLines.Place place, Letter letter) {
        Optional<SmtpConnection> kept = lines.take(place);
        if (kept.isEmpty()) {
            return Optional.empty();
        }
        SendResult result = over(kept.get(), place, letter);
        boolean gone = !kept.get().usable()
                && result.outcomes().stream().allMatch(RecipientOutcome.Deferred.class::isInstance);
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

    private int mostRecipients() {
        return plant.topology().settings().limits().maxRecipients();
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
    private SmtpConnection.Settings settings(String server, MailBuilder mail) {
        SmtpConnection.Settings plain = SmtpConnection.Settings.of(dialogue(mail));
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
    private SendConfig dialogue(MailBuilder mail) {
        SendConfig plain = SendConfig.plain(mail.isAnonymous() ? DoorPolicy.STRANGER : "client.test", Protocol.SMTP);
        if (mail.isAnonymous() || plant.config().loopbackIsUser()) {
            return plain;
        }
        return mail.sender()
                .map(EmailAddress::toString)
                .flatMap(user -> plant.logins()
                        .password(user)
                        .map(password -> plain.with(new Credentials.Password(user, password, true))))
                .orElse(plain);
    }

    private List<String> candidates(MailBuilder mail) {
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
