package org.bridgehead.io.ldap.forest;

import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.bridgehead.core.directory.Organization;
import org.bridgehead.core.topology.AcceptedDomain;
import org.bridgehead.core.topology.HostNames;
import org.bridgehead.core.topology.Settings;
import org.bridgehead.core.topology.Topology;
import org.bridgehead.io.ldap.LdifException;

/**
 * An organisation as the LDIF (RFC 2849) of a forest of Active Directory with Exchange 2007 in it: the configuration
 * partition and the recipients of one domain. What Active Directory has no place for is not in it. {@link AdImport}
 * reads it. Immutable once made; safe for any thread.
 */
public final class AdExport {
    /** Columns after which lines are folded. */
    private static final int FOLD = 78;

    private final LdifTree tree = new LdifTree();

    private AdExport(Organization organization, Optional<Long> hubSiteBit) {
        Topology topology = organization.topology();
        Settings settings = topology.settings();
        String domain = domain(settings);
        DN root = tree.domain(domain);
        DN configuration = tree.add(root, "Configuration", "configuration");
        SiteEntries sites = new SiteEntries(tree, configuration, hubSiteBit);
        sites.add(topology);
        DN services = tree.add(configuration, "Services", "container");
        DN exchange = tree.add(services, "Microsoft Exchange", "msExchConfigurationContainer");
        DN company = tree.add(exchange, settings.name(), "msExchOrganizationContainer");
        acceptedDomains(company, settings.acceptedDomains());
        ServerEntries servers = new ServerEntries(tree, company, sites);
        servers.add(topology, domain);
        new RecipientEntries(tree, root, servers).add(organization.directory());
    }

    /**
     * The forest of an organisation.
     *
     * @param hubSiteBit which bit of {@code msExchTransportSiteFlags} marks hub sites; empty = they are not marked
     * @throws IllegalArgumentException when two names are one to Active Directory
     */
    public static AdExport of(Organization organization, Optional<Long> hubSiteBit) {
        return new AdExport(organization, hubSiteBit);
    }

    /** The first domain that is no pattern. */
    private static String domain(Settings settings) {
        return settings.acceptedDomains().stream()
                .map(AcceptedDomain::name)
                .filter(HostNames::isDomain)
                .filter(name -> name.equals(settings.defaultDomain()) || !name.startsWith("*"))
                .findFirst()
                .orElse("forest.invalid");
    }

    private void acceptedDomains(DN company, List<AcceptedDomain> domains) {
        DN transport = tree.add(company, "Transport Settings", "msExchTransportSettings");
        DN accepted = tree.add(transport, "Accepted Domains", "msExchContainer");
        for (AcceptedDomain domain : domains) {
            tree.add(
                    accepted,
                    domain.name(),
                    "msExchAcceptedDomain",
                    new Attribute("msExchAcceptedDomainName", domain.name()),
                    new Attribute("msExchAcceptedDomainFlags", "0"));
        }
    }

    /** How many objects the forest has. */
    public int size() {
        return tree.entries().size();
    }

    /** What {@link AdImport} makes of it. */
    public AdImported imported(AdOptions options) {
        Forest forest = new Forest();
        tree.entries().forEach(entry -> forest.add(entry, "export"));
        try {
            return AdImport.of(forest, options);
        } catch (LdifException e) {
            throw new IllegalStateException("the export cannot be read back: " + e.getMessage(), e);
        }
    }

    /**
     * Writes the LDIF.
     *
     * @param heading comments above it, a line each
     * @throws IOException when {@code out} does
     */
    public void write(List<String> heading, Appendable out) throws IOException {
        for (String line : heading) {
            out.append(("# " + line.replaceAll("\\p{Cntrl}+", " ")).stripTrailing())
                    .append('\n');
        }
        out.append(heading.isEmpty() ? "" : "\n").append("version: 1\n");
        for (Entry entry : tree.entries()) {
            out.append('\n');
            for (String line : entry.toLDIF(FOLD)) {
                out.append(line).append('\n');
            }
        }
    }
}
