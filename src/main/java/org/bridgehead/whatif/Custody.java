package org.bridgehead.whatif;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.bridgehead.core.hub.SpoolRecord;
import org.bridgehead.core.hub.StorageGroupId;
import org.bridgehead.core.hub.TrackingEvent;
import org.bridgehead.core.mail.DeliveryReport;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.mail.Envelope;
import org.bridgehead.core.mail.Lists;
import org.bridgehead.core.mail.Numbered;
import org.bridgehead.core.mail.Recipient;
import org.bridgehead.core.mail.TransportId;
import org.bridgehead.core.topology.JournalRule;
import org.bridgehead.core.topology.Settings;
import org.jspecify.annotations.Nullable;

/**
 * Watches who is responsible for what: a recipient that a server settles must have arrived, be held by another server, or
 * be reported on, at that very moment; a mailbox gets a message once; a copy beyond the first goes outside only after a
 * lost acknowledgement or a crash; a hub takes the same copy of another one once; nothing travels on beyond the hop limit.
 * One thread. Longer than most files: what is known of a message and what that forbids are read together.
 */
final class Custody implements Observer, LossWatch.Known {
    /** All that is known of one message. */
    private final class Mail implements Obligations.Known {
        private final TransportId id;
        private final Optional<EmailAddress> sender;
        private final List<EmailAddress> recipients;
        /** Everybody who was a recipient at some hop. */
        private final Map<EmailAddress, Fate> fates = new LinkedHashMap<>();

        /** On how many disks all of them together. */
        private int held;

        /** What a report speaks of. */
        private final List<Fate> tells = new ArrayList<>(0);

        private final boolean report;
        private long size;
        private String author = "";
        private boolean acknowledged;
        private boolean withdrawn;
        private Optional<VirtualServer> origin = Optional.empty();

        Mail(TransportId id, Optional<EmailAddress> sender, List<EmailAddress> recipients, boolean report) {
            this.id = id;
            this.sender = sender;
            this.recipients = recipients;
            this.report = report;
        }

        /** To be changed. */
        Fate fate(EmailAddress address) {
            Fate known = fates.get(address);
            if (known == null) {
                known = new Fate(address);
                fates.put(address, known);
            }
            return known;
        }

        /** To be looked at only. */
        private Fate known(EmailAddress address) {
            return fates.getOrDefault(address, NOTHING);
        }

        /** A report went with its server: what it spoke of is open again in the same disk, and reported once more. */
        void withdraw() {
            withdrawn = true;
            if (acknowledged) {
                acknowledged = false;
                tells.forEach(about -> about.reported--);
            }
        }

        boolean isUnwritten() {
            return report && origin.isEmpty();
        }

        boolean isFrom(VirtualServer server) {
            return origin.isPresent() && origin.get() == server;
        }

        @Override
        public boolean arrived(EmailAddress address) {
            return known(address).arrived != 0 || losses.answers(id, address);
        }

        @Override
        public boolean refused(EmailAddress address) {
            return isRefused(known(address));
        }

        private boolean isRefused(Fate fate) {
            return sender.isEmpty() ? fate.failed : fate.reported > 0;
        }

        @Override
        public boolean held(EmailAddress address) {
            if (held == 0) {
                return false;
            }
            if (known(address).held != 0) {
                return true;
            }
            for (Fate other : fates.values()) {
                if (other.held != 0 && possible.covers(other.address, address)) {
                    return true;
                }
            }
            return false;
        }

        /** A delivery beyond the first is excused: whoever was responsible for this address may have sent it again. */
        boolean mayComeAgain(EmailAddress address) {
            for (Fate fate : fates.values()) {
                if (fate.shaken && possible.covers(fate.address, address)) {
                    return true;
                }
            }
            return !recipients.stream().allMatch(possible::isSingle);
        }
    }

    /** What has become of one recipient of one message. */
    private static final class Fate {
        private final EmailAddress address;
        /** On how many disks. */
        private int held;
        /** In how many mailboxes, or how often outside. */
        private int arrived;
        /** Reports on a disk that speak of it. */
        private int reported;

