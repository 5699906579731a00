package org.bridgehead.whatif.trace;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.bridgehead.core.hub.Admission.Refusal;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.mail.TransportId;
import org.bridgehead.whatif.VirtualOrganization;

/** One play of a {@link TracePlan} in an organisation made for it. One thread; played once. */
final class Rehearsal {
    private record Act(Duration at, Runnable what) {}

    private record Watch(BooleanSupplier when, Runnable then) {}

    private final TracePlan plan;
    private final VirtualOrganization organization;
    private final Faults faults;
    private final List<TransportId> messages = new ArrayList<>();
    private final List<Trace.Refused> refused = new ArrayList<>();
    private Optional<Watch> watch = Optional.empty();

    Rehearsal(TracePlan plan) {
        this.plan = plan;
        this.organization = VirtualOrganization.of(plan.topology(), plan.directory(), plan.start());
        this.faults = new Faults(organization, plan.outside());
    }

    /** As soon as {@code when} holds after a step, {@code then} happens, once. */
    Rehearsal watching(BooleanSupplier when, Runnable then) {
        watch = Optional.of(new Watch(when, then));
        return this;
    }

    /** Plays to the end of the plan. */
    Rehearsal play() {
        for (Act act : acts()) {
            advance(act.at());
            act.what().run();
        }
        advance(plan.end());
        return this;
    }

    /** Incidents of a moment come before the message that is handed in then. */
    private List<Act> acts() {
        List<Act> acts = new ArrayList<>();
        plan.incidents().forEach(incident -> acts.add(new Act(incident.at(), () -> happen(incident))));
        for (int i = 0; i < plan.count(); i++) {
            acts.add(new Act(plan.every().multipliedBy(i), this::submit));
        }
        acts.sort(Comparator.comparing(Act::at));
        return acts;
    }

    private void happen(Incident incident) {
        if (incident instanceof Incident.Down down) {
            faults.down(down.item());
        } else if (incident instanceof Incident.Up up) {
            faults.up(up.item());
        } else if (incident instanceof Incident.Change change) {
            organization.change(change.topology());
        }
    }

    private void submit() {
        TracedMail mail = plan.mail();
        if (!organization.isRunning(mail.server())) {
            mail.recipients()
                    .forEach(recipient -> refused.add(new Trace.Refused(
                            recipient, mail.server() + " does not answer", Trace.Refused.Kind.NO_ANSWER)));
            return;
        }
        TransportId id = organization.submit(
                mail.server(), mail.envelope(), mail.facts(messages.size() + 1), mail.size(), mail.authenticated());
        messages.add(id);
        List<Optional<Refusal>> replies = organization.replies(id);
        for (int i = 0; i < replies.size(); i++) {
            EmailAddress recipient = mail.recipients().get(i);
            replies.get(i)
                    .ifPresent(no -> refused.add(new Trace.Refused(
                            recipient,
                            no.code() + " " + no.status() + " " + no.text(),
                            no.code() < 500 ? Trace.Refused.Kind.FOR_NOW : Trace.Refused.Kind.FOR_GOOD)));
        }
    }

    private void advance(Duration at) {
        Instant end = plan.start().plus(at);
        while (organization.advance(
                Duration.between(organization.now(), end),
                () -> watch.filter(it -> it.when().getAsBoolean()).isPresent())) {
            Runnable then = watch.orElseThrow().then();
            watch = Optional.empty();
            then.run();
        }
    }

    /** Lets more time pass. */
    Rehearsal advanceBy(Duration time) {
        advance(Duration.between(plan.start(), organization.now()).plus(time));
        return this;
    }

    TracePlan plan() {
        return plan;
    }

    VirtualOrganization organization() {
        return organization;
    }

    Faults faults() {
        return faults;
    }

    /** Identities of the messages that were handed in, in order. */
    List<TransportId> messages() {
        return messages;
    }

    /** Recipients that the door refused. */
    List<Trace.Refused> refused() {
        return refused;
    }
}
