package org.bridgehead.engine;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.bridgehead.core.hub.SpoolRecord;
import org.bridgehead.core.hub.TreatedMail;
import org.bridgehead.core.hub.TreatmentOrder;
import org.bridgehead.core.mail.BodyRef;
import org.bridgehead.core.mail.TransportId;
import org.bridgehead.core.topology.JournalRule;
import org.bridgehead.io.spool.Shard;
import org.bridgehead.io.spool.Spool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes what treatments end in: octets changed by rules, and journal reports. Safe for any thread. */
final class TreatmentDriver {
    private static final Logger LOG = LoggerFactory.getLogger(TreatmentDriver.class);

    private final Drivers.Shared shared;

    TreatmentDriver(Drivers.Shared shared) {
        this.shared = shared;
    }

    /** The copy's successor, then its journal reports, with their octets in the spool; empty = not now. */
    List<SpoolRecord.Accepted> make(TreatmentOrder order) {
        Shard shard = new Shard(order.server());
        Instant now = shared.clock().now();
        try {
            SpoolRecord.Accepted original = shared.spool()
                    .load(shard, order.about())
                    .orElseThrow(() -> new IOException("message " + order.about() + " is not in the spool"))
                    .accepted();
            TreatmentRenderer.Source octets = source(order, original.body());
            BodyRef body = order.rules().isEmpty() ? original.body() : stored(octets);
            SpoolRecord.Accepted successor =
                    TreatedMail.successor(original, order, shared.spool().allocate(shard), body, now);
            List<SpoolRecord.Accepted> made = new ArrayList<>();
            made.add(successor);
            for (JournalRule rule : order.journals()) {
                made.add(journal(rule, successor, octets, shard));
            }
            return made;
        } catch (IOException e) {
            LOG.warn("{}: message {} cannot be worked on now: {}", order.server(), order.about(), e.toString());
            return List.of();
        }
    }

    /** What the recipients get; it can be read before any record names it. */
    private TreatmentRenderer.Source source(TreatmentOrder order, BodyRef original) {
        Spool spool = shared.spool();
        String boundary = "bridgehead-" + Drivers.newTransportId();
        return order.rules().isEmpty()
                ? () -> spool.read(original)
                : () -> TreatmentRenderer.changed(order, boundary, () -> spool.read(original));
    }

    private BodyRef stored(TreatmentRenderer.Source source) throws IOException {
        try (InputStream octets = source.open()) {
            return shared.spool().body(octets);
        }
    }

    private SpoolRecord.Accepted journal(
            JournalRule rule, SpoolRecord.Accepted about, TreatmentRenderer.Source octets, Shard shard)
            throws IOException {
        TransportId id = Drivers.newTransportId();
        Instant now = about.facts().acceptedAt();
        JournalRenderer.Report report = new JournalRenderer.Report(
                rule, TreatedMail.messageId(rule, id), shared.renderer().domain(), about, now);
        BodyRef body = stored(() -> JournalRenderer.render(report, octets));
        return TreatedMail.journal(rule, shared.spool().allocate(shard), id, body, about, now);
    }
}