        private boolean failed;
        /** May get a second copy: an acknowledgement was lost, or a server died before it had settled it. */
        private boolean shaken;

        Fate(EmailAddress address) {
            this.address = address;
        }
    }

    /** Of somebody who was a recipient at no hop; does not change. */
    private static final Fate NOTHING = new Fate(EmailAddress.of("nobody@invalid"));

    private record Question(VirtualServer server, Mail mail, Fate fate) {}

    /** Whom everybody stands for at least: groups may change. */
    private final Obligations obligations;
    /** And whom at most. */
    private final Obligations possible;

    private final HandoverWatch handovers;
    private final JournalWatch journals;
    private final int maxHops;
    /** By the lower half of their identity: simulations count messages up from one, and the upper half is nothing. */
    private final Numbered<Mail> mails = new Numbered<>();

    /** The one asked for last, mostly asked for again. */
    private @Nullable Mail recent;

    private final Map<VirtualServer, Holdings> holdings = new LinkedHashMap<>();
    /** Reports that are written and on no disk yet. */
    private final Map<TransportId, Mail> reports = new LinkedHashMap<>();

    private final List<Question> open = new ArrayList<>();
    private final List<Violation> violations;
    private final LossWatch losses;
    private final Supplier<Instant> now;
    /** Copies in mailboxes inside. */
    private long inside;

    private long hops;

    Custody(
            LivingGroups directory,
            Settings settings,
            Supplier<Instant> now,
            Supplier<List<VirtualRedeliveries.Request>> requests,
            List<Violation> violations) {
        this.obligations = new Obligations(directory.always(), settings.rules());
        this.possible = new Obligations(directory.ever(), settings.rules());
        this.handovers = new HandoverWatch(violations);
        this.journals = new JournalWatch(settings.journal());
        this.maxHops = settings.limits().maxHops();
        this.now = now;
        this.violations = violations;
        this.losses = new LossWatch(settings.dumpster(), this, requests, violations);
    }

    /** What failovers took. */
    LossWatch losses() {
        return losses;
    }

    /** Messages handed from one to the next: taken by a server, put into a mailbox, given to somebody outside. */
    long hops() {
        return hops;
    }

    private void violated(String invariant, String detail) {
        violations.add(new Violation(invariant, detail));
    }

    private Mail mail(TransportId id) {
        if (recent != null && recent.id.low() == id.low()) {
            return recent;
        }
        Mail mail = mails.get(id.low());
        if (mail == null) {
            throw new IllegalStateException("nobody accepted message " + id);
        }
        recent = mail;
        return mail;
    }

    private Holdings of(VirtualServer server) {
        Holdings known = holdings.get(server);
        if (known == null) {
            known = new Holdings((id, recipient, by) -> changed(server, id, recipient, by));
            holdings.put(server, known);
        }
        return known;
    }

    private void changed(VirtualServer server, TransportId id, EmailAddress recipient, int by) {
        Mail mail = mail(id);
        Fate fate = mail.fate(recipient);
        fate.held += by;
        mail.held += by;
        if (by < 0) {
            open.add(new Question(server, mail, fate));
        }
    }

    @Override
    public void written(VirtualServer server, List<SpoolRecord> batch) {
        Holdings disk = of(server);
        for (SpoolRecord record : batch) {
            if (record instanceof SpoolRecord.Accepted accepted) {
                accepted(server, accepted);
            }
            disk.add(record);
        }
        losses.written(server, batch, now.get().plus(server.ahead()));
    }

