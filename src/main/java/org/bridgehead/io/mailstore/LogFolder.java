package org.bridgehead.io.mailstore;

import com.icegreen.greenmail.foedus.util.MsgRangeFilter;
import com.icegreen.greenmail.imap.commands.IdRange;
import com.icegreen.greenmail.mail.MovingMessage;
import com.icegreen.greenmail.store.FolderException;
import com.icegreen.greenmail.store.FolderListener;
import com.icegreen.greenmail.store.MailFolder;
import jakarta.mail.Flags;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.search.SearchTerm;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One mailbox as GreenMail's commands see it. It keeps what the log does not have, flags, and asks the store for the
 * rest; every question brings it up to date first. (Longer than our files are: the interface has thirty methods.) Safe
 * for any thread.
 */
final class LogFolder implements MailFolder {
    private static final Flags AVAILABLE = new Flags();

    static {
        AVAILABLE.add(Flags.Flag.ANSWERED);
        AVAILABLE.add(Flags.Flag.DELETED);
        AVAILABLE.add(Flags.Flag.DRAFT);
        AVAILABLE.add(Flags.Flag.FLAGGED);
        AVAILABLE.add(Flags.Flag.SEEN);
    }

    private final MailStore store;
    private final String mailbox;
    private final List<FolderListener> listeners = new CopyOnWriteArrayList<>();
    /** By UID, which is the order of sequence numbers, too. */
    private final List<ViewedMessage> messages = new ArrayList<>();

    /**
     * What {@link #getMessageUids} answers until something changes: GreenMail asks once per message of the folder in
     * every FETCH and STORE, so that these take time with the square of the number of messages.
     */
    private long @Nullable [] uids;

    private long lastUid;

    LogFolder(MailStore store, String mailbox) {
        this.store = store;
        this.mailbox = mailbox;
        refresh();
    }

    /** Whether a session has this folder open. */
    boolean isWatched() {
        return !listeners.isEmpty();
    }

    /** Takes over what changed in the store and tells the sessions. */
    synchronized void refresh() {
        for (StoredMessage added : store.messagesAfter(mailbox, lastUid)) {
            messages.add(new ViewedMessage(store, added));
            lastUid = added.uid();
            uids = null;
            listeners.forEach(listener -> listener.added(messages.size()));
        }
        if (messages.size() != store.count(mailbox)) removeGone();
    }

    private void removeGone() {
        List<Long> there =
                store.messages(mailbox).stream().map(StoredMessage::uid).toList();
        for (int i = messages.size() - 1; i >= 0; i--) {
            if (Collections.binarySearch(there, messages.get(i).uid()) < 0) {
                messages.remove(i);
                uids = null;
                int number = i + 1;
                listeners.forEach(listener -> listener.expunged(number));
            }
        }
    }

    @Override
    public String getName() {
        return "INBOX";
    }

    @Override
    public String getFullName() {
        return ViewHost.INBOX;
    }

    @Override
    public boolean isSelectable() {
        return true;
    }

    @Override
    public Flags getAvailableFlags() {
        return AVAILABLE;
    }

    @Override
    public Flags getPermanentFlags() {
        Flags permanent = new Flags(AVAILABLE);
        permanent.add(Flags.Flag.USER);
        return permanent;
    }

    @Override
    public long getUidValidity() {
        return store.uidValidity();
    }

    @Override
    public long getUIDNext() {
        return store.nextUid(mailbox);
    }

    @Override
    public synchronized int getMessageCount() {
        refresh();
        return messages.size();
    }

    @Override
    public synchronized int getRecentCount(boolean reset) {
        List<ViewedMessage> recent = where(m -> m.has(Flags.Flag.RECENT));
        if (reset) recent.forEach(m -> m.set(new Flags(Flags.Flag.RECENT), false));
        return recent.size();
    }

    @Override
    public synchronized int getUnseenCount() {
        return where(m -> !m.has(Flags.Flag.SEEN)).size();
    }

    @Override
    public synchronized int getFirstUnseen() {
        refresh();
        for (int i = 0; i < messages.size(); i++) {
            if (!messages.get(i).has(Flags.Flag.SEEN)) return i + 1;
        }
        return -1;
    }

    @Override
    public synchronized long[] getMessageUids() {
        refresh();
        long[] answer = uids;
        if (answer == null) {
            answer = messages.stream().mapToLong(ViewedMessage::uid).toArray();
            uids = answer;
        }
        return answer;
    }

    @Override
    public synchronized int getMsn(long uid) throws FolderException {
        int number = indexOf(uid);
        if (number < 0) throw new FolderException("no message with UID " + uid);
        return number + 1;
    }

    @Override
    public com.icegreen.greenmail.store.@Nullable StoredMessage getMessage(long uid) {
        ViewedMessage found;
        synchronized (this) {
            int index = indexOf(uid);
            if (index < 0) return null;
            found = messages.get(index);
        }
        return found.inGreenMail();
    }

