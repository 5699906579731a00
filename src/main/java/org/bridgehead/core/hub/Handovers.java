package org.bridgehead.core.hub;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bridgehead.core.mail.Facts;
import org.bridgehead.core.mail.InternalId;
import org.bridgehead.core.mail.Lists;
import org.bridgehead.core.mail.Recipient;

/**
 * Whether what another server hands over was taken before (ADR 17): it was when the same authenticated server, out of the
 * same store, has handed over the same copy of the same message for the same recipient, and did not hear the reply. Such a
 * recipient gets no second copy, and the reply is the one that was lost. A message that comes back on a detour is a new
 * copy at its sender, and new here.
 *
 * <p>What was taken is known again over {@link #NUMBERS} further messages and for {@link #KEPT}, whichever ends first. A
 * sender gives a copy up at the expiration of its retry settings, two days unless they say otherwise; a million messages
 * are more than a quarter of an hour at a thousand a second, and three days at four. The worst that forgetting does is a
 * second copy. Stateless, safe for any thread.
 */
public final class Handovers {
    /** How many message numbers later a copy that was taken is still known. */
    public static final long NUMBERS = 1L << 20;

    /** For how long: the usual expiration and a day. */
    public static final Duration KEPT = Duration.ofDays(3);

    /** Copied for each use: looking an algorithm up costs more than using it on a line of text. Never fed itself. */
    private static final MessageDigest SHA_256 = sha256();

    private Handovers() {}

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /**
     * What becomes of a message at the door.
     *
     * @param accepted with the recipients that are new; empty = there are none
     * @param repeated with those that were taken before, and with the number that they got then; empty = there are none. It
     *     is no message of its own: nothing of it is kept
     */
    public record Decision(Optional<SpoolRecord.Accepted> accepted, Optional<SpoolRecord.Accepted> repeated) {
        private static Decision accept(SpoolRecord.Accepted message) {
            return new Decision(Optional.of(message), Optional.empty());
        }

        /** What is to be on stable storage, as one batch, before the sender hears that all were accepted. */
        public List<SpoolRecord> records() {
            List<SpoolRecord> records = new ArrayList<>(2);
            accepted.ifPresent(message -> {
                records.add(message);
                taken(message).ifPresent(records::add);
            });
            return records;
        }
    }

    /**
     * Decides about a message that has come whole.
     *
     * @param before what was taken of messages with its transport id; of others is allowed. It may be left out when {@link
     *     OpenHandovers} does not ask for it
     */
    public static Decision decide(SpoolRecord.Accepted arriving, List<SpoolRecord.Taken> before) {
        List<SpoolRecord.Taken> same = Lists.filter(before, taken -> isSame(taken, arriving));
        if (same.isEmpty()) {
            return Decision.accept(arriving);
        }
        List<Recipient> fresh = new ArrayList<>();
        List<Recipient> known = new ArrayList<>();
        for (Recipient recipient : arriving.envelope().recipients()) {
            long print = fingerprint(recipient);
            (same.stream().anyMatch(taken -> taken.recipients().contains(print)) ? known : fresh).add(recipient);
        }
        if (known.isEmpty()) {
            return Decision.accept(arriving);
        }
        SpoolRecord.Taken first = same.stream()
                .filter(taken -> taken.recipients().contains(fingerprint(known.get(0))))
                .findFirst()
                .orElseThrow();
        return new Decision(
                fresh.isEmpty() ? Optional.empty() : Optional.of(only(arriving, fresh, arriving.id())),
                Optional.of(only(arriving, known, first.id())));
    }

    private static boolean isSame(SpoolRecord.Taken taken, SpoolRecord.Accepted arriving) {
        Facts facts = arriving.facts();
        return facts.handover().filter(taken.handover()::equals).isPresent()
                && taken.transport().equals(facts.state().id())
                && arriving.id().value() - taken.id().value() <= NUMBERS
                && !taken.at().plus(KEPT).isBefore(facts.acceptedAt());
    }

    private static SpoolRecord.Accepted only(SpoolRecord.Accepted message, List<Recipient> some, InternalId number) {
        return new SpoolRecord.Accepted(number, message.envelope().to(some), message.facts(), message.body());
    }

    /** What stands in the spool so that the same copy is known when it comes again; empty = no server handed it over. */
    public static Optional<SpoolRecord.Taken> taken(SpoolRecord.Accepted message) {
        Facts facts = message.facts();
        return facts.handover()
                .map(handover -> new SpoolRecord.Taken(
                        message.id(),
                        facts.state().id(),
                        handover,
                        Lists.map(message.envelope().recipients(), Handovers::fingerprint),
                        facts.acceptedAt()));
    }

    /**
     * What a recipient is known by: the first 64 bits of a digest over all that RCPT says, for the same address with other
     * wishes about reports is another recipient. Only recipients of one copy are compared.
     */
    public static long fingerprint(Recipient recipient) {
        StringBuilder text = new StringBuilder(recipient.address().key());
        text.append('\n').append(recipient.orcpt().orElse(""));
        recipient.conditions().forEach(condition -> text.append('\n').append(condition.name()));
        try {
            MessageDigest digest = (MessageDigest) SHA_256.clone();
            return ByteBuffer.wrap(digest.digest(text.toString().getBytes(StandardCharsets.UTF_8)))
                    .getLong();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("the platform's SHA-256 can be copied", e);
        }
    }
}
