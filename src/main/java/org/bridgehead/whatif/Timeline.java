package org.bridgehead.whatif;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.bridgehead.core.hub.Hub;
import org.bridgehead.core.hub.HubEffect;
import org.bridgehead.core.scenario.Schedule;

/** Virtual time: what the servers want done, in its order, and the calls of their hubs. One thread. */
final class Timeline {
    /** Things done at one instant before it is called an endless loop. */
    private static final int ENDLESS = 50_000_000;

    /** Performs effects. */
    interface Performing {
        void perform(VirtualServer server, HubEffect effect);
    }

    /** One input of a hub: the hub and the time by its clock. */
    interface Input extends BiFunction<Hub, Instant, List<HubEffect>> {}

    private final Schedule<Runnable> schedule = new Schedule<>();
    private final Observer observer;
    private final Function<String, VirtualServer> servers;
    private final boolean stepwise;
    private Performing performing = (server, effect) -> {};
    /** Whether effects of a call are being performed at once: no hub is called before the last of them. */
    private boolean inCall;

    private Instant now;

    /**
     * Time begins.
     *
     * @param stepwise whether every effect is a step of its own, as on the wire in lockstep; otherwise all that a hub wants
     *     is begun at once, which makes no difference where nothing can happen in between
     */
    Timeline(Instant start, boolean stepwise, Observer observer, Function<String, VirtualServer> servers) {
        this.now = start;
        this.stepwise = stepwise;
        this.observer = observer;
        this.servers = servers;
    }

    void performBy(Performing performer) {
        performing = performer;
    }

    Instant now() {
        return now;
    }

    /** The time by the clock of a server. */
    Instant clock(VirtualServer server) {
        return server.ahead().isZero() ? now : now.plus(server.ahead());
    }

    /** Calls a hub; what it wants done is due now. While what another call wants is being begun, it is called after that. */
    void call(VirtualServer server, Input input) {
        if (inCall) {
            schedule.add(now, server.name(), () -> call(server, input));
            return;
        }
        List<HubEffect> effects = input.apply(server.hub(), clock(server));
        if (stepwise) {
            for (HubEffect effect : effects) {
                server.asked(effect);
                schedule.add(now, server.name(), () -> perform(server, effect));
            }
        } else {
            begin(server, effects);
        }
    }

    private void begin(VirtualServer server, List<HubEffect> effects) {
        inCall = true;
        try {
            for (HubEffect effect : effects) {
                // One of them may have been its death.
                if (server.isRunning()) {
                    server.asked(effect);
                    perform(server, effect);
                }
            }
        } finally {
            inCall = false;
        }
    }

    /** Calls a hub with the answer to an effect. */
    void answer(VirtualServer server, HubEffect effect, Input input) {
        if (inCall) {
            schedule.add(now, server.name(), () -> answer(server, effect, input));
            return;
        }
        server.answered(effect);
        call(server, input);
    }

    private void perform(VirtualServer server, HubEffect effect) {
        try {
            performing.perform(server, effect);
        } catch (RuntimeException e) {
            throw new IllegalStateException(server.name() + " at " + now + ": " + effect, e);
        }
    }

    /** Something happens at a server after so many nanoseconds, unless it dies before; after none, now. */
    void after(long nanos, VirtualServer server, Runnable action) {
        if (nanos == 0) {
            action.run();
        } else {
            schedule.add(now.plusNanos(nanos), server.name(), action);
        }
    }

    /** Something happens with the disk of a server, which does one thing after the other. */
    void onDisk(long nanos, VirtualServer server, Runnable action) {
        Instant free = server.diskFree().isAfter(now) ? server.diskFree() : now;
        Instant done = nanos == 0 ? free : free.plusNanos(nanos);
        server.diskFree(done);
        if (done.equals(now)) {
            action.run();
        } else {
            schedule.add(done, server.name(), action);
        }
    }

    /** Something happens at a time in the name of a mailbox server, which has no hub and does not die as one. */
    void at(Instant when, String name, Runnable action) {
        schedule.add(when, name, action);
    }

    /** A server wants to be called at a time of its own clock. */
    void wake(VirtualServer server, Instant at) {
        schedule.wake(server.name(), server.ahead().isZero() ? at : at.minus(server.ahead()));
    }

    /** When a server will be woken. */
    Optional<Instant> waking(VirtualServer server) {
        return schedule.waking(server.name());
    }

    /** A server has died. */
    void forget(VirtualServer server) {
        schedule.forget(server.name());
    }

    /** Does one thing that is due now; false when nothing is. */
    boolean step() {
        Runnable next = schedule.take(now);
        if (next != null) {
            next.run();
            return true;
        }
        String sleeper = schedule.takeWaking(now);
        if (sleeper == null) {
            return false;
        }
        call(servers.apply(sleeper), Hub::ticked);
        return true;
    }

    /** Does everything that is due now. */
    void runUntilIdle() {
        int steps = 0;
        while (step()) {
            if (++steps > ENDLESS) {
                throw new IllegalStateException("endless work at " + now);
            }
        }
        observer.paused();
    }

    /** Whether anything is under way; wakings do not count. */
    boolean isAtRest() {
        return schedule.size() == 0;
    }

    /** Lets time pass: to whatever is due next, doing it, and at last to the end. */
    void advance(Duration time) {
        Instant end = now.plus(time);
        runUntilIdle();
        Instant next = schedule.next();
        while (next != null && !next.isAfter(end)) {
            now = next;
            runUntilIdle();
            next = schedule.next();
        }
        now = end;
    }

    /** The same, until after a step it is {@code enough}: true, and time stands still. */
    boolean advance(Duration time, BooleanSupplier enough) {
        Instant end = now.plus(time);
        Instant next = now;
        while (next != null && !next.isAfter(end)) {
            now = next;
            while (step()) {
                if (enough.getAsBoolean()) {
                    return true;
                }
            }
            observer.paused();
            next = schedule.next();
        }
        now = end;
        return false;
    }
}
