package org.bridgehead.io.ldap;

import com.unboundid.ldap.sdk.DN;
import java.util.Optional;
import org.bridgehead.core.directory.Question;
import org.bridgehead.core.mail.EmailAddress;

/** What a question is about, in the form in which domain controllers know it. */
sealed interface Subject {
    /** What identifies it. */
    String key();

    /** The owner of an address. */
    record Address(EmailAddress address) implements Subject {
        @Override
        public String key() {
            return address.key();
        }
    }

    /** An entry by its distinguished name. */
    record Name(String dn) implements Subject {
        @Override
        public String key() {
            return "dn:" + LdifRecipients.key(dn);
        }
    }

    /** Empty when no entry can have such a name. */
    static Optional<Subject> of(Question question) {
        if (question instanceof Question.ByAddress byOne) {
            return Optional.of(new Address(byOne.address()));
        }
        if (!(question instanceof Question.ByName byOne)) {
            throw new IllegalArgumentException("members are asked for alone");
        }
        // What can be read as both is an address: entries stand below others, so their names have commas.
        Optional<Subject> address = EmailAddress.tryParse(byOne.name()).map(Address::new);
        return address.isPresent() || !DN.isValidDN(byOne.name()) ? address : Optional.of(new Name(byOne.name()));
    }
}
