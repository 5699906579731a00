package org.bridgehead.camel;

import jakarta.mail.MessagingException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.mail.EnhancedStatus;
import org.bridgehead.core.mail.RecipientOutcome;
import org.bridgehead.engine.MailBuilder;
import org.bridgehead.engine.SendResult;
import org.bridgehead.engine.Settlement;
import org.bridgehead.engine.Submitter;
import org.jspecify.annotations.Nullable;

/**
 * One exchange on its way into the organisation: what it asks for, and what its headers say afterwards. An exchange that
 * Camel redelivers is handed in for those recipients only that were refused before; since Camel redelivers, nothing stays
 * in an Outbox. For one thread at a time.
 */
final class Submission {
    /** Of the exchange: an earlier attempt of the same endpoint. */
    private static final String BEFORE = "BridgeheadSubmitted";

    private static final EnhancedStatus UNNAMED = EnhancedStatus.of("5.0.0");

    private record Attempt(String endpoint, Map<EmailAddress, String> accepted) {}

    private final Exchange exchange;
    private final String endpoint;
    private final Map<EmailAddress, String> accepted = new LinkedHashMap<>();
    private final Map<EmailAddress, RecipientOutcome> refused = new LinkedHashMap<>();
    private @Nullable SendResult result;

    /**
     * Of an exchange.
     *
     * @param endpoint whose earlier attempts count
     */
    Submission(Exchange exchange, String endpoint) {
        this.exchange = exchange;
        this.endpoint = endpoint;
        if (exchange.getProperty(BEFORE) instanceof Attempt before
                && before.endpoint().equals(endpoint)
                && Boolean.TRUE.equals(exchange.getMessage().getHeader(Exchange.REDELIVERED))) {
            accepted.putAll(before.accepted());
        }
    }

    /**
     * Hands it in.
     *
     * @param server to which; null = as the sender's place says
     * @throws IllegalArgumentException when body or envelope are none
     */
    void send(Submitter submitter, @Nullable String server) throws IOException, MessagingException {
        Message message = exchange.getMessage();
        byte[] octets = ExchangeMail.octets(message);
        Optional<EmailAddress> sender = ExchangeMail.sender(message);
        List<EmailAddress> open = new ArrayList<>(ExchangeMail.recipients(message));
        open.removeAll(accepted.keySet());
        if (open.isEmpty()) {
            return;
        }
        SendResult said = submitter.send(mail -> fill(mail.octets(octets), sender, open, server));
        for (int at = 0; at < open.size(); at++) {
            take(open.get(at), said.outcomes().get(at));
        }
        result = said;
    }

    private static void fill(
            MailBuilder mail, Optional<EmailAddress> sender, List<EmailAddress> recipients, @Nullable String server) {
        sender.ifPresent(address -> mail.from(address.toString()));
        recipients.forEach(address -> mail.to(address.toString()));
        mail.withoutOutbox();
        if (server != null) {
            mail.via(server);
        }
    }

    private void take(EmailAddress recipient, RecipientOutcome outcome) {
        if (outcome instanceof RecipientOutcome.Delivered) {
            accepted.put(recipient, MailRefusedException.words(outcome));
        } else {
            refused.put(recipient, outcome);
        }
    }

    /** What the server said, when it took the message for somebody this time. */
    Optional<SendResult> taken() {
        return Optional.ofNullable(result).filter(said -> said.messageId().isPresent());
    }

    /** The message has ended: some that were accepted may have failed since, members of a group among them. */
    void settled(Settlement end) {
        end.failed().forEach((recipient, words) -> {
            accepted.remove(recipient);
            refused.put(recipient, new RecipientOutcome.Bounced(status(words), rest(words)));
        });
    }

    private static EnhancedStatus status(String words) {
        return EnhancedStatus.tryParse(words.split(" ", 2)[0]).orElse(UNNAMED);
    }

    private static String rest(String words) {
        String[] parts = words.split(" ", 2);
        return parts.length == 2 && EnhancedStatus.tryParse(parts[0]).isPresent() ? parts[1] : words;
    }

    /** Sets the headers; fails the exchange when somebody was refused. */
    void report() {
        Message message = exchange.getMessage();
        SendResult said = result;
        if (said != null) {
            message.setHeader(BridgeheadConstants.SERVER, said.server());
            said.messageId().ifPresent(id -> message.setHeader(BridgeheadConstants.MESSAGE_ID, id));
        }
        message.setHeader(BridgeheadConstants.ACCEPTED, texts(accepted));
        Map<EmailAddress, String> no = new LinkedHashMap<>();
        refused.forEach((recipient, outcome) -> no.put(recipient, MailRefusedException.words(outcome)));
        message.setHeader(BridgeheadConstants.REJECTED, texts(no));
        exchange.setProperty(BEFORE, new Attempt(endpoint, Map.copyOf(accepted)));
        if (!refused.isEmpty()) {
            exchange.setException(new MailRefusedException(said == null ? endpoint : said.server(), verdicts()));
        }
    }

    private static Map<String, String> texts(Map<EmailAddress, String> words) {
        Map<String, String> texts = new LinkedHashMap<>();
        words.forEach((recipient, said) -> texts.put(recipient.toString(), said));
        return texts;
    }

    private List<MailRefusedException.Verdict> verdicts() {
        List<MailRefusedException.Verdict> verdicts = new ArrayList<>();
        accepted.forEach((recipient, words) ->
                verdicts.add(new MailRefusedException.Verdict(recipient, new RecipientOutcome.Delivered(words))));
        refused.forEach((recipient, outcome) -> verdicts.add(new MailRefusedException.Verdict(recipient, outcome)));
        return verdicts;
    }
}
