package org.bridgehead.engine;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bridgehead.core.dumpster.RedeliveryWindow;
import org.bridgehead.core.hub.DumpsterView;
import org.bridgehead.core.hub.Hub;
import org.bridgehead.core.hub.MessageFilter;
import org.bridgehead.core.hub.StorageGroupId;
import org.bridgehead.core.mail.TransportId;
import org.bridgehead.core.mailbox.DuplicateFilter;
import org.bridgehead.core.topology.DumpsterSettings;
import org.bridgehead.core.topology.Server;
import org.bridgehead.core.topology.Settings;
import org.bridgehead.core.topology.Topology;
import org.bridgehead.io.spool.Shard;

/**
 * The dumpsters of the hubs that run here: what they hold, how much they may, and what they are to deliver again. Safe for
 * any thread.
 */
public final class DumpsterControl {
    /** Waiting messages that a preview looks at, per hub. */
    private static final int MOST_WAITING = 100_000;

    private final Plant plant;
    private final Control control;

    DumpsterControl(Plant plant, Control control) {
        this.plant = plant;
        this.control = control;
    }

    /** All dumpsters of the hubs that run, or of one; by hub, then by storage group. */
    public List<DumpsterContents> contents(Optional<String> hub) {
        List<DumpsterContents> all = new ArrayList<>();
        control.askAll(hub, Hub::dumpsters)
                .forEach((name, views) -> views.forEach(view -> all.add(new DumpsterContents(name, view))));
        return all;
    }

    /**
     * What stands in dumpsters, by hub and storage group, then oldest first.
     *
     * @param limit items at most
     * @throws IOException when a spool cannot be read
     */
    public List<HeldMail> items(Optional<String> hub, int limit) throws IOException {
        List<HeldMail> all = new ArrayList<>();
        for (DumpsterContents contents : contents(hub)) {
            DumpsterView view = contents.view();
            plant.spool().held(new Shard(contents.hub()), view.storageGroup(), item -> {
                if (all.size() < limit) {
                    all.add(new HeldMail(contents.hub(), item));
                }
            });
        }
        return all;
    }

    /** The limits in use. */
    public DumpsterSettings limits() {
        return plant.topology().settings().dumpster();
    }

    /**
     * Uses other limits from now on, until the topology is read again.
     *
     * @param size octets per hub and storage group; 0 = off
     * @param time age; 0 = off
     * @return what of it only shows after a restart
     */
    public List<String> limit(long size, Duration time) {
        Topology topology = plant.topology();
        Duration remembered = DuplicateFilter.retentionFor(
                plant.config().organization().topology().settings().dumpster().maxTime());
        Reloading.change(plant, topology.withSettings(with(topology.settings(), limits().withLimits(size, time))));
        return DuplicateFilter.retentionFor(time).compareTo(remembered) > 0
                ? List.of("mailboxes remember deliveries for " + remembered.toDays()
                        + " days only: what is redelivered after that may come twice")
                : List.of();
    }

    private static Settings with(Settings all, DumpsterSettings dumpster) {
        return new Settings(
                all.name(),
                all.acceptedDomains(),
                all.routing(),
                all.limits(),
                all.retry(),
                all.edgeRetry(),
                all.connections(),
                dumpster,
                all.secretFile(),
                all.certificate(),
                all.serverTls(),
                all.rules(),
                all.journal());
    }

    /** Whom a mailbox server asks: the hubs of its site, wherever they run. */
    public List<String> hubs(String server) {
        return plant.topology()
                .server(server)
                .flatMap(Server::site)
                .map(site -> List.copyOf(plant.network().routes().hubsOf(site)))
                .orElse(List.of());
    }

    /**
     * What a redelivery would do; nothing is sent.
     *
     * @param group of an embedded mailbox server that runs here, as the topology writes it
     * @throws IOException when a spool or the tracking log cannot be read
     */
    public RedeliveryPreview preview(StorageGroupId group, RedeliveryWindow window) throws IOException {
        return new RedeliverySurvey(plant, group, window).preview(hubs(group.server()), waiting());
    }

    private Set<TransportId> waiting() {
        Set<TransportId> waiting = new LinkedHashSet<>();
        control.messages(Optional.empty(), MessageFilter.all(MOST_WAITING))
                .forEach(view -> view.accepted()
                        .ifPresent(its -> waiting.add(its.facts().state().id())));
        return waiting;
    }

    /**
     * Asks every hub of the site for what it delivered to a storage group within a window; one that does not answer is
     * asked again for up to 7 days.
     *
     * @throws IOException when the requests cannot be kept; nobody is asked then
     */
    public List<RedeliveryRequest> redeliver(StorageGroupId group, RedeliveryWindow window) throws IOException {
        return plant.redeliveries().ask(group, window, hubs(group.server()));
    }

    /** All requests that are remembered, oldest first. */
    public List<RedeliveryRequest> requests() {
        return plant.redeliveries().all();
    }
}
