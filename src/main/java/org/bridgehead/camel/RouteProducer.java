package org.bridgehead.camel;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.support.DefaultProducer;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.engine.MailOrganization;
import org.jspecify.annotations.Nullable;

/** {@code bridgehead:route}: sets headers that tell the way of a message to its one recipient; nothing is sent. */
final class RouteProducer extends DefaultProducer {
    private final BridgeheadEndpoint endpoint;
    private @Nullable MailOrganization organization;

    RouteProducer(BridgeheadEndpoint endpoint) {
        super(endpoint);
        this.endpoint = endpoint;
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        MailOrganization running = endpoint.organization();
        RoutePlan.start(running, endpoint.getFrom()); // a wrong name is to be told at once
        organization = running;
    }

    @Override
    public void process(Exchange exchange) {
        MailOrganization running = organization;
        if (running == null) {
            throw new IllegalStateException(this + " is not started");
        }
        Message message = exchange.getMessage();
        List<EmailAddress> recipients = ExchangeMail.recipients(message);
        if (recipients.size() != 1) {
            throw new IllegalArgumentException("header " + BridgeheadConstants.TO + " names " + recipients.size()
                    + " recipients; a way is one recipient's");
        }
        RoutePlan plan = RoutePlan.of(running, endpoint.getFrom(), recipients.get(0), size(message.getBody()));
        plan.nextHop()
                .ifPresentOrElse(
                        hop -> message.setHeader(BridgeheadConstants.NEXT_HOP, hop),
                        () -> message.removeHeader(BridgeheadConstants.NEXT_HOP));
        message.setHeader(BridgeheadConstants.PATH, plan.path());
        message.setHeader(BridgeheadConstants.REASON, plan.reason());
    }

    /** Octets; 0 where counting them would use up the body. */
    private static long size(@Nullable Object body) {
        if (body instanceof byte[] octets) {
            return octets.length;
        }
        return body instanceof String text ? text.getBytes(StandardCharsets.UTF_8).length : 0;
    }
}
