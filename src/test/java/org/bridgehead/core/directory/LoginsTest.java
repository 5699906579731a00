package org.bridgehead.core.directory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.bridgehead.core.directory.DirectoryEntry.Contact;
import org.bridgehead.core.directory.DirectoryEntry.Mailbox;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.topology.DatabaseRef;
import org.bridgehead.core.topology.Names;
import org.junit.jupiter.api.Test;

/** Any address of a mailbox is a user name; the password is written, or the primary address. */
class LoginsTest {
    private static final DatabaseRef DB = new DatabaseRef("BER-MBX1", "SG1", "DB1");
    private static final Mailbox ANNA =
            Mailbox.of("anna", List.of(EmailAddress.of("anna@t.test"), EmailAddress.of("anna.adler@t.test")), DB);
    private static final Mailbox BERT = Mailbox.of("bert", EmailAddress.of("bert@t.test"), DB);
    private static final Contact PAT =
            new Contact("pat", List.of(EmailAddress.of("pat@t.test")), EmailAddress.of("pat@x.test"));

    private final Logins logins = Logins.of(new DirectoryDefinition(
            List.of(
                    recipient(ANNA, Optional.empty()),
                    recipient(BERT, Optional.of("tea at five")),
                    recipient(PAT, Optional.of("x"))),
            List.of(),
            Optional.empty()));

    private static RecipientDefinition recipient(DirectoryEntry entry, Optional<String> password) {
        return new RecipientDefinition(entry, List.of(), password, Names.map());
    }

    @Test
    void theWrittenPasswordCountsElseThePrimaryAddress() {
        assertThat(logins.login("anna@t.test", "anna@t.test")).contains(ANNA);
        assertThat(logins.login("bert@t.test", "tea at five")).contains(BERT);
        assertThat(logins.login("bert@t.test", "bert@t.test")).isEmpty();
        assertThat(logins.password("bert@t.test")).contains("tea at five");
    }

    @Test
    void anyAddressInAnyCaseIsTheUser() {
        assertThat(logins.login("ANNA.Adler@T.test", "anna@t.test")).contains(ANNA);
        assertThat(logins.login("anna.adler@t.test", "anna.adler@t.test")).isEmpty();
        assertThat(logins.mailbox("Bert@t.test")).contains(BERT);
    }

    @Test
    void nobodyElseGetsIn() {
        assertThat(logins.login("anna@t.test", "")).isEmpty();
        assertThat(logins.login("anna", "anna@t.test")).isEmpty();
        assertThat(logins.login("", "")).isEmpty();
        assertThat(logins.login("nobody@t.test", "nobody@t.test")).isEmpty();
        assertThat(logins.login("pat@t.test", "x")).isEmpty();
    }
}
