package org.bridgehead.admin;

import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.TraceStateBuilder;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.bridgehead.core.hub.TrackingEvent;
import org.bridgehead.core.hub.TrackingEvent.Kind;
import org.bridgehead.core.mail.TraceContext;
import org.bridgehead.core.mail.TransportId;
import org.bridgehead.engine.MailOrganization;
import org.bridgehead.engine.TrackingLog;

/**
 * The way of each message as spans of OpenTelemetry: one for each hand-over, from the moment a server took the message to
 * the moment the next one had it, it was in the mailbox, or it failed. They are part of the trace that the sender wrote
 * into the header ({@code traceparent} of W3C Trace Context), children of the span that sent the message. Without one the
 * trace is the message's identity in the organisation, which servers tell each other with {@code XSTATE}. Either way all
 * servers, whatever process they run in, write into one trace without a header that changes the mail. Remembers the last
 * {@value #MOST} messages of all servers. Safe for any thread.
 */
final class MessageSpans implements AutoCloseable {
    private static final int MOST = 20_000;

    private record Stay(String server, TransportId message) {}

    private final Tracer tracer;
    private final TrackingLog tracking;
    private final Runnable unlisten;
    /** When a server took a message; the oldest ones are forgotten. */
    private final Map<Stay, Instant> taken = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Stay, Instant> eldest) {
            return size() > MOST;
        }
    };

    /** Of an organisation, to what is registered globally; empty when the library for it is not there. */
    static Optional<MessageSpans> of(MailOrganization organization) {
        try {
            return Optional.of(new MessageSpans(organization, GlobalOpenTelemetry.get()));
        } catch (NoClassDefFoundError missing) {
            return Optional.empty();
        }
    }

    MessageSpans(MailOrganization organization, OpenTelemetry telemetry) {
        this.tracer = telemetry.getTracer("org.bridgehead");
        this.tracking = organization.tracking();
        this.unlisten = tracking.listen(this::heard);
    }

    private void heard(TrackingEvent event) {
        Stay stay = new Stay(event.server(), event.transportId());
        if (event.event() == Kind.RECEIVE) {
            took(stay, event.time());
        } else if (event.event() == Kind.SEND || event.event() == Kind.DELIVER || event.event() == Kind.FAIL) {
            write(event, since(stay, event.time()));
        }
    }

    private synchronized void took(Stay stay, Instant at) {
        taken.putIfAbsent(stay, at);
    }

    private synchronized Instant since(Stay stay, Instant otherwise) {
        return taken.getOrDefault(stay, otherwise);
    }

    private void write(TrackingEvent event, Instant begin) {
        String what = event.event().name().toLowerCase(Locale.ROOT);
        Span span = tracer.spanBuilder(
                        what + event.nextHop().map(hop -> " " + hop).orElse(""))
                .setParent(Context.root().with(Span.wrap(trace(event.transportId()))))
                .setSpanKind(SpanKind.PRODUCER)
                .setStartTimestamp(begin)
                .setAttribute("messaging.system", "bridgehead")
                .setAttribute("messaging.message.id", event.messageId().text())
                .setAttribute("bridgehead.server", event.server())
                .setAttribute("bridgehead.site", event.site().orElse(""))
                .setAttribute("bridgehead.hop", event.hop())
                .setAttribute("bridgehead.recipients", event.recipients().size())
                .setAttribute("bridgehead.bytes", event.bytes())
                .setAttribute("bridgehead.status", event.status())
                .startSpan();
        if (event.event() == Kind.FAIL) {
            span.setStatus(StatusCode.ERROR, event.reason());
        }
        span.end(event.time());
    }

    private SpanContext trace(TransportId message) {
        return tracking.traceOf(message).map(MessageSpans::sent).orElseGet(() -> own(message));
    }

    private static SpanContext sent(TraceContext context) {
        TraceStateBuilder state = TraceState.builder();
        // What is put last comes first.
        for (int i = context.state().size() - 1; i >= 0; i--) {
            String[] member = context.state().get(i).split("=", 2);
            state.put(member[0], member[1]);
        }
        return SpanContext.createFromRemoteParent(
                context.trace(), context.parent(), TraceFlags.fromHex(context.flags(), 0), state.build());
    }

    /** A trace whose root is the first acceptance, of which nobody writes a span. */
    private static SpanContext own(TransportId message) {
        long root = message.low() == 0 ? 1 : message.low();
        return SpanContext.createFromRemoteParent(
                message.toString(), String.format("%016x", root), TraceFlags.getSampled(), TraceState.getDefault());
    }

    @Override
    public void close() {
        unlisten.run();
    }
}
