package org.bridgehead.core.smtp;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bridgehead.core.mail.Envelope;
import org.bridgehead.core.mail.Recipient;
import org.jspecify.annotations.Nullable;

/** What a peer has said of the message it is about to send. Owned by one session. */
final class ReceiveTransaction {
    private XState.@Nullable Told told;
    private Command.@Nullable Mail mail;
    private final List<Recipient> recipients = new ArrayList<>();
    private boolean recipientRefused;
    private boolean chunking;

    /** Forgets everything. */
    void reset() {
        told = null;
        mail = null;
        recipients.clear();
        recipientRefused = false;
        chunking = false;
    }

    void told(XState.Told believed) {
        told = believed;
    }

    /** What a server of the organisation has told of it. */
    Optional<XState.Told> told() {
        return Optional.ofNullable(told);
    }

    void open(Command.Mail accepted) {
        mail = accepted;
    }

    /** Whether a MAIL has been accepted. */
    boolean isOpen() {
        return mail != null;
    }

    /** The MAIL that was accepted. */
    Command.Mail mail() {
        if (mail == null) {
            throw new IllegalStateException("no transaction");
        }
        return mail;
    }

    void add(Recipient recipient) {
        recipients.add(recipient);
    }

    void refusedRecipient() {
        recipientRefused = true;
    }

    boolean hasRefusedRecipient() {
        return recipientRefused;
    }

    List<Recipient> recipients() {
        return List.copyOf(recipients);
    }

    int size() {
        return recipients.size();
    }

    /** A BDAT has begun the message: no RCPT and no DATA any more. */
    void beginChunking() {
        chunking = true;
    }

    boolean isChunking() {
        return chunking;
    }

    Envelope envelope() {
        Command.Mail given = mail();
        return new Envelope(given.sender(), recipients, given.body(), given.smtpUtf8(), given.ret(), given.envid());
    }
}
