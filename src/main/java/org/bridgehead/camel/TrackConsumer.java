package org.bridgehead.camel;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.DefaultConsumer;
import org.bridgehead.core.hub.TrackingEvent;
import org.bridgehead.core.mail.EmailAddress;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code bridgehead:track}: each tracking event becomes an exchange, in order, with the {@link TrackingEvent} as body.
 * Servers do not wait for the route: when it falls {@value #BACKLOG} events behind, events are left out, and how many is
 * logged.
 */
final class TrackConsumer extends DefaultConsumer {
    private static final Logger LOG = LoggerFactory.getLogger(TrackConsumer.class);
    private static final int BACKLOG = 100_000;
    private static final long LOOK_UP_MILLIS = 500;

    private final BridgeheadEndpoint endpoint;
    private final ArrayBlockingQueue<TrackingEvent> backlog = new ArrayBlockingQueue<>(BACKLOG);
    private final AtomicLong lost = new AtomicLong();
    private @Nullable ExecutorService thread;
    private @Nullable Runnable listening;

    TrackConsumer(BridgeheadEndpoint endpoint, Processor processor) {
        super(endpoint, processor);
        this.endpoint = endpoint;
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        ExecutorService own = endpoint.getCamelContext()
                .getExecutorServiceManager()
                .newSingleThreadExecutor(this, endpoint.getEndpointUri());
        thread = own;
        own.execute(this::pump);
        listening = endpoint.organization().tracking().listen(this::keep);
    }

    @Override
    protected void doStop() throws Exception {
        if (listening != null) {
            listening.run();
            listening = null;
        }
        if (thread != null) {
            endpoint.getCamelContext().getExecutorServiceManager().shutdownGraceful(thread);
            thread = null;
        }
        super.doStop();
    }

    private void keep(TrackingEvent event) {
        if (!backlog.offer(event)) {
            lost.incrementAndGet();
        }
    }

    private void pump() {
        try {
            while (isRunAllowed() || !backlog.isEmpty()) {
                TrackingEvent event = backlog.poll(LOOK_UP_MILLIS, TimeUnit.MILLISECONDS);
                if (event != null) {
                    process(event);
                }
                long missing = lost.getAndSet(0);
                if (missing > 0) {
                    LOG.warn("{} is too slow: {} tracking events were left out", endpoint, missing);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void process(TrackingEvent event) {
        Exchange exchange = createExchange(false);
        try {
            exchange.getIn().setBody(event);
            exchange.getIn().setHeader(BridgeheadConstants.EVENT, event.event().name());
            exchange.getIn().setHeader(BridgeheadConstants.SERVER, event.server());
            exchange.getIn()
                    .setHeader(BridgeheadConstants.MESSAGE_ID, event.messageId().text());
            exchange.getIn()
                    .setHeader(
                            BridgeheadConstants.TRANSPORT_ID,
                            event.transportId().toString());
            exchange.getIn()
                    .setHeader(
                            BridgeheadConstants.FROM,
                            event.sender().map(EmailAddress::toString).orElse(""));
            exchange.getIn()
                    .setHeader(
                            BridgeheadConstants.TO,
                            event.recipients().stream()
                                    .map(EmailAddress::toString)
                                    .toList());
            getProcessor().process(exchange);
            if (exchange.getException() != null) {
                handleException("a tracking event was not processed", exchange, exchange.getException());
            }
        } catch (Exception e) {
            handleException("a tracking event was not processed", exchange, e);
        } finally {
            releaseExchange(exchange, false);
        }
    }
}
