package org.bridgehead.engine;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.bridgehead.core.directory.DirectoryEntry;
import org.bridgehead.core.mail.BodyType;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.mail.EnhancedStatus;
import org.bridgehead.core.mail.Envelope;
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
    private final AtomicLong turn = new AtomicLong();
    private final Plant plant;

    Sender(Plant plant) {
        this.plant = plant;
    }

    SendResult send(MailBuilder mail) {
        Envelope envelope = mail.envelope();
        byte[] message = mail.message();
        List<String> candidates = mail.via().map(List::of).orElseGet(() -> candidates(mail));
        RecipientOutcome trouble = new RecipientOutcome.Deferred(EnhancedStatus.of("4.4.1"), "no server runs here");
        for (String server : candidates) {
            ConnectResult result = SmtpConnection.connect(plant.server(server).smtp(), settings(server, mail));
            if (result instanceof ConnectResult.Connected connected) {
                try (SmtpConnection connection = connected.connection()) {
                    Outgoing outgoing = new Outgoing(
                            envelope,
                            Optional.empty(),
                            envelope.body() != BodyType.SEVEN_BIT,
                            MailBuilder.headerHasUtf8(message));
                    return new SendResult(server, connection.transmit(outgoing, BodySource.of(message)));
                }
            }
            trouble = trouble(result);
        }
        RecipientOutcome last = trouble;
        return new SendResult(
                candidates.isEmpty() ? "" : candidates.get(candidates.size() - 1),
                envelope.recipients().stream().map(r -> last).toList());
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
            int first = (int) (turn.getAndIncrement() % hubs.size());
            return Stream.concat(hubs.subList(first, hubs.size()).stream(), hubs.subList(0, first).stream())
                    .toList();
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
