package org.bridgehead.core.smtp;

/** A command line that is refused by its looks; for use within the parser. */
final class CommandException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Reply reply;
    private final boolean counts;

    CommandException(Reply reply, boolean counts) {
        super(reply.toString(), null, false, false);
        this.reply = reply;
        this.counts = counts;
    }

    /** {@code 501 5.5.4}: an error against the protocol. */
    static CommandException arguments(String text) {
        return new CommandException(Reply.of(501, "5.5.4", text), true);
    }

    Command.Bad command(boolean closes) {
        return new Command.Bad(reply, counts, closes);
    }
}
