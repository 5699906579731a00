package org.bridgehead.engine;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bridgehead.core.mail.BodyType;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.mail.Envelope;
import org.bridgehead.core.mail.Recipient;
import org.jspecify.annotations.Nullable;

/** A message in the making, for tests and demonstrations. For one thread. */
public final class MailBuilder {
    private Optional<EmailAddress> sender = Optional.empty();
    private final List<Recipient> recipients = new ArrayList<>();
    private String subject = "";
    private String text = "";
    private byte @Nullable [] octets;
    private Optional<String> via = Optional.empty();
    private boolean anonymous;
    private boolean staysInOutbox = true;

    MailBuilder() {}

    /** The sender; without this call the null sender. */
    public MailBuilder from(String address) {
        sender = Optional.of(EmailAddress.of(address));
        return this;
    }

    /** Adds recipients. */
    public MailBuilder to(String... addresses) {
        for (String address : addresses) {
            recipients.add(Recipient.of(EmailAddress.of(address)));
        }
        return this;
    }

    /** Adds a recipient with DSN parameters. */
    public MailBuilder to(Recipient recipient) {
        recipients.add(recipient);
        return this;
    }

    /** The Subject; ASCII. */
    public MailBuilder subject(String words) {
        subject = words;
        return this;
    }

    /** The text, lines ended by LF. */
    public MailBuilder text(String words) {
        text = words;
        return this;
    }

    /** The whole message, lines ended by CR LF, instead of subject and text. */
    public MailBuilder octets(byte[] message) {
        octets = message.clone();
        return this;
    }

    /**
     * The server it is handed to; without this call a hub in the sender's site in turn, or for senders of elsewhere the
     * first edge. A mailbox server hands it to the hubs of its site in turn; while none of them answers it stays in its
     * Outbox, as without this call.
     */
    public MailBuilder via(String server) {
        via = Optional.of(server);
        return this;
    }

    /** Has no Outbox: when no hub answers it is not taken, as by a program that tries again itself. */
    public MailBuilder withoutOutbox() {
        staysInOutbox = false;
        return this;
    }

    /** Hands it in as a stranger would, even on loopback. */
    public MailBuilder anonymous() {
        anonymous = true;
        return this;
    }

    Optional<String> via() {
        return via;
    }

    boolean isAnonymous() {
        return anonymous;
    }

    boolean staysInOutbox() {
        return staysInOutbox;
    }

    Optional<EmailAddress> sender() {
        return sender;
    }

    Envelope envelope() {
        boolean utf8 = Stream.concat(sender.stream(), recipients.stream().map(Recipient::address))
                .anyMatch(EmailAddress::needsSmtpUtf8);
        byte[] message = message();
        boolean eightBit = false;
        for (byte octet : message) {
            eightBit |= octet < 0;
        }
        return new Envelope(
                sender,
                recipients,
                eightBit ? BodyType.EIGHT_BIT_MIME : BodyType.SEVEN_BIT,
                utf8 || headerHasUtf8(message),
                Optional.empty(),
                Optional.empty());
    }

    byte[] message() {
        if (octets != null) {
            return octets;
        }
        StringBuilder out = new StringBuilder();
        sender.ifPresent(address -> out.append("From: <").append(address).append(">\r\n"));
        out.append("To: ");
        for (int i = 0; i < recipients.size(); i++) {
            out.append(i == 0 ? "" : ",\r\n ")
                    .append('<')
                    .append(recipients.get(i).address())
                    .append('>');
        }
        out.append("\r\nSubject: ").append(subject).append("\r\n\r\n");
        if (!text.isEmpty()) {
            out.append(text.replace("\r\n", "\n").replace("\n", "\r\n")).append("\r\n");
        }
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }

    static boolean headerHasUtf8(byte[] message) {
        for (int i = 0; i < message.length; i++) {
            if (message[i] < 0) {
                return true;
            }
            boolean end = i >= 3
                    && message[i] == '\n'
                    && message[i - 1] == '\r'
                    && message[i - 2] == '\n'
                    && message[i - 3] == '\r';
            if (end || i == 1 && message[0] == '\r' && message[1] == '\n') {
                return false;
            }
        }
        return false;
    }
}
