package org.bridgehead.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.bridgehead.core.directory.Organization;
import org.bridgehead.core.mail.AddressSyntaxException;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.routing.ConnectorDecision;
import org.bridgehead.core.routing.Decision;
import org.bridgehead.core.routing.SitePath;
import org.bridgehead.core.topology.AcceptedDomain;
import org.bridgehead.core.topology.AddressSpace;
import org.bridgehead.core.topology.Names;
import org.bridgehead.core.topology.SendConnector;
import org.bridgehead.core.topology.Site;
import org.bridgehead.core.topology.Topology;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Where each site's mail leaves the organisation. */
@Command(
        name = "exits",
        header = {
            "Where mail of each site leaves the organisation, by which connector, and why.",
            "",
            "Examples:",
            "  bridgehead exits topologies/contoso.yaml",
            "  bridgehead exits topologies/contoso.yaml --to fabrikam.test --size 12MB",
            "  bridgehead exits topologies/contoso.yaml --down site:Berlin -o csv",
            ""
        },
        synopsisHeading = "Usage: ",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:every site has a way out", "1:some have not", "2:bad usage or topology"})
final class ExitsCommand extends Verb {
    /** A name that no connector can mean (RFC 6761), so that only wildcards fit. */
    private static final String ANY_DOMAIN = "elsewhere.invalid";

    @Parameters(paramLabel = "TOPOLOGY", description = "topology file")
    Path topology;

    @Option(
            names = "--to",
            paramLabel = "DOMAIN",
            description = "domain or address outside; repeatable; default: every address space of a connector")
    List<String> to = new ArrayList<>();

    @Option(names = "--size", paramLabel = "SIZE", converter = SizeConverter.class, description = "of the message")
    long size;

    @Option(
            names = "--down",
            paramLabel = "ITEM",
            description = "a part that has failed: site:NAME, link:NAME, server:NAME, connector:NAME; repeatable")
    List<String> down = new ArrayList<>();

    /** What is asked for, and an address that stands for it. */
    private record Target(String name, EmailAddress probe) {}

    @Override
    public Integer call() {
        Organization organization = load(topology).organization();
        Topology parts = organization.topology();
        Places places = new Places(organization);
        RouteFinder finder = new RouteFinder(parts, places.items(down), size);
        List<Target> targets = to.isEmpty()
                ? spaces(parts)
                : to.stream().map(text -> outside(target(text), parts)).toList();
        if (targets.isEmpty()) {
            throw Failure.usage(topology + " has no send connector for SMTP; add one under connectors:");
        }
        boolean good = true;
        try (Rows rows = output().rows(
                        "to",
                        "from",
                        "connector",
                        "exitSite",
                        "hops",
                        "cost",
                        "decidedBy",
                        "sites",
                        "reachable",
                        "reason",
                        "heldAt")) {
            for (Target target : targets) {
                for (Site site : parts.sites().values()) {
                    if (!parts.hubsOf(site.name()).isEmpty()) {
                        good &= print(rows, target, site.name(), finder);
                    }
                }
            }
        }
        return good ? ExitCode.OK : ExitCode.BAD_ANSWER;
    }

    /** All patterns that connectors carry, the widest last. */
    private static List<Target> spaces(Topology topology) {
        TreeSet<String> patterns = new TreeSet<>(Names.ORDER.reversed());
        for (SendConnector connector : topology.sendConnectors().values()) {
            connector.addressSpaces().stream()
                    .filter(space -> space.type().equals("SMTP"))
                    .map(AddressSpace::pattern)
                    .forEach(patterns::add);
        }
        return patterns.stream().map(ExitsCommand::target).toList();
    }

    private static Target target(String text) {
        String domain = text.equals("*") ? ANY_DOMAIN : text.startsWith("*.") ? "any" + text.substring(1) : text;
        try {
            return new Target(text, EmailAddress.parse(domain.indexOf('@') < 0 ? "postmaster@" + domain : domain));
        } catch (AddressSyntaxException e) {
            throw Failure.usage("\"" + text + "\" is no domain or address: " + e.getMessage(), e);
        }
    }

    private static Target outside(Target target, Topology topology) {
        topology.settings()
                .acceptedDomain(target.probe().domain())
                .filter(domain -> domain.type() == AcceptedDomain.Type.AUTHORITATIVE)
                .ifPresent(domain -> {
                    throw Failure.usage(target.name()
                            + " is an authoritative domain of the organisation: its mail stays inside, see route");
                });
        return target;
    }

    private static boolean print(Rows rows, Target target, String site, RouteFinder finder) {
        RouteAnswer answer = finder.find(
                new Place(site, Optional.of(site), Optional.empty(), Optional.empty()),
                new Place(target.name(), Optional.empty(), Optional.empty(), Optional.of(target.probe())));
        Optional<ConnectorDecision> connector = answer.connector();
        Optional<SitePath> path = connector.isPresent() ? answer.decision().map(Decision::chosen) : Optional.empty();
        @Nullable
        Object[] row = {
            target.name(),
            site,
            connector.map(ConnectorDecision::chosen).orElse(null),
            path.map(SitePath::destination).orElse(null),
            path.map(SitePath::hops).orElse(null),
            path.map(SitePath::cost).orElse(null),
            connector.map(decision -> why(decision)).orElse(null),
            path.map(SitePath::sites).orElse(List.of()),
            answer.reachable(),
            answer.trouble().map(RouteAnswer.Trouble::text).orElse(null),
            answer.trouble().flatMap(RouteAnswer.Trouble::heldAt).orElse(null)
        };
        rows.row(row);
        return answer.reachable();
    }

    private static String why(ConnectorDecision decision) {
        return decision.alternatives().isEmpty() ? "only" : decision.decidedBy().keyword();
    }
}
