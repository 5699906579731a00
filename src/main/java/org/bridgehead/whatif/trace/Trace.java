package org.bridgehead.whatif.trace;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.bridgehead.core.hub.TrackingEvent;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.mail.TransportId;
import org.bridgehead.core.topology.Topology;
import org.bridgehead.whatif.Forecast;
import org.bridgehead.whatif.Forecast.Fate;
import org.bridgehead.whatif.Forecast.Outcome;

/**
 * What becomes of a message: every tracking event that the live servers would write, recipient by recipient how it ends
 * or stands, and who the door refused. Immutable.
 *
 * @param plan what was asked
 * @param end virtual time when it ended
 * @param topology at the end
 * @param down parts that were down at the end
 * @param messages identities of the messages that were handed in, in order
 * @param events of all of them and of reports about them, in the order of the log
 * @param forecasts one per message, in their order
 * @param refused recipients that the server refused at the door
 * @param scenario name of the scenario that was played instead of the plan, which then only says what happened when;
 *     empty = the plan was played
 */
public record Trace(
        TracePlan plan,
        Instant end,
        Topology topology,
        List<String> down,
        List<TransportId> messages,
        List<TrackingEvent> events,
        List<Forecast> forecasts,
        List<Refused> refused,
        Optional<String> scenario) {
    /**
     * A recipient that was refused at the door.
     *
     * @param recipient who
     * @param reply what the server said
     * @param kind how final it is
     */
    public record Refused(EmailAddress recipient, String reply, Kind kind) {
        /** How final it is. */
        public enum Kind {
            /** The server does not answer: the message stays with the sender. */
            NO_ANSWER,
            /** Not now (4yz): the sender tries again. */
            FOR_NOW,
            /** Never (5yz). */
            FOR_GOOD
        }
    }

    /**
     * A recipient of one of the messages.
     *
     * @param message number of the message, from 1
     * @param id its identity
     * @param fate what becomes of it
     */
    public record Recipient(int message, TransportId id, Fate fate) {
        /** Whether it arrived, inside or outside. */
        public boolean arrived() {
            return fate.outcome() == Outcome.DELIVERED || fate.outcome() == Outcome.RELAYED;
        }

        /** The server that has or had it last; empty when none did. */
        public Optional<String> server() {
            List<String> servers = fate.servers();
            return servers.isEmpty() ? Optional.empty() : Optional.of(servers.get(servers.size() - 1));
        }
    }

    /** Copies the lists. */
    public Trace {
        down = List.copyOf(down);
        messages = List.copyOf(messages);
        events = List.copyOf(events);
        forecasts = List.copyOf(forecasts);
        refused = List.copyOf(refused);
    }

    /** Plays what was planned. */
    public static Trace of(TracePlan plan) {
        return read(new Rehearsal(plan).play());
    }

    static Trace read(Rehearsal played) {
        var organization = played.organization();
        return new Trace(
                played.plan(),
                organization.now(),
                organization.topology(),
                played.faults().stated(),
                played.messages(),
                organization.log(),
                played.messages().stream()
                        .map(id -> Forecast.read(organization.topology(), organization.log(id)))
                        .toList(),
                played.refused(),
                Optional.empty());
    }

    /** All recipients: leaves, groups and aliases replaced by what they stand for. */
    public List<Recipient> recipients() {
        List<Recipient> all = new ArrayList<>();
        for (int i = 0; i < messages.size(); i++) {
            for (Fate fate : forecasts.get(i).recipients()) {
                all.add(new Recipient(i + 1, messages.get(i), fate));
            }
        }
        all.sort(Comparator.comparing(Recipient::message)
                .thenComparing(its -> its.fate().outcome()));
        return all;
    }

    /** Those that wait. */
    public List<Recipient> held() {
        return recipients().stream()
                .filter(its -> its.fate().outcome() == Outcome.HELD)
                .toList();
    }

    /** Whether everybody got everything. */
    public boolean isGood() {
        return refused.isEmpty() && recipients().stream().allMatch(Recipient::arrived);
    }

    /** Whether the event is about one of the messages, not about a report. */
    public boolean isOriginal(TrackingEvent event) {
        return messages.contains(event.transportId());
    }
}
