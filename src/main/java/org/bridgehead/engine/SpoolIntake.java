package org.bridgehead.engine;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.bridgehead.core.hub.Admission;
import org.bridgehead.core.hub.Handovers;
import org.bridgehead.core.hub.SpoolRecord;
import org.bridgehead.core.mail.BodyRef;
import org.bridgehead.core.mail.Envelope;
import org.bridgehead.core.mail.Facts;
import org.bridgehead.core.mail.InternalId;
import org.bridgehead.core.smtp.MessageStart;
import org.bridgehead.core.smtp.Reply;
import org.bridgehead.io.net.MessageSink;
import org.bridgehead.io.spool.BodyWriter;
import org.bridgehead.io.spool.Shard;
import org.bridgehead.io.spool.Spool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes one message of one session into the spool of a hub or edge. The permit is taken before the octets come, so that
 * the hand-over behind the synced write cannot fail; {@code 250} is answered after that write and never before.
 */
final class SpoolIntake implements MessageSink.Incoming {
    private static final Logger LOG = LoggerFactory.getLogger(SpoolIntake.class);
    private static final Reply BUSY = DoorPolicy.reply(Admission.noRoom());

    private final HubNode node;
    private final Spool spool;
    private final SpoolKeeper keeper;
    private final BodyWriter writer;
    private final MessageStart start;
    private final Optional<String> user;
    private boolean open = true;

    private SpoolIntake(HubNode node, Spool spool, SpoolKeeper keeper, MessageStart start, Optional<String> user) {
        this.node = node;
        this.user = user;
        this.spool = spool;
        this.keeper = keeper;
        this.start = start;
        this.writer = spool.newBody();
    }

    /**
     * Makes room for a message in {@code node}.
     *
     * @param keeper sees to it that what was written is safe where the session does not wait for it
     * @param user who sends it; empty = the session knows
     */
    static MessageSink.Answer begin(
            HubNode node, Spool spool, SpoolKeeper keeper, EngineClock clock, Optional<String> user) {
        if (!node.tryPermit()) {
            return new MessageSink.Answer.Refused(BUSY);
        }
        node.activity().begin();
        try {
            InternalId number = spool.allocate(new Shard(node.name()));
            MessageStart start = new MessageStart(
                    number, Drivers.newTransportId(), node.admission().headerFields(), clock.now());
            return new MessageSink.Answer.Begun(new SpoolIntake(node, spool, keeper, start, user));
        } catch (IOException e) {
            LOG.warn("{}: the spool refuses a message: {}", node.name(), e.toString());
            node.release();
            node.activity().end();
            return new MessageSink.Answer.Refused(BUSY);
        }
    }

    @Override
    public MessageStart start() {
        return start;
    }

    @Override
    public void write(byte[] octets, int offset, int length) throws IOException {
        writer.write(octets, offset, length);
    }

    @Override
    public List<Reply> end(Envelope envelope, Facts facts) throws IOException {
        SpoolRecord.Accepted arrived = arrived(envelope, facts);
        return handedOver(arrived, write(arrived));
    }

    @Override
    public void end(Envelope envelope, Facts facts, Consumer<MessageSink.Ending> then) {
        try {
            SpoolRecord.Accepted arrived = arrived(envelope, facts);
            Optional<Runnable> turn = node.handovers().claim(arrived);
            if (turn.isPresent()) {
                writeAhead(arrived, turn.get(), then);
            } else {
                keeper.aside(() -> then.accept(written(arrived)));
            }
        } catch (IOException e) {
            then.accept(failed(e));
        }
    }

    private SpoolRecord.Accepted arrived(Envelope envelope, Facts facts) throws IOException {
        BodyRef body = writer.finish();
        return new SpoolRecord.Accepted(start.internalId(), envelope, withUser(facts), body);
    }

    private void writeAhead(SpoolRecord.Accepted arrived, Runnable turn, Consumer<MessageSink.Ending> then) {
        Handovers.Decision decision = Handovers.decide(arrived, List.of());
        try {
            Spool.Ahead written = spool.writeAhead(new Shard(node.name()), decision.records());
            keeper.keep(written, failure -> {
                turn.run();
                then.accept(failure.map(SpoolIntake::failed).orElse(() -> handedOver(arrived, decision)));
            });
        } catch (IOException e) {
            turn.run();
            then.accept(failed(e));
        }
    }

    /** What may have been taken before is looked up, which takes a while. */
    private MessageSink.Ending written(SpoolRecord.Accepted arrived) {
        try {
            Handovers.Decision decision = write(arrived);
            return () -> handedOver(arrived, decision);
        } catch (IOException e) {
            return failed(e);
        }
    }

    private static MessageSink.Ending failed(IOException e) {
        return () -> {
            throw e;
        };
    }

    /** Makes durable what is new of the message; what is not is durable already. */
    private Handovers.Decision write(SpoolRecord.Accepted arrived) throws IOException {
        Shard shard = new Shard(node.name());
        return node.handovers().inTurn(arrived, () -> {
            boolean asks = node.handovers().concern(arrived);
            Handovers.Decision decision = Handovers.decide(
                    arrived, asks ? spool.taken(shard, arrived.facts().state().id()) : List.of());
            if (decision.accepted().isPresent()) {
                spool.write(shard, decision.records(), true);
            }
            return decision;
        });
    }

    private List<Reply> handedOver(SpoolRecord.Accepted arrived, Handovers.Decision decision) {
        open = false;
        decision.repeated().ifPresent(node::repeated);
        if (decision.accepted().isPresent()) {
            node.submitted(decision.accepted().get());
        } else {
            writer.discard();
            node.release();
        }
        node.activity().end();
        InternalId number =
                decision.accepted().or(decision::repeated).orElseThrow().id();
        return List.of(Reply.of(250, "2.6.0", arrived.facts().header().messageId() + " queued as " + number));
    }

    private Facts withUser(Facts facts) {
        return user.map(name -> new Facts(
                        facts.state().authenticatedAs(name), facts.header(), facts.acceptedAt(), facts.source()))
                .orElse(facts);
    }

    @Override
    public void abort() {
        if (open) {
            open = false;
            writer.discard();
            node.release();
            node.activity().end();
        }
    }
}