    private void accepted(VirtualServer server, SpoolRecord.Accepted accepted) {
        TransportId id = accepted.facts().state().id();
        Envelope envelope = accepted.envelope();
        Mail mail = mails.get(id.low());
        if (mail == null) {
            List<EmailAddress> recipients = Lists.map(envelope.recipients(), Recipient::address);
            mail = new Mail(id, envelope.sender(), recipients, false);
            mails.put(id.low(), mail);
        }
        mail.size = accepted.body().size();
        handovers.accepted(server, accepted);
        hops++;
        int handled = accepted.facts().state().trace().size();
        if (handled > maxHops + 1) {
            violated("hop limit", "message " + id + " was taken by a server after " + handled + " others");
        }
        Mail report = reports.isEmpty() ? null : reports.get(id);
        if (report != null && report.author.equals(server.name())) {
            reports.remove(id);
            report.acknowledged = true;
            report.origin = Optional.of(server);
            report.tells.forEach(about -> about.reported++);
            journals.count(id, 1);
        }
    }

    @Override
    public void journaled(VirtualServer server, TransportId id, JournalRule rule, SpoolRecord.Accepted about) {
        Mail mail = new Mail(id, Optional.empty(), List.of(rule.to()), true);
        mail.author = server.name();
        mails.put(id.low(), mail);
        reports.put(id, mail);
        journals.written(id, rule, about);
    }

    /** A report on the message {@code subject} will be the message {@code id} when it is on the disk. */
    @Override
    public void reported(TransportId id, TransportId subject, DeliveryReport report) {
        Mail mail = new Mail(id, Optional.empty(), List.of(report.to()), true);
        mail.author = report.reportingMta();
        report.recipients().stream()
                .filter(line -> line.action() == DeliveryReport.Action.FAILED)
                .forEach(line ->
                        mail.tells.add(mail(subject).fate(line.recipient().address())));
        mails.put(id.low(), mail);
        reports.put(id, mail);
    }

    @Override
    public void acknowledged(TransportId id) {
        mail(id).acknowledged = true;
    }

    @Override
    public void keptUnheard(VirtualServer server, SpoolRecord.Accepted message) {
        handovers.forget(server, message);
    }

    @Override
    public void unanswered(TransportId id, List<Recipient> recipients) {
        recipients.forEach(recipient -> mail(id).fate(recipient.address()).shaken = true);
    }

    @Override
    public void tracked(TrackingEvent event) {
        if (event.event() == TrackingEvent.Kind.FAIL) {
            Mail mail = mail(event.transportId());
            event.recipients().forEach(address -> mail.fate(address).failed = true);
            if (event.status().startsWith("5.1.1")) {
                event.recipients().stream()
                        .filter(obligations::isKnown)
                        .forEach(address ->
                                violated("unknown", event.server() + " says that the directory has no " + address));
            }
        }
    }

    @Override
    public void arrived(Delivery delivery, boolean stays) {
        hops++;
        inside += stays ? 1 : 0;
        Mail mail = mail(delivery.id());
        int count = ++mail.fate(delivery.recipient()).arrived;
        if (count > 1 && stays) {
            violated(
                    "twice",
                    "message " + mail.id + " is " + count + " times in the mailbox of " + delivery.recipient());
        } else if (count > 1 && !mail.mayComeAgain(delivery.recipient())) {
            violated(
                    "duplicate",
                    "message " + mail.id + " went " + count + " times to " + delivery.recipient()
                            + ", and no acknowledgement was lost");
        }
    }

    @Override
    public void switched(StorageGroupId group, List<Delivery> gone, List<Delivery> back) {
        gone.forEach(delivery -> mail(delivery.id()).fate(delivery.recipient()).arrived--);
        back.forEach(delivery -> mail(delivery.id()).fate(delivery.recipient()).arrived++);
        inside += back.size() - gone.size();
        losses.switched(group, gone, back);
    }

    @Override
    public boolean arrived(TransportId id, EmailAddress address) {
        return mail(id).known(address).arrived != 0;
    }

    @Override
    public boolean held(TransportId id, EmailAddress address) {
        return mail(id).held(address);
    }

    @Override
    public boolean failed(TransportId id, EmailAddress address) {
        return mail(id).known(address).failed;
    }

    @Override
    public boolean isReport(TransportId id) {
        return mail(id).report;
    }

    @Override
    public boolean isWithdrawn(TransportId id) {
        return mail(id).withdrawn;
    }

