package org.bridgehead.io.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.topology.AcceptedDomain;
import org.bridgehead.core.topology.Settings;

/** Names and addresses of recipients, for references by either. */
final class RecipientNames {
    private final Settings settings;
    private final boolean othersElsewhere;
    private final Known known = new Known("recipient");
    private final Map<String, Owner> owners = new TreeMap<>();

    private record Owner(String name, int line) {}

    /** With {@code othersElsewhere}, a reference that leads nowhere in this file may lead somewhere in another. */
    RecipientNames(Settings settings, boolean othersElsewhere) {
        this.settings = settings;
        this.othersElsewhere = othersElsewhere;
    }

    void add(String name) {
        known.add(name);
    }

    /** The proxy addresses of a recipient; one that is taken is reported. */
    List<EmailAddress> addresses(String name, YamlMap map) {
        Optional<YamlValue> value = map.require("addresses", "[" + name + "@" + settings.defaultDomain() + "]");
        value.filter(YamlValue::isEmptyList)
                .ifPresent(v -> v.error("a recipient has at least one address", "write [name@domain]"));
        List<EmailAddress> addresses = new ArrayList<>();
        for (YamlValue item : value.map(v -> v.list("addresses")).orElse(List.of())) {
            item.address().filter(address -> claim(name, address, item)).ifPresent(addresses::add);
        }
        return addresses;
    }

    private boolean claim(String name, EmailAddress address, YamlValue item) {
        Owner first =
                owners.putIfAbsent(address.key(), new Owner(name, item.place().line()));
        if (first != null) {
            item.error(
                    "the address is already that of " + first.name() + ", line " + first.line(),
                    "an address has one owner");
        } else if (settings.acceptedDomain(address.domain()).isEmpty()) {
            item.problems()
                    .warn(
                            item.place(),
                            address.domain() + " is no accepted domain: mail from outside never gets here",
                            "add it to organization.acceptedDomains");
        }
        return first == null;
    }

    /** A recipient named by name or address; answers its name, or the address of somebody outside. */
    Optional<String> reference(YamlValue value) {
        Optional<String> text = value.text("the name or address of a recipient");
        if (text.isEmpty() || text.filter(known::contains).isPresent()) {
            return text.flatMap(t -> known.resolve(value, t));
        }
        if (text.get().indexOf('@') >= 0) {
            return address(value).map(address -> {
                Owner owner = owners.get(address.key());
                return owner == null ? address.toString() : owner.name();
            });
        }
        return othersElsewhere ? text : known.resolve(value, text.get());
    }

    /** An address, which must exist when its domain is authoritative. */
    Optional<EmailAddress> address(YamlValue value) {
        Optional<EmailAddress> address = value.address();
        boolean ours = address.flatMap(a -> settings.acceptedDomain(a.domain()))
                .filter(domain -> domain.type() == AcceptedDomain.Type.AUTHORITATIVE)
                .isPresent();
        if (ours
                && !othersElsewhere
                && address.filter(a -> !owners.containsKey(a.key())).isPresent()) {
            List<String> all = owners.size() > 5_000 ? List.of() : List.copyOf(owners.keySet());
            String hint = Text.didYouMean(address.get().key(), all, "define the recipient, or correct the address");
            value.error("there is no recipient with this address, and its domain is authoritative", hint);
            return Optional.empty();
        }
        return address;
    }
}
