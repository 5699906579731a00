package org.bridgehead.io.ldap.forest;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.topology.DatabaseRef;
import org.bridgehead.core.topology.Guesses;

/** Which candidates can be recipients of a topology, and with which addresses. One thread. */
final class Fitness {
    private final AddressBook book;
    private final Homes homes;
    private final Guesses<String> guesses;

    Fitness(AddressBook book, Homes homes, Guesses<String> guesses) {
        this.book = book;
        this.homes = homes;
        this.guesses = guesses;
    }

    /** The fit ones in their order, with a home each that needs one. */
    List<Candidate> fit(List<Candidate> candidates) {
        List<Candidate> fit = new ArrayList<>();
        for (Candidate candidate : candidates) {
            if (candidate.isOutside()) {
                outside(candidate);
            } else {
                one(candidate).ifPresent(fit::add);
            }
        }
        while (removeDeadEnds(fit)) {
            // Without its addresses, another contact may lead nowhere now.
        }
        return fit;
    }

    private void outside(Candidate candidate) {
        EmailAddress address = candidate.target().orElseThrow();
        book.outside(candidate.object().dn(), address);
        guesses.add(
                "contacts that are no more than an address outside have no entry, groups name the address",
                candidate.object().dn(),
                address.toString());
    }

    private Optional<Candidate> one(Candidate candidate) {
        ForestObject object = candidate.object();
        if (object.has("targetAddress") && candidate.target().isEmpty()) {
            return none("contacts with a target that is no e-mail address are left out", object);
        }
        if (candidate.isDynamicGroup() && candidate.filter().isEmpty()) {
            return none("dynamic groups with a filter that is none (RFC 4515) are left out", object);
        }
        Optional<DatabaseRef> home = candidate.isMailbox() ? homes.of(object) : Optional.empty();
        if (candidate.isMailbox() && home.isEmpty()) {
            return none("mailboxes are left out, as there is no mailbox server", object);
        }
        List<EmailAddress> own = book.claim(candidate);
        return own.isEmpty()
                ? none("recipients without any address of their own are left out", object)
                : Optional.of(candidate.with(own, home));
    }

    private Optional<Candidate> none(String why, ForestObject object) {
        guesses.add(why, object.dn(), object.name(0));
        return Optional.empty();
    }

    /** Contacts that point at nobody in a domain of ours. */
    private boolean removeDeadEnds(List<Candidate> candidates) {
        Predicate<Candidate> dead = candidate -> candidate
                .target()
                .filter(target -> !book.leadsSomewhere(target))
                .isPresent();
        List<Candidate> gone = candidates.stream().filter(dead).toList();
        candidates.removeAll(gone);
        gone.forEach(candidate -> {
            book.release(candidate.addresses());
            guesses.add(
                    "contacts that point at nobody are left out",
                    candidate.object().dn(),
                    candidate.object().name(0) + " at " + candidate.target().orElseThrow());
        });
        return !gone.isEmpty();
    }
}
