package org.bridgehead.whatif;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bridgehead.core.hub.Admission.Refusal;
import org.bridgehead.core.hub.OutboxMail;
import org.bridgehead.core.hub.TrackingEvent;
import org.bridgehead.core.mail.BodyType;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.mail.Envelope;
import org.bridgehead.core.mail.HeaderFacts;
import org.bridgehead.core.mail.MessageId;
import org.bridgehead.core.mail.RecipientOutcome;
import org.bridgehead.core.mail.TransportId;
import org.bridgehead.core.scenario.Change;
import org.bridgehead.core.scenario.Fault;
import org.bridgehead.core.scenario.Lag;
import org.bridgehead.core.scenario.Letter;
import org.bridgehead.core.scenario.Membership;
import org.bridgehead.core.scenario.Mishap;
import org.bridgehead.core.scenario.Operate;
import org.bridgehead.core.scenario.Perform;
import org.bridgehead.core.scenario.Poisoned;
import org.bridgehead.core.scenario.Press;
import org.bridgehead.core.scenario.Skew;
import org.bridgehead.core.scenario.Slow;
import org.bridgehead.core.scenario.Stage;
import org.bridgehead.core.scenario.Step;
import org.bridgehead.core.scenario.Trouble;
import org.bridgehead.core.smtp.HeaderReader;
import org.bridgehead.core.smtp.Reply;
import org.bridgehead.core.topology.Role;

/** Imagined: the same hubs, nothing around them. One thread. */
public final class ImaginedStage implements Stage {
    private final VirtualOrganization organization;
    private final Map<Integer, TransportId> ids = new LinkedHashMap<>();
    private final int pace;

    private ImaginedStage(VirtualOrganization organization, int pace) {
        this.organization = organization;
        this.pace = pace;
    }

    /** Nothing happens between two letters. */
    public static ImaginedStage of(VirtualOrganization organization) {
        return new ImaginedStage(organization, 0);
    }

    /**
     * Things happen while letters are handed in.
     *
     * @param pace effects performed between two letters
     */
    public static ImaginedStage at(VirtualOrganization organization, int pace) {
        return new ImaginedStage(organization, pace);
    }

    @Override
    public Optional<String> send(Letter letter) {
        Optional<String> defect = letter.defect();
        if (defect.isPresent()) {
            return defect;
        }
        if (!letter.anonymous()) {
            Optional<RecipientOutcome> tooMany = OutboxMail.tooMany(
                    letter.to().size(), organization.topology().settings().limits());
            if (tooMany.isPresent()) {
                return tooMany.map(RecipientOutcome::said);
            }
        }
        if (letter.isFromMailbox(organization.topology())) {
            return fromMailbox(letter);
        }
        if (!organization.isRunning(letter.via())) {
            return Optional.of(letter.via() + " does not answer");
        }
        Optional<Mishap> mishap = met(letter);
        Optional<Reply> said = mishap.flatMap(Mishap::spoken);
        if (said.isPresent()
                || mishap.filter(Mishap.LoseConnection.class::isInstance).isPresent()) {
            return Optional.of(said.map(Reply::toString).orElse("connection lost"));
        }
        Optional<String> refusal = handIn(letter);
        return refusal.isEmpty() && mishap.isPresent() ? Optional.of("connection lost") : refusal;
    }

    private Optional<String> fromMailbox(Letter letter) {
        if (letter.anonymous()) {
            return Optional.of(letter.via() + " does not answer");
        }
        Envelope envelope = letter.envelope();
        HeaderReader.Reading header = header(letter);
        Optional<String> refusal = organization.send(
                letter.via(),
                new VirtualOrganization.Writing(
                        envelope,
                        id -> facts(header, envelope, id),
                        header.priority(),
                        letter.octets().length,
                        id -> header.missingMessageId(id).length()),
                id -> ids.put(letter.number(), id));
        perform(new Perform(pace));
        return refusal;
    }

    private HeaderReader.Reading header(Letter letter) {
        return HeaderReader.of(
                letter.octets(), organization.topology().settings().headerFields());
    }

    private static HeaderFacts facts(HeaderReader.Reading header, Envelope envelope, MessageId substitute) {
        return header.facts(envelope.body() == BodyType.EIGHT_BIT_MIME, substitute);
    }

