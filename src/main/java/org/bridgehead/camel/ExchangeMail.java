package org.bridgehead.camel;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.camel.Message;
import org.bridgehead.core.hub.Transmission;
import org.bridgehead.core.mail.AddressSyntaxException;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.mail.TransferState;

/** Turns Camel messages into mail and back. */
final class ExchangeMail {
    private ExchangeMail() {}

    /**
     * The octets of the mail that is the body.
     *
     * @throws IllegalArgumentException when the body is none
     */
    static byte[] octets(Message message) throws IOException, MessagingException {
        Object body = message.getBody();
        byte[] octets;
        if (body instanceof MimeMessage mime) {
            octets = MailConverter.toOctets(mime);
        } else if (body instanceof String text) {
            octets = text.getBytes(StandardCharsets.UTF_8);
        } else {
            octets = message.getBody(byte[].class);
        }
        if (octets == null) {
            throw new IllegalArgumentException("a body of type "
                    + (body == null ? "null" : body.getClass().getName())
                    + " is no mail: byte[], InputStream, String or jakarta.mail.internet.MimeMessage are");
        }
        return withNetworkLineEnds(octets);
    }

    /**
     * A mail whose every line ends in a bare LF is one from a Unix file and gets CR LF; anything else stays as it is,
     * and the server refuses what is neither (DECISIONS 4.2).
     */
    static byte[] withNetworkLineEnds(byte[] octets) {
        int lines = 0;
        for (byte octet : octets) {
            if (octet == '\r') {
                return octets;
            }
            lines += octet == '\n' ? 1 : 0;
        }
        byte[] out = new byte[octets.length + lines];
        int at = 0;
        for (byte octet : octets) {
            if (octet == '\n') {
                out[at++] = '\r';
            }
            out[at++] = octet;
        }
        return out;
    }

    /**
     * The sender of the envelope; empty = the null sender.
     *
     * @throws IllegalArgumentException when the header is missing or no address
     */
    static Optional<EmailAddress> sender(Message message) {
        Object value = message.getHeader(BridgeheadConstants.FROM);
        if (value == null) {
            throw new IllegalArgumentException("header " + BridgeheadConstants.FROM
                    + " is missing: the sender of the envelope, or an empty text for the null sender");
        }
        String text = value.toString().strip();
        return text.isEmpty() || text.equals("<>")
                ? Optional.empty()
                : Optional.of(address(BridgeheadConstants.FROM, text));
    }

    /**
     * The recipients of the envelope, at least one.
     *
     * @throws IllegalArgumentException when the header is missing or holds something that is no address
     */
    static List<EmailAddress> recipients(Message message) {
        List<EmailAddress> recipients = addresses(message, BridgeheadConstants.TO);
        if (recipients.isEmpty()) {
            throw new IllegalArgumentException(
                    "header " + BridgeheadConstants.TO + " is missing: the recipients of the envelope");
        }
        return recipients;
    }

    /** The addresses in a header: a list, an array, or a text with commas. */
    static List<EmailAddress> addresses(Message message, String header) {
        Object value = message.getHeader(header);
        List<String> texts = new ArrayList<>();
        if (value instanceof Iterable<?> many) {
            many.forEach(one -> texts.add(String.valueOf(one)));
        } else if (value instanceof Object[] many) {
            Arrays.asList(many).forEach(one -> texts.add(String.valueOf(one)));
        } else if (value != null) {
            texts.addAll(split(value.toString()));
        }
        return texts.stream().map(text -> address(header, text.strip())).toList();
    }

    /** At commas outside quoted local parts. */
    private static List<String> split(String text) {
        List<String> parts = new ArrayList<>();
        boolean quoted = false;
        int start = 0;
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '\\' && quoted) {
                at++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                parts.add(text.substring(start, at));
                start = at + 1;
            }
        }
        parts.add(text.substring(start));
        return parts.stream().filter(part -> !part.isBlank()).toList();
    }

    private static EmailAddress address(String header, String text) {
        try {
            return EmailAddress.parse(text);
        } catch (AddressSyntaxException e) {
            throw new IllegalArgumentException("header " + header + ": \"" + text + "\": " + e.getMessage(), e);
        }
    }

    /** Writes a mail into a Camel message: its octets as body, its envelope as headers, nothing of its own header. */
    static void write(Message message, String connector, Transmission mail, byte[] octets) {
        write(message, mail, octets);
        message.setHeader(BridgeheadConstants.CONNECTOR, connector);
        message.setHeader(BridgeheadConstants.REDELIVERED, isRedelivered(mail));
    }

    /** The same for a mail that goes by no connector. */
    static void write(Message message, Transmission mail, byte[] octets) {
        message.setBody(octets);
        message.setHeader(
                BridgeheadConstants.FROM,
                mail.envelope().sender().map(EmailAddress::toString).orElse(""));
        message.setHeader(
                BridgeheadConstants.TO,
                mail.envelope().recipients().stream()
                        .map(recipient -> recipient.address().toString())
                        .toList());
        message.setHeader(
                BridgeheadConstants.MESSAGE_ID, mail.header().messageId().text());
        message.setHeader(BridgeheadConstants.TRANSPORT_ID, mail.state().id().toString());
        message.setHeader(BridgeheadConstants.SUBJECT, mail.header().subject());
    }

    /** Whether somebody may have got the mail from this server before. */
    static boolean isRedelivered(Transmission mail) {
        return mail.state().has(TransferState.Flag.AGAIN);
    }
}
