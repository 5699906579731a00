package org.bridgehead.io.ldap.forest;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.topology.AcceptedDomain;
import org.bridgehead.core.topology.Guesses;
import org.bridgehead.core.topology.Settings;
import org.bridgehead.io.ldap.LdifRecipients;

/** Whose address is whose, and what references by distinguished name become. One thread. */
final class AddressBook {
    private final Settings settings;
    private final Guesses<String> guesses;
    private final Map<String, Candidate> owners = new LinkedHashMap<>();
    private final Map<String, String> names = new LinkedHashMap<>();
    private final Map<String, EmailAddress> outside = new LinkedHashMap<>();

    AddressBook(Settings settings, Guesses<String> guesses) {
        this.settings = settings;
        this.guesses = guesses;
    }

    /** Gives a candidate those of its addresses that are free and not its own target; answers them. */
    List<EmailAddress> claim(Candidate candidate) {
        List<EmailAddress> own = new ArrayList<>();
        for (EmailAddress address : candidate.addresses()) {
            if (candidate.target().filter(address::equals).isPresent()) {
                guesses.add(
                        "contacts do not own the address they point at",
                        candidate.object().dn(),
                        candidate.object().name(0) + " with " + address);
            } else if (owners.putIfAbsent(address.key(), candidate) == null) {
                own.add(address);
            } else {
                guesses.add(
                        "addresses that somebody else has are left out",
                        candidate.object().dn(),
                        address.toString());
            }
        }
        return own;
    }

    /** Takes away all addresses of a candidate. */
    void release(List<EmailAddress> addresses) {
        addresses.forEach(address -> owners.remove(address.key()));
    }

    /** Whether mail for the address has somewhere to go: it has an owner, or its domain may be outside. */
    boolean leadsSomewhere(EmailAddress address) {
        return owners.containsKey(address.key())
                || settings.acceptedDomain(address.domain())
                        .filter(domain -> domain.type() == AcceptedDomain.Type.AUTHORITATIVE)
                        .isEmpty();
    }

    /** What a recipient is called. */
    void name(String dn, String name) {
        names.put(LdifRecipients.key(dn), name);
    }

    /** Notes an object that is nothing but an address outside. */
    void outside(String dn, EmailAddress address) {
        outside.put(LdifRecipients.key(dn), address);
    }

    /** The address that an object outside is; empty for all others. */
    Optional<EmailAddress> outside(String dn) {
        return Optional.ofNullable(outside.get(LdifRecipients.key(dn)));
    }

    /** The name of a recipient, or the address of somebody outside; empty when it is neither. */
    Optional<String> reference(String dn) {
        return Optional.ofNullable(names.get(LdifRecipients.key(dn)))
                .or(() -> outside(dn)
                        .map(address -> Optional.ofNullable(owners.get(address.key()))
                                .flatMap(owner -> Optional.ofNullable(names.get(
                                        LdifRecipients.key(owner.object().dn()))))
                                .orElse(address.toString())));
    }
}