    @Override
    public boolean isUnwritten(TransportId id) {
        return reports.containsKey(id);
    }

    @Override
    public long size(TransportId id) {
        return mail(id).size;
    }

    private void shake(VirtualServer server) {
        of(server).forEachOpen((id, address) -> mail(id).fate(address).shaken = true);
    }

    @Override
    public void dying(VirtualServer server) {
        shake(server);
    }

    @Override
    public void died(VirtualServer server) {
        List<TransportId> before = of(server).messages();
        of(server).replace(server.disk().recover());
        List<TransportId> after = of(server).messages();
        before.stream()
                .map(this::mail)
                .filter(mail -> mail.report && !after.contains(mail.id) && !mail.withdrawn && mail.isFrom(server))
                .forEach(mail -> {
                    mail.withdraw();
                    journals.count(mail.id, -1);
                });
        List<Mail> unwritten = reports.values().stream()
                .filter(report -> report.author.equals(server.name()))
                .toList();
        unwritten.forEach(report -> {
            report.withdraw();
            reports.remove(report.id);
        });
        losses.died(server);
        shake(server);
        open.removeIf(question -> question.server() == server);
    }

    @Override
    public void paused() {
        losses.paused();
        for (Question question : open) {
            Mail mail = question.mail();
            Fate fate = question.fate();
            // A report that is not on its disk yet is not owed: what it speaks of is not settled before it is.
            if (fate.held != 0 || mail.isRefused(fate) || mail.withdrawn || mail.isUnwritten()) {
                continue;
            }
            Optional<EmailAddress> neglected = obligations.neglected(fate.address, mail);
            if (neglected.isPresent()) {
                violated(
                        "custody",
                        question.server().name() + " settled " + fate.address + " of message " + mail.id
                                + ", and nobody has it for " + neglected.get());
            }
        }
        open.clear();
    }

    /** Groups have changed. */
    void regrouped() {
        obligations.forget();
        possible.forget();
    }

    /**
     * At the end, when everything has had time: all that was acknowledged has arrived, was reported, or is on a disk; and
     * what arrived is on record.
     */
    void ended() {
        for (Mail mail : mails.values()) {
            if (!mail.report && journals.hasRules()) {
                mail.sender.ifPresent(from -> checkJournal(mail, from));
            }
            if (!mail.acknowledged) {
                continue;
            }
            for (EmailAddress recipient : mail.recipients) {
                obligations
                        .neglected(recipient, mail)
                        .ifPresent(address -> violated(
                                "lost",
                                "message " + mail.id + " to " + recipient + " neither reached " + address
                                        + " nor was reported"));
            }
        }
    }

    /** What arrived is on record where a rule asks for it. */
    private void checkJournal(Mail mail, EmailAddress from) {
        for (Fate fate : mail.fates.values()) {
            if (fate.arrived != 0) {
                journals.missed(mail.id, from, fate.address)
                        .ifPresent(rule -> violated(
                                "journal",
                                "message " + mail.id + " reached " + fate.address + ", and " + rule.name()
                                        + " has no record of it"));
            }
        }
    }

    /** What the logs of mailbox servers say is what was seen to arrive and to be lost: everything once. */
    void readBack(Collection<VirtualMailboxServer> servers) {
        long[] found = {0};
        for (VirtualMailboxServer server : servers) {
            for (String group : server.groups()) {
                server.newest(group).forEach(delivery -> {
                    found[0]++;
                    int count = mail(delivery.id()).known(delivery.recipient()).arrived;
                    if (count != 1) {
                        violated(
                                "store",
                                "message " + delivery.id() + " is in the mailbox of " + delivery.recipient()
                                        + ", and should be " + count + " times");
                    }
                });
            }
        }
        if (found[0] != inside) {
            violated("store", found[0] + " copies are in mailboxes, " + inside + " should be");
        }
    }

    /** Messages that the disk of a server holds. */
    int held(VirtualServer server) {
        return of(server).size();
    }
}
