package org.bridgehead.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.bridgehead.core.directory.Logins;
import org.bridgehead.core.hub.TrackingEvent;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.mail.RecipientOutcome;
import org.bridgehead.core.mail.TransportId;
import org.bridgehead.core.routing.Item;
import org.bridgehead.core.scenario.Change;
import org.bridgehead.core.scenario.Fault;
import org.bridgehead.core.scenario.Letter;
import org.bridgehead.core.scenario.Operate;
import org.bridgehead.core.scenario.Stage;
import org.bridgehead.core.scenario.Step;
import org.bridgehead.core.topology.Names;

/** On the wire: a running organisation in virtual time, real sockets and stores. One thread. */
public final class LiveStage implements Stage {
    private final MailOrganization organization;
    private final Logins logins;
    private final TreeSet<TransportId> known = new TreeSet<>();

    /** Plays with {@code organization}, which runs in virtual time. */
    public LiveStage(MailOrganization organization) {
        this.organization = organization;
        this.logins = Logins.of(organization.organization().directory());
    }

    @Override
    public Optional<String> send(Letter letter) {
        SendResult result = organization.send(mail -> {
            letter.from().ifPresent(from -> mail.from(from.toString()));
            letter.to().forEach(to -> mail.to(to.toString()));
            mail.via(letter.via()).octets(letter.octets());
            if (letter.anonymous()) {
                mail.anonymous();
            }
        });
        boolean taken = result.outcomes().stream().anyMatch(RecipientOutcome.Delivered.class::isInstance);
        return taken ? Optional.empty() : Optional.of(words(result.outcomes().get(0)));
    }

    private static String words(RecipientOutcome outcome) {
        return outcome.match(
                delivered -> delivered.reply(),
                deferred -> deferred.reply(),
                bounced -> bounced.reply(),
                unknown -> unknown.reason());
    }

    @Override
    public void perform(Step step) {
        if (step instanceof Fault fault) {
            fail(fault);
        } else if (step instanceof Change change) {
            organization.change(change.topology());
        } else if (step instanceof Operate operate) {
            organization.operate(operate.server(), operate.operation());
        } else {
            throw new UnsupportedOperationException("this happens in simulations only: " + step);
        }
    }

    private void fail(Fault fault) {
        Item item = fault.item();
        switch (fault.action()) {
            case KILL -> organization.server(item.name()).kill();
            case START -> organization.server(item.name()).start();
            case CUT -> wire(item).cut();
            case MEND -> wire(item).mend();
            default -> throw new UnsupportedOperationException("this happens in simulations only: " + fault);
        }
    }

    private LinkHandle wire(Item item) {
        return item.kind().equals(Item.LINK) ? organization.link(item.name()) : organization.site(item.name());
    }

    @Override
    public void advance(Duration time) {
        organization.clock().advance(time);
    }

    @Override
    public List<TrackingEvent> events() {
        return organization.tracking().events();
    }

    /**
     * Clients don't learn the identity of what they hand in. But they hand in one by one, and a server logs what it takes
     * in the order of taking.
     */
    @Override
    public List<TransportId> identities(List<Letter> taken) {
        List<TrackingEvent> fresh = new ArrayList<>();
        for (TrackingEvent event : events()) {
            boolean fromClient = event.event() == TrackingEvent.Kind.RECEIVE && event.hop() == 1;
            if (fromClient && known.add(event.transportId())) {
                fresh.add(event);
            }
        }
        TreeMap<String, Iterator<TrackingEvent>> logs = Names.map();
        List<TransportId> ids = new ArrayList<>();
        for (Letter letter : taken) {
            // One log per door and sender: reports that a hub writes have the null sender.
            String log = letter.via() + " " + letter.from();
            Iterator<TrackingEvent> rest = logs.computeIfAbsent(
                    log,
                    key -> fresh.stream()
                            .filter(event -> Names.same(log, event.server() + " " + event.sender()))
                            .iterator());
            if (!rest.hasNext()) {
                throw new IllegalStateException(letter.via() + " did not log " + letter.label());
            }
            ids.add(rest.next().transportId());
        }
        return ids;
    }

    @Override
    public List<Arrival> arrivals(EmailAddress address) {
        String name = address.toString();
        MailboxHandle mailbox =
                logins.mailbox(name).isPresent() ? organization.mailbox(name) : organization.internet(name);
        return mailbox.messages().stream()
                .map(mail -> new Arrival(mail.transportId(), mail.servers(), Optional.of(mail.octets())))
                .toList();
    }
}
