package org.bridgehead.whatif.trace;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bridgehead.core.hub.SpoolRecord;
import org.bridgehead.core.hub.TrackingEvent;
import org.bridgehead.core.hub.TrackingEvent.Kind;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.mail.TransportId;
import org.bridgehead.core.routing.Item;
import org.bridgehead.core.topology.Names;
import org.bridgehead.core.topology.Role;
import org.bridgehead.core.topology.Server;
import org.bridgehead.whatif.Forecast.Outcome;
import org.bridgehead.whatif.VirtualOrganization;

/**
 * What changes when a server dies at a certain point: the plan is played again, step by step, and the server killed
 * there; then once more looked at after it has come back. One thread; asked once.
 */
final class Mourning {
    private final Trace before;
    private final Death death;
    private final Rehearsal again;
    private boolean died;

    Mourning(Trace before, Death death) {
        this.before = before;
        this.death = death;
        this.again = new Rehearsal(before.plan());
    }

    List<String> sentences() {
        Optional<TrackingEvent> moment = moment();
        if (moment.isEmpty()) {
            return List.of(death.server() + " never "
                    + death.event().map(kind -> "writes " + kind + " about it").orElse("has it")
                    + death.hop().stream()
                            .mapToObj(hop -> " as hop " + hop)
                            .findFirst()
                            .orElse("")
                    + ": nothing changes when it dies.");
        }
        String item = Item.SERVER + ":" + death.server();
        again.watching(() -> isThere(moment.get()), () -> {
            died = true;
            again.faults().down(item);
        });
        Trace without = Trace.read(again.play());
        if (!died) {
            return List.of(death.server() + " was already down: nothing changes.");
        }
        again.faults().up(item);
        again.advanceBy(patience());
        Trace after = Trace.read(again);
        String head = "If " + death.server() + " dies " + point(moment.get()) + ": ";
        return List.of(head + String.join("; ", changes(without, after)) + ".");
    }

    /** Long enough for mail to creep on: the retries of every server on the longest way. */
    private Duration patience() {
        Duration once = Release.longest(before.topology().settings());
        int hops = before.events().stream().mapToInt(TrackingEvent::hop).max().orElse(1);
        return once.multipliedBy(hops);
    }

    private Optional<TrackingEvent> moment() {
        return before.events().stream()
                .filter(event -> before.isOriginal(event)
                        && Names.same(event.server(), death.server())
                        && death.hop().stream().allMatch(hop -> hop == event.hop())
                        && death.event().map(kind -> kind == event.event()).orElse(true))
                .findFirst();
    }

    private static String point(TrackingEvent moment) {
        String hop = " (hop " + moment.hop() + ")";
        return switch (moment.event()) {
            case RECEIVE -> "when it has just taken the message" + hop;
            case SEND, DELIVER ->
                "when " + moment.nextHop().orElse("the next") + " has taken the message and it has not noted that"
                        + hop;
            default -> "right after " + moment.event() + hop;
        };
    }

    private boolean isThere(TrackingEvent moment) {
        VirtualOrganization now = again.organization();
        TransportId id = moment.transportId();
        if (moment.event() != Kind.SEND && moment.event() != Kind.DELIVER) {
            return now.log(id).stream()
                    .anyMatch(event -> event.event() == moment.event()
                            && event.hop() == moment.hop()
                            && Names.same(event.server(), moment.server()));
        }
        EmailAddress one = moment.recipients().get(0);
        Optional<Server> peer = moment.nextHop().flatMap(now.topology()::server).filter(Mourning::spools);
        return peer.isPresent()
                ? now.disk(peer.get().name()).stream().anyMatch(entry -> isCopy(entry, moment))
                : now.mailbox(one).stream().anyMatch(delivery -> delivery.id().equals(id));
    }

    private static boolean spools(Server server) {
        return server.is(Role.HUB_TRANSPORT) || server.is(Role.EDGE_TRANSPORT);
    }

    private static boolean isCopy(SpoolRecord entry, TrackingEvent sent) {
        return entry instanceof SpoolRecord.Accepted accepted
                && accepted.facts().state().id().equals(sent.transportId())
                && accepted.facts().state().trace().size() == sent.hop();
    }

    private List<String> changes(Trace without, Trace after) {
        Map<String, List<EmailAddress>> byChange = new LinkedHashMap<>();
        for (Trace.Recipient its : before.recipients()) {
            byChange.computeIfAbsent(change(its, find(without, its), find(after, its)), text -> new ArrayList<>())
                    .add(its.fate().recipient());
        }
        List<String> texts = new ArrayList<>();
        byChange.forEach((change, whose) -> texts.add(Words.people(whose) + ": " + change));
        if (again.organization().duplicatesDropped() > 0) {
            texts.add("second copies are sent and dropped by the mailbox server's duplicate filter: "
                    + again.organization().duplicatesDropped());
        }
        return texts;
    }

    private String change(Trace.Recipient old, Optional<Trace.Recipient> without, Optional<Trace.Recipient> after) {
        String twice = arrivals(old) > 1 ? ", and twice" : "";
        if (without.filter(Trace.Recipient::arrived).isPresent()) {
            List<String> way = without.get().fate().servers();
            return (way.equals(old.fate().servers()) ? "no change" : "arrives by " + String.join(" > ", way)) + twice;
        }
        String then = after.filter(Trace.Recipient::arrived)
                .map(its -> ", then arrives by " + String.join(" > ", its.fate().servers()))
                .orElse(
                        after.filter(its -> its.fate().outcome() == Outcome.FAILED)
                                        .isPresent()
                                ? ", then fails"
                                : ", and waits on after it has come back");
        return without.filter(its -> its.fate().outcome() == Outcome.FAILED)
                .map(its -> "fails: " + its.fate().reason())
                .orElseGet(() -> (isOnDisk(without)
                                ? "held on its disk until it comes back"
                                : "held at "
                                        + without.flatMap(Trace.Recipient::server)
                                                .orElse("the sender"))
                        + then
                        + twice);
    }

    private boolean isOnDisk(Optional<Trace.Recipient> recipient) {
        return recipient
                .flatMap(Trace.Recipient::server)
                .map(server -> Names.same(server, death.server()))
                .orElse(true);
    }

    private long arrivals(Trace.Recipient its) {
        return again.organization().mailbox(its.fate().recipient()).stream()
                .filter(delivery -> delivery.id().equals(its.id()))
                .count();
    }

    private static Optional<Trace.Recipient> find(Trace trace, Trace.Recipient one) {
        return trace.recipients().stream()
                .filter(its -> its.id().equals(one.id())
                        && its.fate().recipient().equals(one.fate().recipient()))
                .findFirst();
    }
}
