package org.bridgehead.bpa.rules;

import java.util.List;
import org.bridgehead.bpa.Rule;
import org.bridgehead.bpa.Unchecked;

/** The rules about sites, site links and connectors, by number. */
public final class RoutingRules {
    /** Those that look. */
    public static final List<Rule> ALL = List.of(
            new MailboxSiteWithoutHub(),
            new MailboxSiteWithoutClientAccess(),
            new MailboxSiteWithOneHub(),
            new ServerSite(),
            new SiteWithoutLink(),
            new SingleSiteLink(),
            new PartitionedSites(),
            new HubSiteWithoutHub(),
            new HubSiteOffPath(),
            new HubSiteWithOneHub(),
            new DecidedByName(),
            new RenameChangesPath(),
            new ExchangeCost(),
            new LinkSizeLimit(),
            new ConnectorSizeLimit(),
            new ConnectorSourcesInSeveralSites(),
            new ConnectorWithOneSource(),
            new NoConnectorForAllDomains(),
            new ConnectorDecidedByName(),
            new FarSpecificConnector(),
            new ScopedConnector(),
            new DisabledConnector(),
            new TooManyHops(),
            new OverlappingSubnets(),
            new SmartHostLoop(),
            new ConnectorForOwnDomain(),
            new RelayDomainConnector(),
            new ConnectorSourceInNoSite(),
            new IdleLinks(),
            new SampledPairs());

    /** Those that cannot: none. */
    public static final List<Unchecked> UNCHECKED = List.of();

    private RoutingRules() {}
}
