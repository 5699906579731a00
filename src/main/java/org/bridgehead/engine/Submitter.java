package org.bridgehead.engine;

import java.util.function.Consumer;

/**
 * Hands in messages as {@link MailOrganization#send} does, over connections that stay open between them: for many
 * messages. A kept connection that the server has ended meanwhile is replaced, and the message goes over the new one.
 * Safe for any thread; each thread has a connection of its own while it sends.
 */
public final class Submitter implements AutoCloseable {
    private final ClientLines lines;
    private final Sender sender;

    Submitter(Plant plant, int connections) {
        this.lines = new ClientLines(connections);
        this.sender = new Sender(plant, lines);
    }

    /**
     * Hands in a message; waits until the server has taken or refused it.
     *
     * @return what the server said
     */
    public SendResult send(Consumer<MailBuilder> letter) {
        MailBuilder mail = new MailBuilder();
        letter.accept(mail);
        return sender.send(mail);
    }

    /** Ends the connections; messages being sent end first. */
    @Override
    public void close() {
        lines.close();
    }
}
