package org.bridgehead.io.imap;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Looks messages up in the mailboxes of one server. A connection is kept for the next question about the same mailbox, the
 * {@value #KEPT} used last; {@link #rest()} closes them when a run of questions is over. Safe for any thread: each
 * question has a connection of its own.
 */
public final class ImapSearch implements AutoCloseable {
    private static final int KEPT = 16;

    /** The access, read anew for each connection: passwords change. */
    public interface Access {
        /** How to log in now. */
        MasterAccess now() throws IOException;
    }

    private record Kept(String mailbox, ImapMailbox connection) {}

    private final Access access;
    private final Deque<Kept> kept = new ArrayDeque<>();
    private boolean used;
    private boolean closed;

    /** Asks by {@code access}; connects when asked first. */
    public ImapSearch(Access access) {
        this.access = access;
    }

    /**
     * Whether a message anywhere in a mailbox has {@code value} in its first header field of that name.
     *
     * @param mailbox its login name
     * @throws IOException when that cannot be said: the server does not answer, refuses the login or a folder
     */
    public boolean has(String mailbox, String field, String value) throws IOException {
        String key = mailbox.toLowerCase(Locale.ROOT);
        ImapMailbox connection = take(key);
        if (connection == null) {
            connection = ImapMailbox.open(access.now(), mailbox);
        }
        boolean answered = false;
        try {
            boolean found = connection.has(field, value);
            answered = true;
            return found;
        } finally {
            giveBack(key, connection, answered);
        }
    }

    private @Nullable ImapMailbox take(String key) {
        ImapMailbox found = null;
        synchronized (this) {
            used = true;
            for (Kept one : kept) {
                if (one.mailbox().equals(key)) {
                    found = one.connection();
                    kept.remove(one);
                    break;
                }
            }
        }
        if (found != null && !found.isOpen()) {
            found.close();
            return null;
        }
        return found;
    }

    private void giveBack(String key, ImapMailbox connection, boolean usable) {
        List<ImapMailbox> ends = new ArrayList<>();
        synchronized (this) {
            if (usable && !closed) {
                kept.addLast(new Kept(key, connection));
                if (kept.size() > KEPT) {
                    ends.add(kept.removeFirst().connection());
                }
            } else {
                ends.add(connection);
            }
        }
        ends.forEach(ImapMailbox::close);
    }

    /** Closes what nobody has used since the last call. */
    public void rest() {
        List<Kept> ends;
        synchronized (this) {
            ends = used ? List.of() : List.copyOf(kept);
            ends.forEach(kept::remove);
            used = false;
        }
        ends.forEach(end -> end.connection().close());
    }

    /** Connections that are kept. */
    synchronized int kept() {
        return kept.size();
    }

    @Override
    public void close() {
        List<Kept> ends;
        synchronized (this) {
            closed = true;
            ends = List.copyOf(kept);
            kept.clear();
        }
        ends.forEach(end -> end.connection().close());
    }
}
