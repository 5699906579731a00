package org.bridgehead.whatif;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.function.Supplier;
import org.bridgehead.core.routing.Islands;
import org.bridgehead.core.routing.Itinerary;
import org.bridgehead.core.routing.RoutingTable;
import org.bridgehead.core.routing.SitePath;
import org.bridgehead.core.topology.Names;
import org.bridgehead.core.topology.Role;
import org.bridgehead.core.topology.Site;
import org.bridgehead.whatif.Comparison.Changed;
import org.bridgehead.whatif.Comparison.Pair;
import org.jspecify.annotations.Nullable;

/** The pairs of sites before and after, one by one. Collects; one thread. */
final class PairComparison {
    private static final Comparator<Changed> BY_NAME =
            Comparator.comparing(Changed::from, Names.ORDER).thenComparing(Changed::to, Names.ORDER);
    private static final Comparator<Pair> PAIRS =
            Comparator.comparing(Pair::from, Names.ORDER).thenComparing(Pair::to, Names.ORDER);
    private static final String LIMIT = "limits.maxHops is ";

    private final RoutingTable was;
    private final RoutingTable is;
    private final DownParts down;
    private final EditReasons reasons;
    private final HeldMail heldMail;
    private @Nullable Islands islands;
    private final List<String> common;
    /** Sites with hubs of which none answers. */
    private final NavigableSet<String> dead;
    /** Sites whose mailboxes have lost their last hub by an edit (BEHAVIOUR 1.7.5). */
    private final NavigableSet<String> hubless = Names.set();

    private final List<Changed> changed = new ArrayList<>();
    private final List<Pair> unreachable = new ArrayList<>();
    private final StopComparison stops;
    private @Nullable Comparison pairs;

    /**
     * What of a failure concerns routes. Failures of one scope do the same to every pair of sites.
     *
     * @param links lost, in name order
     * @param sites lost, in name order
     * @param dead sites with hubs of which none answers, in name order
     */
    record Scope(List<String> links, List<String> sites, List<String> dead) {}

    static Scope scope(RoutingTable routes, DownParts down) {
        return new Scope(down.links(), down.sites(), List.copyOf(down.silentSites(routes)));
    }

    PairComparison(RoutingTable was, RoutingTable is, DownParts down) {
        this.was = was;
        this.is = is;
        this.down = down;
        this.reasons = new EditReasons(was.topology(), is.topology());
        this.heldMail = new HeldMail(is, down);
        this.stops = new StopComparison(was, is);
        this.common = is.topology().sites().values().stream()
                .map(Site::name)
                .filter(name -> was.topology().site(name).isPresent() && !down.siteDown(name))
                .toList();
        this.dead = down.silentSites(is);
        for (String site : was == is ? List.<String>of() : is.topology().sites().keySet()) {
            if (is.hubsOf(site).isEmpty()
                    && !was.hubsOf(site).isEmpty()
                    && !is.topology().serversOf(site, Role.MAILBOX).isEmpty()) {
                hubless.add(site);
            }
        }
    }

    /** What becomes of mail on a way, as far as it need not be walked. */
    HeldMail heldMail() {
        return heldMail;
    }

    /** Whether any failed part can concern a path. */
    boolean mayDiffer() {
        return !dead.isEmpty() || !down.avoidable().isEmpty();
    }

    void compareAll() {
        for (String from : common) {
            for (String to : common) {
                if (!Names.same(from, to)) {
                    compare(from, to);
                }
            }
        }
    }

    /** Compares one pair of sites that exist in both, neither of them down. */
    void compare(String from, String to) {
        Optional<SitePath> before = was.path(from, to);
        Optional<SitePath> plain = was == is ? before : is.path(from, to);
        Optional<String> lost = lost(from, to);
        if (lost.isPresent() && before.isPresent()) {
            unreachable(from, to, before.get(), lost.get());
        } else if (plain.isEmpty()) {
            before.ifPresent(path -> cut(from, to, path));
        } else if (untouched(plain.get())) {
            arrives(before, plain.get(), Optional.empty(), () -> StopComparison.planned(is, plain.get()));
        } else {
            fails(before, plain.get());
        }
    }

    private void fails(Optional<SitePath> before, SitePath plain) {
        Optional<HeldMail.Fate> known = heldMail.on(plain);
        if (known.isPresent()) {
            HeldMail.Fate fate = known.get();
            fate.held()
                    .ifPresentOrElse(
                            held -> before.ifPresent(path -> held(path, held)),
                            () -> arrives(before, plain, Optional.empty(), fate::stops));
            return;
        }
        Optional<SitePath> round = down.now()
                .learned(is, plain.source(), plain.destination())
                .path(plain.source(), plain.destination())
                .filter(this::untouched);
        if (round.isPresent()) {
            SitePath path = round.get();
            arrives(before, path, down.now().obstacle(plain), () -> StopComparison.planned(is, path));
        } else {
            walk(before, plain);
        }
    }

    private void walk(Optional<SitePath> before, SitePath plain) {
        Itinerary now = Itinerary.of(is, down.now(), plain.source(), plain.destination())
                .orElseThrow();
        if (now.arrives()) {
            arrives(before, now.path(), down.now().obstacle(plain), () -> StopComparison.handled(now));
        } else {
            before.ifPresent(path -> held(
                    path,
                    new HeldMail.Held(now.heldAt().orElseThrow(), now.reason().orElseThrow())));
        }
    }

