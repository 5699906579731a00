package org.bridgehead.core.directory;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.bridgehead.core.directory.DirectoryEntry.Mailbox;
import org.bridgehead.core.mail.EmailAddress;

/**
 * Who may log in for submission, IMAP and POP3 (DECISIONS 8): the user is any address of a mailbox, the password the
 * one written for the recipient, else its primary address. Immutable; safe for any thread.
 */
public final class Logins {
    private final Map<String, Account> accounts = new TreeMap<>();

    private record Account(Mailbox mailbox, String password) {}

    private Logins(DirectoryDefinition directory) {
        for (RecipientDefinition recipient : directory.recipients()) {
            if (recipient.entry() instanceof Mailbox mailbox) {
                String password =
                        recipient.password().orElse(mailbox.primaryAddress().toString());
                mailbox.addresses()
                        .forEach(address -> accounts.putIfAbsent(address.key(), new Account(mailbox, password)));
            }
        }
    }

    /** The logins of a directory's mailboxes. */
    public static Logins of(DirectoryDefinition directory) {
        return new Logins(directory);
    }

    /** The mailbox of {@code user}, any of its addresses in any case, when the password is right; else empty. */
    public Optional<Mailbox> login(String user, String password) {
        return account(user)
                .filter(account -> MessageDigest.isEqual(bytes(account.password()), bytes(password)))
                .map(Account::mailbox);
    }

    /** The mailbox with that address, without any password. */
    public Optional<Mailbox> mailbox(String user) {
        return account(user).map(Account::mailbox);
    }

    /** The password of the mailbox with that address, for mechanisms and stores that need it in clear. */
    public Optional<String> password(String user) {
        return account(user).map(Account::password);
    }

    private Optional<Account> account(String user) {
        return EmailAddress.tryParse(user).map(address -> accounts.get(address.key()));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
