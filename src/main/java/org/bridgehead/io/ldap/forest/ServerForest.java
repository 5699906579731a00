package org.bridgehead.io.ldap.forest;

import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bridgehead.io.ldap.LdifRecipients;

/** Reads the configuration partition and one domain of a forest from a domain controller. One thread. */
final class ServerForest {
    private static final String CLASSES = "(|"
            + Stream.of(Kind.values())
                    .map(kind -> "(objectClass=" + kind.objectClass() + ")")
                    .reduce("", String::concat)
            + ")";

    private static final List<String> CONFIGURATION = List.of(
            "objectClass",
            "cn",
            "isDeleted",
            "siteList",
            "cost",
            "msExchCost",
            "delivContLength",
            "siteObject",
            "dNSHostName",
            "msExchTransportSiteFlags",
            "msExchCurrentServerRoles",
            "msExchServerSite",
            "serialNumber",
            "legacyExchangeDN",
            "msExchOwningServer",
            "msExchHostServerLink",
            "msExchMasterServerOrAvailabilityGroup",
            "routingList",
            "msExchSourceBridgeheadServersDN",
            "msExchSmtpSmartHost",
            "msExchSmtpSendEnabled",
            "msExchSmtpSendPort",
            "msExchAcceptedDomainName",
            "msExchAcceptedDomainFlags");

    private static final List<String> PEOPLE = List.of(
            "objectClass",
            "cn",
            "isDeleted",
            "mail",
            "proxyAddresses",
            "targetAddress",
            "mailNickname",
            "member",
            "uniqueMember",
            "homeMDB",
            "msExchHomeServerName",
            "altRecipient",
            "deliverAndRedirect",
            "authOrig",
            "unauthOrig",
            "dLMemSubmitPerms",
            "dLMemRejectPerms",
            "msExchRequireAuthToSendTo",
            "delivContLength",
            "submissionContLength",
            "msExchRecipLimit",
            "reportToOriginator",
            "reportToOwner",
            "managedBy",
            "msExchExpansionServerName",
            "msExchDynamicDLFilter",
            "msExchDynamicDLBaseDN");

    private static final String DYNAMIC = "(msExchDynamicDLFilter=*)";
    private static final String RECIPIENTS = "(|(proxyAddresses=*)(mail=*)" + DYNAMIC + ")";

    private final AdLocation location;
    private final Forest forest;
    private final ServerSearch search;

    private ServerForest(AdLocation location, Forest forest, ServerSearch search) {
        this.location = location;
        this.forest = forest;
        this.search = search;
    }

    /** Adds everything that the server holds of the forest; recipients only where wanted. */
    static void read(AdLocation location, boolean recipients, Forest forest) throws AdServerException {
        try (LDAPConnection connection = ServerConnection.open(location)) {
            new ServerForest(location, forest, new ServerSearch(connection, location, forest)).read(recipients);
        }
    }

    private void read(boolean recipients) throws AdServerException {
        Optional<Entry> root = search.entry(
                "", "configurationNamingContext", "defaultNamingContext", "rootDomainNamingContext", "namingContexts");
        add(search.all(configuration(root), CLASSES, CONFIGURATION));
        if (recipients) {
            String base = location.base()
                    .or(() -> domain(root))
                    .orElseThrow(() ->
                            new AdServerException(location + ": it does not say which domain it holds; give --base"));
            KeptAttributes kept = new KeptAttributes();
            for (Entry group : search.all(base, DYNAMIC, List.of("msExchDynamicDLFilter"))) {
                filter(group).ifPresent(kept::askedBy);
            }
            List<String> attributes = new ArrayList<>(PEOPLE);
            attributes.addAll(kept.names());
            add(search.all(base, RECIPIENTS, attributes));
        }
    }

    /** What the root says; else the partition of that name which it holds or which lies below the base. */
    private String configuration(Optional<Entry> root) throws AdServerException {
        List<String> contexts =
                root.map(entry -> LdapValues.of(entry, "namingContexts")).orElse(List.of());
        Optional<String> named = root.flatMap(entry -> LdapValues.first(entry, "configurationNamingContext"))
                .or(() -> contexts.stream()
                        .filter(name -> name.regionMatches(true, 0, "CN=Configuration,", 0, 17))
                        .findFirst());
        if (named.isPresent()) {
            return named.get();
        }
        List<String> roots =
                Stream.concat(location.base().stream(), contexts.stream()).toList();
        for (String above : roots) {
            if (search.entry("CN=Configuration," + above, "objectClass").isPresent()) {
                return "CN=Configuration," + above;
            }
        }
        throw new AdServerException(location + ": it is no domain controller, as it has no configuration partition"
                + (location.login().isEmpty()
                        ? " that strangers may see; log in with --bind-dn and --password-file"
                        : ""));
    }

    private static Optional<String> domain(Optional<Entry> root) {
        return root.flatMap(entry -> LdapValues.first(entry, "defaultNamingContext")
                .or(() -> LdapValues.of(entry, "namingContexts").stream()
                        .filter(name -> !name.regionMatches(true, 0, "CN=", 0, 3))
                        .findFirst()));
    }

    private static Optional<Filter> filter(Entry group) {
        try {
            Optional<String> text = LdapValues.first(group, "msExchDynamicDLFilter");
            return text.isPresent() ? Optional.of(Filter.create(text.get())) : Optional.empty();
        } catch (LDAPException e) {
            // Told when the group itself is looked at.
            return Optional.empty();
        }
    }

    /** In the order of their names, as servers answer in any. */
    private void add(List<Entry> entries) {
        entries.stream()
                .sorted(Comparator.comparing(entry -> LdifRecipients.key(entry.getDN())))
                .forEach(entry -> forest.add(entry, location.toString()));
    }
}
