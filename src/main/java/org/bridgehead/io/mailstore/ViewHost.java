package org.bridgehead.io.mailstore;

import com.icegreen.greenmail.imap.AuthorizationException;
import com.icegreen.greenmail.imap.ImapConstants;
import com.icegreen.greenmail.imap.ImapHostManager;
import com.icegreen.greenmail.store.FolderException;
import com.icegreen.greenmail.store.InMemoryStore;
import com.icegreen.greenmail.store.MailFolder;
import com.icegreen.greenmail.store.Store;
import com.icegreen.greenmail.user.GreenMailUser;
import java.io.Closeable;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.regex.Pattern;
import org.bridgehead.core.topology.Names;
import org.jspecify.annotations.Nullable;

/** Shows GreenMail one INBOX per mailbox of the store. Safe for any thread. */
final class ViewHost implements ImapHostManager, Closeable {
    /** GreenMail puts a user's folders below this name and takes it off again before clients see it. */
    static final String ACCOUNT = "node";

    static final String INBOX = ImapConstants.USER_NAMESPACE + "." + ACCOUNT + "." + ImapConstants.INBOX_NAME;

    private final MailStore store;
    private final Executor pushes;
    private final Map<String, LogFolder> folders = new ConcurrentSkipListMap<>(Names.ORDER);
    /** Where GreenMail looks for quotas, which there are none of, and for the root of all folders. */
    private final Store none = new InMemoryStore();

    private final Runnable unsubscribe;

    ViewHost(MailStore store, Executor pushes) {
        this.store = store;
        this.pushes = pushes;
        this.unsubscribe = store.onChange(this::push);
        none.setQuotaSupported(false);
    }

    @Override
    public void close() {
        unsubscribe.run();
    }

    @Override
    public @Nullable MailFolder getFolder(GreenMailUser user, String name) {
        if (name.isEmpty()) return none.getMailbox(ImapConstants.USER_NAMESPACE);
        boolean inbox = name.equalsIgnoreCase(ImapConstants.INBOX_NAME) || name.equalsIgnoreCase(INBOX);
        return inbox ? getInbox(user) : null;
    }

    @Override
    public @Nullable MailFolder getFolder(GreenMailUser user, String name, boolean mustExist) throws FolderException {
        MailFolder folder = getFolder(user, name);
        if (folder == null && mustExist) throw new FolderException("No such folder: " + name);
        return folder;
    }

    @Override
    public MailFolder getInbox(GreenMailUser user) {
        String mailbox = ((ViewUsers.User) user)
                .mailbox()
                .orElseThrow(() -> new IllegalStateException(user.getLogin() + " has not logged in"));
        return folders.computeIfAbsent(mailbox, name -> new LogFolder(store, name));
    }

    @Override
    public Collection<MailFolder> listMailboxes(GreenMailUser user, String pattern) {
        String name = pattern.startsWith(INBOX.substring(0, 1)) ? INBOX : ImapConstants.INBOX_NAME;
        return matches(pattern, name) ? List.of(getInbox(user)) : List.of();
    }

    @Override
    public Collection<MailFolder> listSubscribedMailboxes(GreenMailUser user, String pattern) {
        return listMailboxes(user, pattern);
    }

    @Override
    public void subscribe(GreenMailUser user, String mailbox) throws FolderException {
        getFolder(user, mailbox, true);
    }

    @Override
    public void unsubscribe(GreenMailUser user, String mailbox) throws FolderException {
        getFolder(user, mailbox, true);
    }

    @Override
    public MailFolder createMailbox(GreenMailUser user, String name) throws AuthorizationException {
        throw new AuthorizationException("a mailbox has its INBOX only");
    }

    @Override
    public void deleteMailbox(GreenMailUser user, String name) throws AuthorizationException {
        throw new AuthorizationException("a mailbox has its INBOX only");
    }

    @Override
    public void renameMailbox(GreenMailUser user, String from, String to) throws AuthorizationException {
        throw new AuthorizationException("a mailbox has its INBOX only");
    }

    @Override
    public void createPrivateMailAccount(GreenMailUser user) {
        throw new UnsupportedOperationException("users come from the directory");
    }

    @Override
    public void deletePrivateMailAccount(GreenMailUser user) {
        throw new UnsupportedOperationException("users come from the directory");
    }

    @Override
    public List<com.icegreen.greenmail.store.StoredMessage> getAllMessages() {
        throw new UnsupportedOperationException("ask the store");
    }

    @Override
    public char getHierarchyDelimiter() {
        return ImapConstants.HIERARCHY_DELIMITER_CHAR;
    }

    @Override
    public Store getStore() {
        return none;
    }

    private void push(String mailbox) {
        LogFolder folder = folders.get(mailbox);
        if (folder == null || !folder.isWatched()) return;
        try {
            pushes.execute(folder::refresh);
        } catch (RejectedExecutionException e) {
            // The node is stopping; clients see what is new when they ask.
            return;
        }
    }

    /** The wildcards of RFC 3501 section 6.3.8; INBOX is the same in any letter case. */
    private static boolean matches(String pattern, String name) {
        StringBuilder regex = new StringBuilder();
        for (char c : pattern.toCharArray()) {
            regex.append(c == '*' ? ".*" : c == '%' ? "[^.]*" : Pattern.quote(String.valueOf(c)));
        }
        return Pattern.compile(regex.toString(), Pattern.CASE_INSENSITIVE)
                .matcher(name)
                .matches();
    }
}
