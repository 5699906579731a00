package org.bridgehead.io.mailstore;

import com.icegreen.greenmail.mail.MovingMessage;
import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.user.UserException;
import com.icegreen.greenmail.user.UserManager;
import jakarta.mail.internet.MimeMessage;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Asks the node who may log in; many addresses open one mailbox. Safe for any thread. */
final class ViewUsers extends UserManager {
    private final BiFunction<String, String, Optional<String>> login;
    /** What a successful {@link #test} found, for the {@link #getUser} that GreenMail's LOGIN calls right after it. */
    private final Map<String, String> mailboxes = new ConcurrentHashMap<>();

    ViewUsers(ViewHost host, BiFunction<String, String, Optional<String>> login) {
        super(host);
        this.login = login;
    }

    @Override
    public boolean test(String userId, String password) {
        Optional<String> mailbox = login.apply(userId, password);
        mailbox.ifPresent(name -> mailboxes.put(userId.toLowerCase(Locale.ROOT), name));
        return mailbox.isPresent();
    }

    @Override
    public GreenMailUser getUser(String userId) {
        return new User(userId, mailboxes.get(userId.toLowerCase(Locale.ROOT)));
    }

    /** Whether a user exists is told to nobody before the password was right. */
    @Override
    public boolean hasUser(String userId) {
        return true;
    }

    /** Somebody at the other end of a connection. */
    final class User implements GreenMailUser {
        private final String userId;
        private volatile @Nullable String mailbox;

        private User(String userId, @Nullable String mailbox) {
            this.userId = userId;
            this.mailbox = mailbox;
        }

        /** The mailbox, once the password was right. */
        Optional<String> mailbox() {
            return Optional.ofNullable(mailbox);
        }

        @Override
        public void authenticate(String password) throws UserException {
            mailbox = login.apply(userId, password)
                    .orElseThrow(() -> new UserException("user name or password is wrong"));
        }

        @Override
        public String getQualifiedMailboxName() {
            return ViewHost.ACCOUNT;
        }

        @Override
        public String getEmail() {
            return userId;
        }

        @Override
        public String getLogin() {
            return userId;
        }

        @Override
        public String getPassword() {
            return "";
        }

        @Override
        public void setPassword(String password) {
            throw new UnsupportedOperationException("passwords come from the directory");
        }

        @Override
        public void deliver(MovingMessage message) {
            throw new UnsupportedOperationException("mail is delivered to the store");
        }

        @Override
        public void deliver(MimeMessage message) {
            throw new UnsupportedOperationException("mail is delivered to the store");
        }

        @Override
        public void create() {
            throw new UnsupportedOperationException("users come from the directory");
        }

        @Override
        public void delete() {
            throw new UnsupportedOperationException("users come from the directory");
        }
    }
}
