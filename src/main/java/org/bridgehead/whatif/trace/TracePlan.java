package org.bridgehead.whatif.trace;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.bridgehead.core.directory.Directory;
import org.bridgehead.core.topology.Topology;

/**
 * What is to be traced, in which organisation, while what happens. Immutable; whether the directory may be shared is its
 * own affair.
 *
 * @param topology at the start
 * @param directory recipients, for the whole time
 * @param outside domains outside that mail may leave for: a connector that is down reaches none of their exchangers
 * @param start virtual time at which the first message is handed in
 * @param mail the message
 * @param count how many of it are handed in, at least one
 * @param every time between two of them
 * @param incidents in any order
 * @param length virtual time that passes; what is due without time passing is always done
 */
public record TracePlan(
        Topology topology,
        Directory directory,
        List<String> outside,
        Instant start,
        TracedMail mail,
        int count,
        Duration every,
        List<Incident> incidents,
        Duration length) {
    /** Sorts the incidents by time, and checks the numbers. */
    public TracePlan {
        outside = List.copyOf(outside);
        incidents =
                incidents.stream().sorted(Comparator.comparing(Incident::at)).toList();
        boolean past = incidents.stream().anyMatch(incident -> incident.at().isNegative());
        if (count < 1 || every.isNegative() || length.isNegative() || past) {
            throw new IllegalArgumentException("time only passes, and there is a message");
        }
    }

    /** One message, nothing happens, no time passes. */
    public static TracePlan of(
            Topology topology, Directory directory, List<String> outside, Instant start, TracedMail mail) {
        return new TracePlan(topology, directory, outside, start, mail, 1, Duration.ZERO, List.of(), Duration.ZERO);
    }

    /** With these incidents instead. */
    public TracePlan with(List<Incident> others) {
        return new TracePlan(topology, directory, outside, start, mail, count, every, others, length);
    }

    /** With one more incident. */
    public TracePlan and(Incident incident) {
        List<Incident> all = new ArrayList<>(incidents);
        all.add(incident);
        return with(all);
    }

    /** The same for so long. */
    public TracePlan lasting(Duration time) {
        return new TracePlan(topology, directory, outside, start, mail, count, every, incidents, time);
    }

    /** With so many messages, one after the other. */
    public TracePlan times(int messages, Duration between) {
        return new TracePlan(topology, directory, outside, start, mail, messages, between, incidents, length);
    }

    /** When all has happened and been handed in, and the time is over: as time from the start. */
    Duration end() {
        Duration last = every.multipliedBy(count - 1L);
        for (Incident incident : incidents) {
            last = incident.at().compareTo(last) > 0 ? incident.at() : last;
        }
        return length.compareTo(last) > 0 ? length : last;
    }
}
