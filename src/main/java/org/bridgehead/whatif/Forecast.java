package org.bridgehead.whatif;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.bridgehead.core.hub.TrackingEvent;
import org.bridgehead.core.hub.TrackingEvent.Kind;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.mail.Envelope;
import org.bridgehead.core.mail.TransportId;
import org.bridgehead.core.topology.Names;
import org.bridgehead.core.topology.Server;
import org.bridgehead.core.topology.Topology;

/**
 * What becomes of one message, recipient by recipient, read from its tracking events alone: those of a simulation, or
 * those of the live engine, so that the two can be held against each other.
 *
 * @param events of the message, in the order of the log
 * @param recipients by address: leaves only, groups and aliases replaced by what they stand for
 */
public record Forecast(List<TrackingEvent> events, List<Fate> recipients) {
    /** How it ends, or stands. */
    public enum Outcome {
        /** In a mailbox of the organisation. */
        DELIVERED,
        /** With a host or connector outside. */
        RELAYED,
        /** Waiting at the last of the servers. */
        HELD,
        /** Given up; the sender hears of it. */
        FAILED
    }

    /**
     * One recipient.
     *
     * @param recipient final address
     * @param outcome how it stands
     * @param servers that handled the message on the way, first one first
     * @param sites entered on the way; an edge stands in none
     * @param next where it went in the end, or waits to go: mailbox server, host outside, or queue; empty when it failed
     *     before that
     * @param reason status and words of the last trouble; empty = none
     */
    public record Fate(
            EmailAddress recipient,
            Outcome outcome,
            List<String> servers,
            List<String> sites,
            Optional<String> next,
            String reason) {
        /** Copies the lists. */
        public Fate {
            servers = List.copyOf(servers);
            sites = List.copyOf(sites);
        }
    }

    /** Copies the lists. */
    public Forecast {
        events = List.copyOf(events);
        recipients = List.copyOf(recipients);
    }

    /**
     * Sends a message through an organisation as it stands now, until nothing more happens without time passing. State
     * such as turns goes on: for several messages, ask one after the other with the same organisation.
     *
     * @param authenticated whether a user of the organisation sends it
     */
    public static Forecast of(
            VirtualOrganization organization, String server, Envelope envelope, long size, boolean authenticated) {
        TransportId id = organization.submit(server, envelope, size, authenticated);
        organization.runUntilIdle();
        return read(organization.topology(), organization.log(id));
    }

    /**
     * Reads the events of one message.
     *
     * @param topology tells servers from hosts outside, and their sites
     * @param events of that message only
     */
    public static Forecast read(Topology topology, List<TrackingEvent> events) {
        TreeMap<EmailAddress, TrackingEvent> last = new TreeMap<>();
        for (TrackingEvent event : events) {
            if (rank(event) > 0) {
                event.recipients()
                        .forEach(recipient ->
                                last.merge(recipient, event, (old, other) -> rank(other) >= rank(old) ? other : old));
            }
        }
        Journey journey = new Journey(events);
        List<Fate> fates = new ArrayList<>();
        last.forEach((recipient, event) -> {
            if (!isReplaced(events, event, recipient)) {
                fates.add(fate(topology, journey, recipient, event));
            }
        });
        return new Forecast(events, fates);
    }

    /** The further on the way and the more final, the higher; 0 = says nothing of a recipient's fate. */
    private static int rank(TrackingEvent event) {
        int kind = switch (event.event()) {
            case RECEIVE -> 1;
            case DEFER -> 2;
            case SEND -> 3;
            case FAIL -> 4;
            case DELIVER -> 5;
            default -> 0;
        };
        return kind == 0 ? 0 : event.hop() * 10 + kind;
    }

    /** Groups, aliases and forwarded addresses end where others take their place. */
    private static boolean isReplaced(List<TrackingEvent> events, TrackingEvent last, EmailAddress recipient) {
        return last.event() == Kind.RECEIVE
                && events.stream()
                        .anyMatch(event -> (event.event() == Kind.EXPAND
                                        || event.event() == Kind.RESOLVE
                                        || event.event() == Kind.REDIRECT
                                        || event.event() == Kind.DUPLICATEEXPAND
                                        || event.event() == Kind.DUPLICATEREDIRECT)
                                && Names.same(event.server(), last.server())
                                && event.recipients().contains(recipient));
    }

    private static Fate fate(Topology topology, Journey journey, EmailAddress recipient, TrackingEvent last) {
        List<String> servers = journey.to(recipient);
        boolean inside = last.nextHop().flatMap(topology::server).isPresent();
        Outcome outcome = switch (last.event()) {
            case DELIVER -> Outcome.DELIVERED;
            case FAIL -> Outcome.FAILED;
            case SEND -> inside ? Outcome.HELD : Outcome.RELAYED;
            default -> Outcome.HELD;
        };
        boolean trouble = last.event() == Kind.DEFER || last.event() == Kind.FAIL;
        return new Fate(
                recipient,
                outcome,
                servers,
                sites(topology, servers),
                last.nextHop(),
                trouble ? (last.status() + " " + last.reason()).strip() : "");
    }

    private static List<String> sites(Topology topology, List<String> servers) {
        List<String> sites = new ArrayList<>();
        for (String server : servers) {
            Optional<String> site = topology.server(server).flatMap(Server::site);
            boolean same = !sites.isEmpty()
                    && site.filter(its -> Names.same(its, sites.get(sites.size() - 1)))
                            .isPresent();
            if (!same) {
                site.ifPresent(sites::add);
            }
        }
        return sites;
    }

    /** What is to become of an address; empty when the message has nothing to do with it. */
    public Optional<Fate> of(EmailAddress recipient) {
        return recipients.stream()
                .filter(fate -> fate.recipient().equals(recipient))
                .findFirst();
    }

    /** Transfers from server to server inside the organisation: each crosses the net once, however many recipients. */
    public int transfers(Topology topology) {
        return (int) events.stream()
                .filter(event -> event.event() == Kind.SEND)
                .filter(event -> event.nextHop().flatMap(topology::server).isPresent())
                .count();
    }
}
