package org.bridgehead.whatif.trace;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.bridgehead.core.hub.SpoolRecord;
import org.bridgehead.core.hub.TrackingEvent;
import org.bridgehead.core.hub.TrackingEvent.Kind;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.mail.TransportId;
import org.bridgehead.core.routing.Item;
import org.bridgehead.core.topology.Names;
import org.bridgehead.core.topology.Role;
import org.bridgehead.core.topology.Server;
import org.bridgehead.whatif.Delivery;
import org.bridgehead.whatif.Forecast.Fate;
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
    /** By recipient: the servers of what arrived while the server was dead. */
    private final Map<String, List<String>> meanwhile = new TreeMap<>();

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
        before.recipients()
                .forEach(its ->
                        deliveries(its).findFirst().ifPresent(first -> meanwhile.put(key(its), first.servers())));
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
        List<String> copies = secondCopies(after);
        if (!copies.isEmpty()) {
            texts.add("a second copy comes to " + String.join(", ", copies));
        }
        List<String> known = after.events().stream()
                .filter(event -> event.event() == Kind.DUPLICATERECEIVE)
                .map(TrackingEvent::server)
                .distinct()
                .toList();
        if (!known.isEmpty()) {
            texts.add(String.join(", ", known) + " is handed it once more, knows it, and makes no second copy");
        }
        if (again.organization().duplicatesDropped() > 0) {
            texts.add("the duplicate filter of mailbox servers drops "
                    + Words.count(again.organization().duplicatesDropped(), "second copy", "second copies"));
        }
        return texts;
    }

    /** Servers that get the message more often than without the death: it was sent again, as it had not been noted. */
    private List<String> secondCopies(Trace after) {
        Map<String, Integer> more = Names.map();
        Visit.of(after.events()).stream()
                .filter(visit -> after.messages().contains(visit.message()))
                .forEach(visit -> more.merge(visit.server(), 1, Integer::sum));
        Visit.of(before.events()).stream()
                .filter(visit -> before.messages().contains(visit.message()))
                .forEach(visit -> more.merge(visit.server(), -1, Integer::sum));
        return more.entrySet().stream()
                .filter(server -> server.getValue() > 0 && hadIt(server.getKey()))
                .map(Map.Entry::getKey)
                .toList();
    }

    private boolean hadIt(String server) {
        return before.events().stream().anyMatch(event -> Names.same(event.server(), server));
    }

    private String change(Trace.Recipient old, Optional<Trace.Recipient> without, Optional<Trace.Recipient> after) {
        String twice = arrivals(old) > 1 ? ", and twice" : "";
        if (without.filter(Trace.Recipient::arrived).isPresent()) {
            List<String> way = meanwhile.getOrDefault(key(old), old.fate().servers());
            return (way.equals(old.fate().servers()) ? "no change" : "arrives by " + String.join(" > ", way)) + twice;
        }
        Optional<String> failed = without.map(Trace.Recipient::fate)
                .filter(fate -> fate.outcome() == Outcome.FAILED)
                .map(Fate::reason);
        if (failed.isPresent()) {
            return old.fate().outcome() == Outcome.FAILED ? "no change" : "fails: " + failed.get();
        }
        String place = without.flatMap(Trace.Recipient::server).orElse("");
        boolean asBefore = old.fate().outcome() == Outcome.HELD && old.server().equals(Optional.of(place));
        return asBefore && !Names.same(place, death.server())
                ? "no change"
                : (Names.same(place, death.server()) || place.isEmpty()
                                ? "held on its disk until it comes back"
                                : "held at " + place)
                        + then(after)
                        + twice;
    }

    private String then(Optional<Trace.Recipient> after) {
        if (after.filter(Trace.Recipient::arrived).isPresent()) {
            return ", then arrives by " + String.join(" > ", after.get().fate().servers());
        }
        return after.filter(its -> its.fate().outcome() == Outcome.FAILED).isPresent()
                ? ", then fails"
                : ", then waits at " + after.flatMap(Trace.Recipient::server).orElse(death.server())
                        + " as without that";
    }

    private static String key(Trace.Recipient its) {
        return its.id() + " " + its.fate().recipient().key();
    }

    private Stream<Delivery> deliveries(Trace.Recipient its) {
        return again.organization().mailbox(its.fate().recipient()).stream()
                .filter(delivery -> delivery.id().equals(its.id()));
    }

    private long arrivals(Trace.Recipient its) {
        return deliveries(its).count();
    }

    private static Optional<Trace.Recipient> find(Trace trace, Trace.Recipient one) {
        return trace.recipients().stream()
                .filter(its -> its.id().equals(one.id())
                        && its.fate().recipient().equals(one.fate().recipient()))
                .findFirst();
    }
}
