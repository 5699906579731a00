package org.bridgehead.core.hub;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.bridgehead.core.mail.DeliveryReport;
import org.bridgehead.core.mail.DeliveryReport.Action;
import org.bridgehead.core.mail.DsnCondition;
import org.bridgehead.core.mail.DsnReturn;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.mail.EnhancedStatus;
import org.bridgehead.core.mail.Envelope;
import org.bridgehead.core.mail.Lists;
import org.bridgehead.core.mail.Recipient;
import org.bridgehead.core.mail.TransferState;
import org.bridgehead.core.mail.Xtext;
import org.bridgehead.core.queue.QueuedCopy.Stop;

/**
 * Tells senders what became of their mail (RFC 3461, RFC 3464). A failed recipient is settled in the batch that accepts
 * the report about it, so neither is ever lost without the other; mail from the null sender is never reported on.
 */
final class Reporter {
    /**
     * A recipient that will not get the message.
     *
     * @param index in the copy
     * @param recipient as it was tried
     * @param status why
     * @param reason one line
     * @param remote the server that said so
     */
    record Failure(int index, Recipient recipient, EnhancedStatus status, String reason, Optional<String> remote) {}

    private static final EnhancedStatus DELIVERED = EnhancedStatus.of("2.1.5");
    private static final EnhancedStatus RELAYED = EnhancedStatus.of("2.1.9");

    private record Open(MailCopy copy, List<Integer> indices, DeliveryReport report) {}

    private final Desk desk;
    private final Ledger ledger;
    private final Map<Long, Open> open = new LinkedHashMap<>();

    Reporter(Desk desk, Ledger ledger) {
        this.desk = desk;
        this.ledger = ledger;
    }

    /** Ends these recipients: tracked, reported where the sender wants to know, settled. */
    void fail(MailCopy copy, TrackingEvent.Source source, List<Failure> failures) {
        List<DeliveryReport.PerRecipient> told = new ArrayList<>();
        List<Integer> toldIndices = new ArrayList<>();
        List<Integer> silent = new ArrayList<>();
        for (Failure failure : failures) {
            track(copy, source, failure);
            if (mayReport(copy) && failure.recipient().wants(DsnCondition.FAILURE)) {
                toldIndices.add(failure.index());
                told.add(line(failure.recipient(), Action.FAILED, failure, Optional.empty()));
            } else {
                silent.add(failure.index());
            }
        }
        if (!told.isEmpty()) {
            send(copy, toldIndices, told);
        }
        if (!silent.isEmpty()) {
            ledger.settle(copy, silent);
        }
    }

    /**
     * Ends these recipients: settled at once, or with the report that says they got it where that was asked for (the
     * message has to be there to be quoted, and a crash before must not lose the report).
     */
    void delivered(MailCopy copy, List<Stop> stops, String server) {
        ended(copy, stops, stop -> success(stop, Action.DELIVERED, DELIVERED, "delivered to the mailbox", server));
    }

    /** The same for those whom a server has taken that sees to no reports (RFC 3461 section 5.2.2). */
    void relayed(MailCopy copy, List<Stop> stops, String server) {
        ended(copy, stops, stop -> success(stop, Action.RELAYED, RELAYED, "taken by " + server, server));
    }

    private void ended(MailCopy copy, List<Stop> stops, Function<Stop, DeliveryReport.PerRecipient> line) {
        List<Stop> asked = mayReport(copy)
                ? Lists.filter(stops, stop -> stop.recipient().conditions().contains(DsnCondition.SUCCESS))
                : List.of();
        if (asked.isEmpty()) {
            ledger.settle(copy, indices(stops));
            return;
        }
        send(copy, indices(asked), Lists.map(asked, line));
        ledger.settle(copy, indices(Lists.filter(stops, stop -> !asked.contains(stop))));
    }

    private static DeliveryReport.PerRecipient success(
            Stop stop, Action action, EnhancedStatus status, String words, String server) {
        return new DeliveryReport.PerRecipient(
                stop.recipient(), action, status, words, Optional.of(server), Optional.empty());
    }

    private static List<Integer> indices(List<Stop> stops) {
        return Lists.map(stops, Stop::index);
    }

    /** Tells the sender, once for each recipient, that these wait. */
    void delayed(MailCopy copy, List<Stop> stops, String why, Instant until) {
        List<Stop> untold = Lists.filter(stops, stop -> !copy.isDelayReported(stop.index()));
        if (untold.isEmpty()) {
            return;
        }
        copy.markDelayReported(indices(untold));
        List<DeliveryReport.PerRecipient> told = untold.stream()
                .filter(stop -> mayReport(copy) && stop.recipient().wants(DsnCondition.DELAY))
                .map(stop -> new DeliveryReport.PerRecipient(
                        stop.recipient(), Action.DELAYED, Deadlines.EXPIRED, why, Optional.empty(), Optional.of(until)))
                .toList();
        if (!told.isEmpty()) {
            send(copy, List.of(), told);
        }
    }

    /**
     * A report was rendered, or could not be.
     *
     * @return the report as a message to send; empty when rendering is tried again later
     */
    Optional<SpoolRecord.Accepted> reported(long id, Optional<SpoolRecord.Accepted> rendered) {
        Open about = open.get(id);
        if (about == null) {
            throw new IllegalStateException("no report " + id + " is under way");
        }
        open.remove(id);
        if (rendered.isEmpty()) {
            Instant later = desk.now().plus(desk.snapshot().retry().glitchInterval());
            desk.timers().at(later, () -> emit(about));
            return Optional.empty();
        }
        about.copy().item().reportEnded();
        SpoolRecord.Accepted message = rendered.get();
        desk.record(message);
        desk.track(
                TrackingEvent.Kind.DSN,
                TrackingEvent.Source.DSN,
                message,
                Lists.map(message.envelope().recipients(), Recipient::address),
                Optional.empty(),
                "",
                "report on " + about.report().original());
        ledger.settle(about.copy(), about.indices());
        return rendered;
    }

    private static boolean mayReport(MailCopy copy) {
        return copy.sender().isPresent() && !copy.item().state().has(TransferState.Flag.NODSN);
    }

    private void track(MailCopy copy, TrackingEvent.Source source, Failure failure) {
        desk.track(
                TrackingEvent.Kind.FAIL,
                source,
                copy.item().accepted(),
                List.of(failure.recipient().address()),
                failure.remote(),
                failure.status().toString(),
                failure.reason());
    }

    private static DeliveryReport.PerRecipient line(
            Recipient recipient, Action action, Failure failure, Optional<Instant> until) {
        return new DeliveryReport.PerRecipient(
                recipient, action, failure.status(), failure.reason(), failure.remote(), until);
    }

    private void send(MailCopy copy, List<Integer> indices, List<DeliveryReport.PerRecipient> lines) {
        SpoolRecord.Accepted about = copy.item().accepted();
        Envelope envelope = about.envelope();
        EmailAddress sender = copy.sender().orElseThrow();
        copy.item().reportBegun();
        emit(new Open(
                copy,
                indices,
                new DeliveryReport(
                        about.id(),
                        sender,
                        desk.self(),
                        envelope.envid().flatMap(Xtext::decode),
                        about.facts().acceptedAt(),
                        about.facts().header().messageId(),
                        envelope.ret().orElse(DsnReturn.FULL),
                        lines)));
    }

    private void emit(Open report) {
        long id = desk.number();
        open.put(id, report);
        desk.emit(new HubEffect.Report(id, report.report()));
    }
}
