package org.bridgehead.io.net;

import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import org.bridgehead.core.hub.Admission;
import org.bridgehead.core.smtp.ReceiveAction;
import org.bridgehead.core.smtp.ReceiveSession;
import org.bridgehead.core.smtp.Reply;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings the message of one connection to the sink. Owned by whoever serves the connection. */
final class Intake {
    private static final Logger LOG = LoggerFactory.getLogger(Intake.class);
    private static final Reply TROUBLE = trouble();

    private final MessageSink sink;
    private final Tally tally;
    private MessageSink.@Nullable Incoming message;
    private long octets;

    private static Reply trouble() {
        Admission.Refusal no = Admission.notKept();
        return Reply.of(no.code(), no.status().toString(), no.text());
    }

    Intake(MessageSink sink, Tally tally) {
        this.sink = sink;
        this.tally = tally;
    }

    List<ReceiveAction> begin(ReceiveAction.BeginMessage begin, ReceiveSession session) throws HangUpException {
        MessageSink.Answer answer = sink.begin(begin.peer(), begin.envelope(), begin.declaredSize());
        if (answer instanceof MessageSink.Answer.Begun begun) {
            message = begun.message();
            octets = 0;
            return session.messageBegun(begun.message().start());
        }
        tally.refusedMessages.increment();
        if (answer instanceof MessageSink.Answer.HungUp gone) {
            throw new HangUpException(gone.why());
        }
        return session.messageRefused(((MessageSink.Answer.Refused) answer).reply());
    }

    /** Once the sink has failed, the rest of the message is read for nothing: the peer listens at its end only. */
    void write(ReceiveAction.BodyOctets body) throws HangUpException {
        if (message == null) {
            return;
        }
        try {
            message.write(body.data(), body.offset(), body.length());
            octets += body.length();
        } catch (HangUpException e) {
            abort();
            throw e;
        } catch (IOException e) {
            failed(e);
        }
    }

    /** Ends the message, waiting for stable storage. */
    List<Reply> end(ReceiveAction.EndMessage end) throws HangUpException {
        MessageSink.Incoming whole = message;
        return ended(() -> whole == null ? List.of(TROUBLE) : whole.end(end.envelope(), end.facts()));
    }

    /** Ends the message; what became of it goes to {@code then}, perhaps in another thread, and from there to {@link #ended}. */
    void end(ReceiveAction.EndMessage end, Consumer<MessageSink.Ending> then) {
        if (message == null) {
            then.accept(() -> List.of(TROUBLE));
        } else {
            message.end(end.envelope(), end.facts(), then);
        }
    }

    /** What is said of a message whose end has come. */
    List<Reply> ended(MessageSink.Ending ending) throws HangUpException {
        List<Reply> replies;
        boolean counted = message == null;
        try {
            replies = ending.replies();
        } catch (HangUpException e) {
            message = null;
            throw e;
        } catch (IOException e) {
            failed(e);
            return List.of(TROUBLE);
        }
        message = null;
        if (counted) {
            return replies;
        }
        if (replies.stream().anyMatch(Reply::isPositive)) {
            tally.messages.increment();
            tally.octets.add(octets);
        } else {
            tally.refusedMessages.increment();
        }
        return replies;
    }

    /** Gives up a message that has begun, if there is one. */
    void abort() {
        MessageSink.Incoming begun = message;
        message = null;
        if (begun != null) {
            tally.refusedMessages.increment();
            begun.abort();
        }
    }

    private void failed(IOException e) {
        tally.failures.increment();
        LOG.warn("a message could not be kept: {}", e.toString());
        abort();
    }
}