    private Optional<String> lost(String from, String to) {
        return hubless.contains(from) ? Optional.of(from) : hubless.contains(to) ? Optional.of(to) : Optional.empty();
    }

    private void unreachable(String from, String to, SitePath before, String site) {
        String cause = site + " has mailboxes and no hub transport server";
        String why = cause + ", so mail for and from it cannot be routed";
        changed.add(new Changed(from, to, before.sites(), Optional.empty(), Optional.of(from), cause, why));
        unreachable.add(new Pair(from, to));
    }

    /** No links join them after the edit. */
    private void cut(String from, String to, SitePath before) {
        EditReasons.Reason reason = reasons.gone(before);
        changed.add(new Changed(
                from, to, before.sites(), Optional.empty(), Optional.of(from), reason.cause(), reason.why()));
        unreachable.add(new Pair(from, to));
    }

    private boolean untouched(SitePath path) {
        return down.none()
                || !down.crossedBy(path)
                        && (dead.isEmpty() || path.sites().stream().noneMatch(dead::contains));
    }

    private void arrives(
            Optional<SitePath> before, SitePath after, Optional<String> wentRound, Supplier<List<String>> now) {
        if (before.isEmpty()) {
            changed.add(moved(List.of(), after, reasons.joined(after)));
        } else if (limitMatters(before.get(), after) && returned(before.get(), after, now.get())) {
            return;
        } else if (!sameSites(before.get(), after)) {
            EditReasons.Reason reason = wentRound
                    .map(item -> detour(item, before.get(), after))
                    .orElseGet(() -> reasons.moved(before.get(), after));
            changed.add(moved(before.get().sites(), after, reason));
        } else if (was != is || !down.none()) {
            stops.compare(before.get(), now.get());
        }
    }

    private boolean limitMatters(SitePath before, SitePath after) {
        return before.hops() >= was.topology().settings().limits().maxHops()
                || after.hops() >= is.topology().settings().limits().maxHops();
    }

    /** Whether mail comes back for want of Received lines (5.4.6), or no longer does; then the pair is noted. */
    private boolean returned(SitePath before, SitePath after, List<String> now) {
        Optional<String> then = StopComparison.tooFar(was, before, StopComparison.planned(was, before));
        Optional<String> next = StopComparison.tooFar(is, after, now);
        if (then.isEmpty() == next.isEmpty()) {
            return false;
        }
        String cause = LIMIT + is.topology().settings().limits().maxHops();
        changed.add(next.map(why -> new Changed(
                        after.source(),
                        after.destination(),
                        before.sites(),
                        Optional.empty(),
                        Optional.empty(),
                        cause,
                        why))
                .orElseGet(() -> moved(
                        List.of(),
                        after,
                        new EditReasons.Reason(cause, "it came back for its many stops before, now it arrives"))));
        return true;
    }

    private static Changed moved(List<String> before, SitePath after, EditReasons.Reason reason) {
        return new Changed(
                after.source(),
                after.destination(),
                before,
                Optional.of(after.sites()),
                Optional.empty(),
                reason.cause(),
                reason.why());
    }

    private static EditReasons.Reason detour(String item, SitePath before, SitePath after) {
        return new EditReasons.Reason(
                item + " is down",
                item + " is down, so mail goes round it: " + EditReasons.figures(after) + " instead of "
                        + EditReasons.figures(before));
    }

    private static boolean sameSites(SitePath one, SitePath other) {
        if (one.hops() != other.hops()) {
            return false;
        }
        for (int at = 0; at <= one.hops(); at++) {
            if (!Names.same(one.sites().get(at), other.sites().get(at))) {
                return false;
            }
        }
        return true;
    }

    private void held(SitePath before, HeldMail.Held held) {
        String from = before.source();
        String to = before.destination();
        boolean cut = !left().joined(from, to);
        boolean silent = dead.contains(from) || dead.contains(to);
        String why =
                held.reason() + "; mail waits at " + held.place() + (cut && !silent ? ", and no other way exists" : "");
        changed.add(
                new Changed(from, to, before.sites(), Optional.empty(), Optional.of(held.place()), held.reason(), why));
        if (cut || silent) {
            unreachable.add(new Pair(from, to));
        }
    }

    /** What hangs together while the failed parts are out. */
    private Islands left() {
        Islands known = islands;
        if (known == null) {
            known = Islands.of(is.topology(), down.avoidable());
            islands = known;
        }
        return known;
    }

    /** The comparison, once all pairs have been compared; its lists of pairs are the same objects each time. */
    Comparison with(List<ConnectorChange> connectors, List<ClusterState> clusters) {
        Comparison known = pairs;
        if (known == null) {
            known = ofPairs();
            pairs = known;
        }
        return new Comparison(
                known.pairs(),
                known.changed(),
                known.unreachable(),
                known.passedOver(),
                known.newStops(),
                known.mustStop(),
                known.mayPass(),
                connectors,
                clusters,
                known.sitesGone(),
                known.sitesNew());
    }

    private Comparison ofPairs() {
        changed.sort(BY_NAME);
        unreachable.sort(PAIRS);
        return new Comparison(
                common.size() * (common.size() - 1L),
                changed,
                unreachable,
                stops.passedOver(),
                stops.newStops(),
                stops.mustStop(),
                stops.mayPass(),
                List.of(),
                List.of(),
                only(was, is),
                only(is, was));
    }

    private static List<String> only(RoutingTable here, RoutingTable there) {
        return here.topology().sites().values().stream()
                .map(Site::name)
                .filter(name -> there.topology().site(name).isEmpty())
                .toList();
    }
}