    @Override
    public List<com.icegreen.greenmail.store.StoredMessage> getMessages() {
        return inGreenMail(m -> true);
    }

    @Override
    public List<com.icegreen.greenmail.store.StoredMessage> getNonDeletedMessages() {
        return inGreenMail(m -> !m.has(Flags.Flag.DELETED));
    }

    @Override
    public List<com.icegreen.greenmail.store.StoredMessage> getMessages(MsgRangeFilter range) {
        List<ViewedMessage> wanted = new ArrayList<>();
        synchronized (this) {
            refresh();
            for (int i = 0; i < messages.size(); i++) {
                if (range.includes(i + 1)) wanted.add(messages.get(i));
            }
        }
        return wanted.stream().map(ViewedMessage::inGreenMail).toList();
    }

    @Override
    public long[] search(SearchTerm term) {
        List<ViewedMessage> all = where(m -> true);
        List<Long> found = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            com.icegreen.greenmail.store.StoredMessage message = all.get(i).inGreenMail();
            message.updateMessageNumber(i + 1);
            if (term.match(message.getMimeMessage())) found.add(message.getUid());
        }
        return found.stream().mapToLong(Long::longValue).toArray();
    }

    @Override
    public synchronized void setFlags(
            Flags flags, boolean value, long uid, @Nullable FolderListener silent, boolean addUid)
            throws FolderException {
        int number = getMsn(uid);
        messages.get(number - 1).set(flags, value);
        tellFlags(number, uid, silent, addUid);
    }

    @Override
    public synchronized void replaceFlags(Flags flags, long uid, @Nullable FolderListener silent, boolean addUid)
            throws FolderException {
        int number = getMsn(uid);
        messages.get(number - 1).replace(flags);
        tellFlags(number, uid, silent, addUid);
    }

    @Override
    public void expunge() throws FolderException {
        remove(m -> m.has(Flags.Flag.DELETED));
    }

    @Override
    public void expunge(IdRange[] uids) {
        try {
            remove(m -> m.has(Flags.Flag.DELETED) && IdRange.containsUid(uids, m.uid()));
        } catch (FolderException e) {
            throw LogFolder.<RuntimeException>unchecked(e);
        }
    }

    @Override
    public void deleteAllMessages() {
        throw new UnsupportedOperationException("folders are not deleted");
    }

    @Override
    public void signalDeletion() {
        throw new UnsupportedOperationException("folders are not deleted");
    }

    @Override
    public long appendMessage(MimeMessage message, Flags flags, Date received) {
        throw LogFolder.<RuntimeException>unchecked(new FolderException("APPEND is not offered"));
    }

    @Override
    public void store(MovingMessage message) {
        throw new UnsupportedOperationException("mail is delivered to the store");
    }

    @Override
    public void store(MimeMessage message) {
        throw new UnsupportedOperationException("mail is delivered to the store");
    }

    @Override
    public long copyMessage(long uid, MailFolder toFolder) throws FolderException {
        throw new FolderException("COPY is not offered");
    }

    @Override
    public long moveMessage(long uid, MailFolder toFolder) throws FolderException {
        throw new FolderException("MOVE is not offered");
    }

    @Override
    public void addListener(FolderListener listener) {
        listeners.add(listener);
    }

    @Override
    public void removeListener(FolderListener listener) {
        listeners.remove(listener);
    }

    private void remove(Predicate<ViewedMessage> which) throws FolderException {
        List<StoredMessage> gone =
                where(which).stream().map(ViewedMessage::stored).toList();
        try {
            if (!gone.isEmpty()) store.delete(gone);
        } catch (IOException e) {
            throw new FolderException("cannot delete: " + e.getMessage(), e);
        }
        refresh();
    }

    private void tellFlags(int number, long uid, @Nullable FolderListener silent, boolean addUid) {
        Flags now = messages.get(number - 1).flags();
        for (FolderListener listener : listeners) {
            if (listener != silent) listener.flagsUpdated(number, now, addUid ? uid : null);
        }
    }

    private synchronized List<ViewedMessage> where(Predicate<ViewedMessage> which) {
        refresh();
        return messages.stream().filter(which).toList();
    }

    private List<com.icegreen.greenmail.store.StoredMessage> inGreenMail(Predicate<ViewedMessage> which) {
        return where(which).stream().map(ViewedMessage::inGreenMail).toList();
    }

    private int indexOf(long uid) {
        int low = 0;
        int high = messages.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            long there = messages.get(middle).uid();
            if (there == uid) return middle;
            if (there < uid) low = middle + 1;
            else high = middle - 1;
        }
        return -1;
    }

    /** GreenMail answers NO to a FolderException, which this method of its interface does not declare. */
    @SuppressWarnings("unchecked")
    private static <E extends Exception> E unchecked(Exception e) throws E {
        throw (E) e;
    }
}
