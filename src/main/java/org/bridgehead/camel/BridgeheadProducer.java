package org.bridgehead.camel;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.support.DefaultProducer;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.engine.MailBuilder;
import org.bridgehead.engine.MailOrganization;
import org.bridgehead.engine.SendResult;
import org.jspecify.annotations.Nullable;

/**
 * {@code bridgehead:submit}: hands the body in by SMTP. The exchange goes on when the server has taken the message for
 * every recipient; otherwise it fails with {@link MailRefusedException}, which says for whom it was taken nevertheless.
 * Safe for any thread.
 */
public class BridgeheadProducer extends DefaultProducer {
    private final BridgeheadEndpoint endpoint;
    private @Nullable MailOrganization organization;

    /** For {@link BridgeheadEndpoint}. */
    public BridgeheadProducer(BridgeheadEndpoint endpoint) {
        super(endpoint);
        this.endpoint = endpoint;
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        MailOrganization running = endpoint.organization();
        Optional.ofNullable(endpoint.getServer()).ifPresent(running::server); // a wrong name is to be told at once
        organization = running;
    }

    @Override
    public void process(Exchange exchange) throws Exception {
        MailOrganization running = organization;
        if (running == null) {
            throw new IllegalStateException(this + " is not started");
        }
        Message message = exchange.getMessage();
        byte[] octets = ExchangeMail.octets(message);
        Optional<EmailAddress> sender = ExchangeMail.sender(message);
        List<EmailAddress> recipients = ExchangeMail.recipients(message);
        SendResult result = running.send(mail -> fill(mail, sender, recipients, octets));
        if (!result.accepted()) {
            throw new MailRefusedException(result.server(), verdicts(recipients, result));
        }
        message.setHeader(BridgeheadConstants.SERVER, result.server());
    }

    private void fill(MailBuilder mail, Optional<EmailAddress> sender, List<EmailAddress> recipients, byte[] octets) {
        sender.ifPresent(address -> mail.from(address.toString()));
        recipients.forEach(address -> mail.to(address.toString()));
        mail.octets(octets);
        Optional.ofNullable(endpoint.getServer()).ifPresent(mail::via);
    }

    private static List<MailRefusedException.Verdict> verdicts(List<EmailAddress> recipients, SendResult result) {
        List<MailRefusedException.Verdict> verdicts = new ArrayList<>();
        for (int at = 0; at < recipients.size(); at++) {
            verdicts.add(new MailRefusedException.Verdict(
                    recipients.get(at), result.outcomes().get(at)));
        }
        return verdicts;
    }
}
