package org.bridgehead.io.ldap.forest;

import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.topology.DatabaseRef;
import org.bridgehead.core.topology.Guesses;

/**
 * An object that may become a recipient, with what of its addresses is legal.
 *
 * @param object as it was read
 * @param addresses primary first
 * @param target where mail for it goes outside; empty for everybody inside
 * @param home where a mailbox lives; empty for everything else, and as long as it is not known
 * @param filter who belongs to a dynamic group; empty for everything else, and where it is none
 */
record Candidate(
        ForestObject object,
        List<EmailAddress> addresses,
        Optional<EmailAddress> target,
        Optional<DatabaseRef> home,
        Optional<Filter> filter) {
    private static final List<String> GROUPS = List.of("group", "groupOfNames", "groupOfUniqueNames");
    private static final String SMTP = "smtp:";

    /** Copies the list. */
    Candidate {
        addresses = List.copyOf(addresses);
    }

    /** The candidate made of an object that has addresses; what is no address is told. */
    static Candidate of(ForestObject object, Guesses<String> guesses) {
        List<EmailAddress> addresses = new ArrayList<>();
        for (String text : texts(object)) {
            Optional<EmailAddress> address = address(object, text, guesses);
            address.filter(one -> !addresses.contains(one)).ifPresent(addresses::add);
        }
        Optional<EmailAddress> target =
                object.value("targetAddress").map(Candidate::bare).flatMap(text -> address(object, text, guesses));
        return new Candidate(object, addresses, target, Optional.empty(), filter(object));
    }

    private static Optional<Filter> filter(ForestObject object) {
        try {
            Optional<String> text = object.value("msExchDynamicDLFilter");
            return text.isPresent() ? Optional.of(Filter.create(text.get())) : Optional.empty();
        } catch (LDAPException e) {
            // Told by whoever finds a dynamic group without a filter.
            return Optional.empty();
        }
    }

    /** {@code SMTP:} marks the primary address, {@code smtp:} the others; then {@code mail}. */
    private static List<String> texts(ForestObject object) {
        List<String> proxies = object.values("proxyAddresses");
        return Stream.of(
                        proxies.stream().filter(text -> text.startsWith("SMTP:")),
                        object.values("mail").stream(),
                        proxies.stream().filter(Candidate::isSmtp))
                .flatMap(texts -> texts)
                .map(Candidate::bare)
                .toList();
    }

    private static boolean isSmtp(String text) {
        return text.toLowerCase(Locale.ROOT).startsWith(SMTP);
    }

    private static String bare(String text) {
        return isSmtp(text) ? text.substring(SMTP.length()) : text;
    }

    private static Optional<EmailAddress> address(ForestObject object, String text, Guesses<String> guesses) {
        Optional<EmailAddress> address = EmailAddress.tryParse(text);
        if (address.isEmpty()) {
            guesses.add("addresses that are no e-mail addresses are left out", object.dn(), text);
        }
        return address;
    }

    boolean isDynamicGroup() {
        return object.has("msExchDynamicDLFilter");
    }

    boolean isGroup() {
        return !isDynamicGroup()
                && (object.isUnclassified()
                        ? object.has("member")
                        : GROUPS.stream().anyMatch(object::isA));
    }

    /** Whether it is a mailbox: somebody inside who is no group. */
    boolean isMailbox() {
        return !isDynamicGroup() && !isGroup() && target.isEmpty();
    }

    /** Whether it says no more than that somebody outside has an address. */
    boolean isOutside() {
        return target.isPresent() && addresses.stream().allMatch(target.get()::equals);
    }

    /** What it would like to be called. */
    String wantedName() {
        return object.value("mailNickname")
                .or(() -> Optional.of(object.name(0)).filter(name -> !name.isBlank()))
                .or(() -> object.value("cn"))
                .orElse(object.dn());
    }

    /** With these addresses and that home. */
    Candidate with(List<EmailAddress> others, Optional<DatabaseRef> newHome) {
        return new Candidate(object, others, target, newHome, filter);
    }
}
