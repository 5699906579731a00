package org.bridgehead.io.imap;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Looks messages up in the mailboxes of one server. Each mailbox has one connection, for servers count those of a user;
 * whoever asks about the same mailbox meanwhile waits. It is kept for the next question, the {@value #KEPT} used last are;
 * {@link #rest()} closes them when a run of questions is over. Safe for any thread.
 */
public final class ImapSearch implements AutoCloseable {
    private static final int KEPT = 16;

    /** The access, read anew for each connection: passwords change. */
    public interface Access {
        /** How to log in now. */
        MasterAccess now() throws IOException;
    }

    /** A mailbox that is asked about. */
    private static final class Box {
        private final String name;
        private int askers;
        private @Nullable ImapMailbox connection;

        private Box(String name) {
            this.name = name;
        }

        private synchronized boolean has(Access access, String field, String value) throws IOException {
            ImapMailbox known = connection;
            if (known != null && !known.isOpen()) {
                close();
                known = null;
            }
            ImapMailbox open = known == null ? ImapMailbox.open(access.now(), name) : known;
            connection = open;
            try {
                return open.has(field, value);
            } catch (IOException e) {
                close();
                throw e;
            }
        }

        private synchronized void close() {
            ImapMailbox ends = connection;
            connection = null;
            if (ends != null) {
                ends.close();
            }
        }
    }

    private final Access access;
    /** Asked about last at the end. */
    private final LinkedHashMap<String, Box> boxes = new LinkedHashMap<>(16, 0.75f, true);

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
        Box box = begin(mailbox.toLowerCase(Locale.ROOT));
        try {
            return box.has(access, field, value);
        } finally {
            end(box);
        }
    }

    private synchronized Box begin(String mailbox) {
        used = true;
        Box box = boxes.computeIfAbsent(mailbox, Box::new);
        box.askers++;
        return box;
    }

    private void end(Box box) {
        List<Box> ends;
        synchronized (this) {
            box.askers--;
            ends = idle(closed ? 0 : KEPT);
        }
        ends.forEach(Box::close);
    }

    /** Takes out mailboxes that nobody asks about now, the oldest first, until so many are left. */
    private List<Box> idle(int left) {
        List<Box> taken = new ArrayList<>();
        Iterator<Box> oldest = boxes.values().iterator();
        while (boxes.size() > left && oldest.hasNext()) {
            Box box = oldest.next();
            if (box.askers == 0) {
                taken.add(box);
                oldest.remove();
            }
        }
        return taken;
    }

    /** Closes all connections when nobody has asked since the last call. */
    public void rest() {
        List<Box> ends;
        synchronized (this) {
            ends = used ? List.of() : idle(0);
            used = false;
        }
        ends.forEach(Box::close);
    }

    /** Closes the connections of which nobody makes use now; a question under way closes its own when it ends. */
    @Override
    public void close() {
        List<Box> ends;
        synchronized (this) {
            closed = true;
            ends = idle(0);
        }
        ends.forEach(Box::close);
    }
}
