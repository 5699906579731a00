package org.bridgehead.io.net;

import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import org.bridgehead.core.mail.Envelope;
import org.bridgehead.core.mail.Facts;
import org.bridgehead.core.smtp.MessageStart;
import org.bridgehead.core.smtp.Peer;
import org.bridgehead.core.smtp.Reply;

/** Where a listener puts the mail it takes in. Called by many threads, by one per message. */
public interface MessageSink {
    /** Whether there is room for a message. */
    sealed interface Answer {
        /**
         * There is; {@link Incoming#end} or {@link Incoming#abort} follows in any case.
         *
         * @param message takes the octets
         */
        record Begun(Incoming message) implements Answer {}

        /**
         * There is not.
         *
         * @param reply 4yz or 5yz, for example {@code 452 4.3.1}
         */
        record Refused(Reply reply) implements Answer {}

        /**
         * The connection ends now, without another word, as if the machine had died.
         *
         * @param why for the log
         */
        record HungUp(String why) implements Answer {}
    }

    /** A message on its way in; for one thread. */
    interface Incoming {
        /** Its identity and its time, the same at every call. */
        MessageStart start();

        /**
         * Takes octets; they are the listener's again when this returns.
         *
         * @throws HangUpException when the connection shall break here: {@link #abort} follows
         * @throws IOException when they cannot be kept: {@link #abort} follows, and the peer is told 451 when it has
         *     sent all
         */
        void write(byte[] octets, int offset, int length) throws IOException;

        /**
         * All octets have been written: make the message survive a power cut, and return only then. What is handed over
         * to others has to be handed over before this returns.
         *
         * @return LMTP: one reply per recipient of the envelope, in order; SMTP: one
         * @throws HangUpException when the message was taken, but the peer must not hear of it
         * @throws IOException when that failed: {@link #abort} follows, and the peer is told 451
         */
        List<Reply> end(Envelope envelope, Facts facts) throws IOException;

        /**
         * As {@link #end(Envelope, Facts)}, without making the caller wait: who keeps the message says when it is on
         * stable storage, or never will be. As it stands the caller waits.
         *
         * @param then is told once, by any thread
         */
        default void end(Envelope envelope, Facts facts, Consumer<Ending> then) {
            then.accept(() -> end(envelope, facts));
        }

        /** The message will not be completed: forget it and free what it holds. */
        void abort();
    }

    /** What became of a message that has ended; asked for once, by the one who serves its connection. */
    interface Ending {
        /** Hands over what has to be handed over and answers as {@link Incoming#end(Envelope, Facts)} does. */
        List<Reply> replies() throws IOException;
    }

    /**
     * Whether nothing that a connection brings up now has to wait, neither here nor with the policy of the listener: for
     * room, an answer of the directory, or a disk. Otherwise it is served by a thread that may.
     */
    default boolean isPrompt() {
        return false;
    }

    /**
     * The envelope is complete, octets are about to follow. May wait a little for room.
     *
     * @param declaredSize the SIZE parameter; 0 = not given
     */
    Answer begin(Peer peer, Envelope envelope, long declaredSize);
}
