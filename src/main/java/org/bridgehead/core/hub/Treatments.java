package org.bridgehead.core.hub;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.mail.Lists;
import org.bridgehead.core.mail.Recipient;
import org.bridgehead.core.mail.Treatment;
import org.bridgehead.core.topology.JournalRule;
import org.bridgehead.core.topology.Names;
import org.bridgehead.core.topology.TransportRule;

/**
 * Copies that do not go on as they are: transport rules change their octets, or they are put on record. Such a copy ends
 * in a message of its own, and in journal reports; one batch accepts them and settles the copy, so that a crash neither
 * loses the record nor writes it twice. Owned by the hub's thread.
 */
final class Treatments {
    private record Open(MailCopy copy, TreatmentOrder order) {}

    private final Desk desk;
    private final Ledger ledger;
    private final Map<Long, Open> open = new LinkedHashMap<>();

    Treatments(Desk desk, Ledger ledger) {
        this.desk = desk;
        this.ledger = ledger;
    }

    /** What the rules in force make of a copy; empty = it goes on as it is, since they are gone. */
    Optional<TreatmentOrder> order(MailCopy copy) {
        Treatment treatment = copy.treatment();
        if (!treatment.isWork()) {
            return Optional.empty();
        }
        List<TransportRule> rules = Lists.filter(
                copy.item().rules(desk.snapshot().settings().rules()),
                rule -> rule.action() instanceof TransportRule.Change && isIn(treatment.rules(), rule.name()));
        List<JournalRule> journals =
                Lists.filter(desk.snapshot().settings().journal(), rule -> isIn(treatment.journals(), rule.name()));
        if (rules.isEmpty() && journals.isEmpty()) {
            return Optional.empty();
        }
        SpoolRecord.Accepted about = copy.item().accepted();
        Optional<EmailAddress> origin = copy.hasOwnSender() ? about.envelope().sender() : Optional.empty();
        List<Recipient> recipients =
                Lists.map(copy.open(), index -> copy.recipients().get(index));
        return Optional.of(
                new TreatmentOrder(about.id(), copy.envelope(recipients), origin, rules, journals, desk.self()));
    }

    private static boolean isIn(List<String> names, String name) {
        return names.stream().anyMatch(one -> Names.same(one, name));
    }

    /** Begins to work on a copy that has open recipients. */
    void begin(MailCopy copy, TreatmentOrder order) {
        copy.beginWork();
        emit(new Open(copy, order));
    }

    private void emit(Open work) {
        long id = desk.number();
        open.put(id, work);
        desk.emit(new HubEffect.Treat(id, work.order()));
    }

    /**
     * The octets are made, or cannot be made now.
     *
     * @return the messages to go on with: the copy's successor, then journal reports
     */
    List<SpoolRecord.Accepted> treated(long id, List<SpoolRecord.Accepted> made) {
        Open work = open.remove(id);
        if (work == null) {
            throw new IllegalStateException("no treatment " + id + " is under way");
        }
        MailCopy copy = work.copy();
        desk.focus(copy.item().id());
        if (made.isEmpty()) {
            Instant later = desk.now().plus(desk.snapshot().retry().glitchInterval());
            desk.timers().at(later, () -> emit(work));
            return made;
        }
        copy.endWork();
        if (copy.open().isEmpty()) {
            // An operator has ended it meanwhile.
            ledger.releaseIfComplete(copy.item());
            return List.of();
        }
        made.forEach(desk::record);
        track(work.order(), made);
        ledger.settle(copy, copy.open());
        return made;
    }

    private void track(TreatmentOrder order, List<SpoolRecord.Accepted> made) {
        SpoolRecord.Accepted successor = made.get(0);
        List<EmailAddress> recipients = Lists.map(order.envelope().recipients(), Recipient::address);
        track(TrackingEvent.Kind.TRANSFER, successor, recipients, words(order));
        for (int i = 1; i < made.size(); i++) {
            JournalRule rule = order.journals().get(i - 1);
            String subject = "journal " + rule.name() + " on "
                    + successor.facts().header().messageId();
            track(TrackingEvent.Kind.RECEIVE, made.get(i), List.of(rule.to()), subject);
        }
    }

    private void track(
            TrackingEvent.Kind kind, SpoolRecord.Accepted message, List<EmailAddress> recipients, String why) {
        desk.track(kind, TrackingEvent.Source.AGENT, message, recipients, Optional.empty(), "", why);
    }

    private static String words(TreatmentOrder order) {
        String rules = String.join(", ", Lists.map(order.rules(), TransportRule::name));
        String journals = String.join(", ", Lists.map(order.journals(), JournalRule::name));
        return "a copy"
                + (rules.isEmpty() ? "" : " changed by " + rules)
                + (rules.isEmpty() || journals.isEmpty() ? "" : " and")
                + (journals.isEmpty() ? "" : " on record for " + journals);
    }
}
