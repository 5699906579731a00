package org.bridgehead.camel;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeTimedOutException;
import org.apache.camel.support.DefaultAsyncProducer;
import org.bridgehead.engine.MailOrganization;
import org.bridgehead.engine.SendResult;
import org.bridgehead.engine.Settlement;
import org.bridgehead.engine.Settlements;
import org.bridgehead.engine.Submitter;
import org.jspecify.annotations.Nullable;

/**
 * {@code bridgehead:submit}: hands the body in by SMTP, over connections that are kept. The exchange goes on when the
 * server has taken the message for every recipient, or with {@code waitFor=settled} when it has ended; otherwise it
 * fails with {@link MailRefusedException}. Headers tell for whom it was taken and for whom not, in both cases.
 * Asynchronous: the caller's thread is not held, except in a transaction. Safe for any thread.
 */
public class BridgeheadProducer extends DefaultAsyncProducer {
    private final BridgeheadEndpoint endpoint;
    private @Nullable Line line;
    /** Set in the producer's own threads: a route that goes on in one may submit again, and must not wait for another. */
    private final ThreadLocal<Boolean> inside = ThreadLocal.withInitial(() -> false);

    /** What a started producer has. */
    private record Line(Submitter submitter, Optional<Settlements> settlements, ExecutorService threads) {}

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
        line = new Line(
                running.submitter(endpoint.getConnections()),
                endpoint.getWaitFor() == WaitFor.SETTLED ? Optional.of(running.settlements()) : Optional.empty(),
                endpoint.getCamelContext()
                        .getExecutorServiceManager()
                        .newFixedThreadPool(this, endpoint.getEndpointUri(), endpoint.getConnections()));
    }

    @Override
    protected void doStop() throws Exception {
        Line ending = line;
        line = null;
        if (ending != null) {
            endpoint.getCamelContext().getExecutorServiceManager().shutdownGraceful(ending.threads());
            ending.settlements().ifPresent(Settlements::close);
            ending.submitter().close();
        }
        super.doStop();
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        Line own = line;
        if (own == null) {
            exchange.setException(new IllegalStateException(this + " is not started"));
        } else if (exchange.isTransacted() || inside.get()) {
            begin(own, exchange).join();
        } else {
            own.threads()
                    .execute(
                            () -> inside(() -> begin(own, exchange).whenComplete((done, bug) -> callback.done(false))));
            return false;
        }
        callback.done(true);
        return true;
    }

    private void inside(Runnable work) {
        inside.set(true);
        try {
            work.run();
        } finally {
            inside.remove();
        }
    }

    /** Completed, never exceptionally, when the exchange is done. */
    private CompletableFuture<Void> begin(Line own, Exchange exchange) {
        Submission submission = new Submission(exchange, endpoint.getEndpointUri());
        try {
            submission.send(own.submitter(), endpoint.getServer());
        } catch (Exception e) {
            exchange.setException(e);
            return CompletableFuture.completedFuture(null);
        }
        if (own.settlements().isEmpty() || submission.taken().isEmpty()) {
            submission.report();
            return CompletableFuture.completedFuture(null);
        }
        CompletableFuture<Settlement> end =
                end(own.settlements().get(), submission.taken().get());
        return exchange.isTransacted()
                ? end.handle((settlement, trouble) -> ended(exchange, submission, settlement, trouble))
                : end.handleAsync(
                        (settlement, trouble) -> ended(exchange, submission, settlement, trouble), own.threads());
    }

    private CompletableFuture<Settlement> end(Settlements settlements, SendResult taken) {
        return settlements.of(taken).orTimeout(endpoint.getSettleTimeout(), TimeUnit.MILLISECONDS);
    }

    private @Nullable Void ended(
            Exchange exchange, Submission submission, @Nullable Settlement end, @Nullable Throwable trouble) {
        if (end != null) {
            submission.settled(end);
        }
        submission.report();
        if (trouble instanceof TimeoutException) {
            exchange.setException(new ExchangeTimedOutException(
                    exchange, endpoint.getSettleTimeout(), "taken, but not settled within the time"));
        } else if (trouble != null) {
            exchange.setException(
                    new IllegalStateException("taken, but the endpoint ended before it was settled", trouble));
        }
        return null;
    }
}
