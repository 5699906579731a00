package org.bridgehead.cli.demo;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.bridgehead.core.hub.Admission.Refusal;
import org.bridgehead.core.hub.TrackingEvent;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.mail.TransportId;
import org.bridgehead.core.scenario.Fault;
import org.bridgehead.whatif.VirtualOrganization;

/** Imagined: the same hubs, nothing around them. */
final class ImaginedStage implements Stage {
    /** Effects performed between two letters: less than one letter needs, so that a stream has letters under way. */
    private static final int PACE = 40;

    private final VirtualOrganization organization;
    private final Map<Integer, TransportId> ids = new TreeMap<>();

    ImaginedStage(VirtualOrganization organization) {
        this.organization = organization;
    }

    @Override
    public Optional<String> send(Letter letter) {
        Optional<String> defect = letter.defect();
        if (defect.isPresent()) {
            return defect;
        }
        TransportId id =
                organization.submit(letter.via(), letter.envelope(), letter.octets().length, !letter.anonymous());
        ids.put(letter.number(), id);
        for (int i = 0; i < PACE && organization.step(); i++) {
            // step() does the work
        }
        List<Optional<Refusal>> replies = organization.replies(id);
        return replies.stream().anyMatch(Optional::isEmpty)
                ? Optional.empty()
                : replies.stream()
                        .flatMap(Optional::stream)
                        .findFirst()
                        .map(refusal -> refusal.code() + " " + refusal.status() + " " + refusal.text());
    }

    @Override
    public void perform(Fault fault) {
        switch (fault.action()) {
            case KILL, CUT -> organization.down(fault.item().toString());
            case START, MEND -> organization.up(fault.item().toString());
        }
    }

    @Override
    public void advance(Duration time) {
        organization.advance(time);
    }

    @Override
    public List<TrackingEvent> events() {
        return organization.log();
    }

    @Override
    public List<TransportId> identities(List<Letter> taken) {
        return taken.stream()
                .map(letter -> Optional.ofNullable(ids.get(letter.number())).orElseThrow())
                .toList();
    }

    @Override
    public List<Arrival> arrivals(EmailAddress address) {
        return organization.mailbox(address).stream()
                .map(delivery -> new Arrival(delivery.id(), delivery.servers(), Optional.empty()))
                .toList();
    }
}