    /** What goes wrong at the door; who learns there that he cannot log in, or his letter is too big, never begins it. */
    private Optional<Mishap> met(Letter letter) {
        Optional<Mishap> refused =
                organization.mishaps().atConnection(letter.via()).map(mishap -> mishap);
        long most = organization.topology().settings().limits().maxMessageSize();
        boolean known = letter.anonymous()
                || organization
                        .topology()
                        .server(letter.via())
                        .filter(server -> server.is(Role.HUB_TRANSPORT))
                        .isPresent();
        return refused.isPresent() || !known || letter.octets().length > most
                ? refused
                : organization.mishaps().atMessage(letter.via());
    }

    private Optional<String> handIn(Letter letter) {
        Envelope envelope = letter.envelope();
        HeaderReader.Reading header = header(letter);
        TransportId id = organization.submit(
                letter.via(),
                envelope,
                substitute -> facts(header, envelope, substitute),
                header.priority(),
                letter.octets().length,
                !letter.anonymous());
        ids.put(letter.number(), id);
        perform(new Perform(pace));
        List<Optional<Refusal>> replies = organization.replies(id);
        return replies.isEmpty() || replies.contains(Optional.<Refusal>empty())
                ? Optional.empty()
                : replies.get(0).map(Refusal::line);
    }

    @Override
    public void perform(Step step) {
        if (step instanceof Fault fault) {
            fail(fault);
        } else if (step instanceof Trouble trouble) {
            for (int i = 0; i < trouble.times(); i++) {
                organization.script(trouble.at(), trouble.mishap());
            }
        } else if (step instanceof Slow slow) {
            organization.slowDisk(slow.server(), slow.delay());
        } else if (step instanceof Lag lag) {
            organization.lag(lag.at(), lag.delay());
        } else if (step instanceof Poisoned poison) {
            organization.poison(poison.server(), poison.times());
        } else if (step instanceof Press press && organization.isRunning(press.server())) {
            organization.press(press.server(), press.found());
        } else if (step instanceof Skew skew) {
            organization.setClock(skew.server(), skew.ahead());
        } else if (step instanceof Change change) {
            organization.change(change.topology());
        } else if (step instanceof Membership membership) {
            organization.regroup(membership.group(), membership.member(), membership.joins());
        } else if (step instanceof Operate operate && organization.isRunning(operate.server())) {
            organization.operate(operate.server(), operate.operation());
        } else if (step instanceof Perform perform) {
            for (int i = 0; i < perform.effects() && organization.step(); i++) {
                // step() does the work
            }
        }
    }

    private void fail(Fault fault) {
        String name = fault.item().name();
        switch (fault.action()) {
            case KILL, CUT -> organization.down(fault.item().toString());
            case START, MEND -> organization.up(fault.item().toString());
            case LOSE -> organization.lose(name, fault.logs());
            case LOSE_POWER -> organization.losePower(name);
            case FILL_DISK -> organization.refuseWrites(name, true);
            case FREE_DISK -> organization.refuseWrites(name, false);
            case FAIL_SYNC -> organization.failSync(name, true);
            case MEND_SYNC -> organization.failSync(name, false);
        }
    }

    @Override
    public void advance(Duration time) {
        organization.advance(time);
    }

    @Override
    public List<TrackingEvent> events() {
        return organization.log();
    }

    @Override
    public List<TransportId> identities(List<Letter> taken) {
        return taken.stream()
                .map(letter -> Optional.ofNullable(ids.get(letter.number())).orElseGet(letter::unsent))
                .toList();
    }

    @Override
    public Losses losses() {
        long lost = organization.failovers().stream()
                .flatMap(failover -> failover.losses().stream())
                .mapToLong(loss -> loss.lost().size())
                .sum();
        return new Losses(
                lost, organization.duplicatesDropped(), organization.stillLost().size());
    }

    @Override
    public List<Arrival> arrivals(EmailAddress address) {
        return organization.mailbox(address).stream()
                .map(delivery -> new Arrival(delivery.id(), delivery.servers(), Optional.empty()))
                .toList();
    }
}
