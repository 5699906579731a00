package org.bridgehead.cli;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bridgehead.core.directory.ControllerChoice;
import org.bridgehead.core.directory.DirectoryAccess;
import org.bridgehead.core.directory.DirectoryDefinition.Ldap;
import org.bridgehead.core.directory.LdapAccess;
import org.bridgehead.core.directory.NearController;
import org.bridgehead.core.directory.Organization;
import org.bridgehead.core.routing.ControllerReach;
import org.bridgehead.core.routing.RoutingTable;
import org.bridgehead.core.topology.Topology;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which domain controllers the servers of each site ask. */
@Command(
        name = "dcs",
        header = {
            "Which domain controllers servers of each site ask for recipients, in which order, and why.",
            "",
            "Examples:",
            "  bridgehead dcs examples/openldap/topology.yaml",
            "  bridgehead dcs examples/openldap/topology.yaml --from Berlin --down dc:BER-DC1",
            "  bridgehead dcs examples/openldap/topology.yaml --down site:Munich -o json",
            ""
        },
        synopsisHeading = "Usage: ",
        footer = {
            "",
            "Controllers of the own site take turns; --turn shows another one. Then come those of directly linked sites,",
            "the cheapest link first, names deciding; directory.ldap.transitive: true adds the others by the cost of the path."
        },
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:every site has a domain controller to ask", "1:some have none", "2:bad usage or topology"})
final class DcsCommand extends Verb {
    @Parameters(paramLabel = "TOPOLOGY", description = "topology file")
    Path topology;

    @Option(
            names = "--from",
            paramLabel = "PLACE",
            description = "site or server that asks; default: every site with a hub or a mailbox server")
    Optional<String> from = Optional.empty();

    @Option(
            names = "--down",
            paramLabel = "ITEM",
            description = "a part that has failed: dc:NAME, server:NAME, site:NAME, link:NAME; repeatable")
    List<String> down = new ArrayList<>();

    @Option(names = "--turn", paramLabel = "N", description = "the how manieth question, from 0; default: the first")
    int turn;

    @Override
    public Integer call() {
        Organization organization = load(topology).organization();
        Topology parts = organization.topology();
        Places places = new Places(organization);
        LdapAccess settings = organization.directory().ldap().map(Ldap::access).orElse(LdapAccess.DEFAULT);
        DirectoryAccess access = DirectoryAccess.of(parts, settings);
        ControllerReach reach = new ControllerReach(RoutingTable.of(parts), places.items(down));
        boolean good = true;
        try (Rows rows = output().rows("from", "order", "dc", "site", "nearness", "cost", "asked", "reason")) {
            for (String site : sites(places, parts)) {
                ControllerChoice choice = access.choose(
                        site,
                        turn,
                        Instant.EPOCH,
                        name -> parts.server(name).flatMap(server -> reach.obstacle(site, server)));
                print(rows, site, choice);
                good &= !choice.order().isEmpty();
            }
        }
        return good ? ExitCode.OK : ExitCode.BAD_ANSWER;
    }

    private List<String> sites(Places places, Topology parts) {
        if (from.isPresent()) {
            return places.find(from.get()).site().stream().toList();
        }
        return parts.sites().keySet().stream()
                .filter(site -> parts.servers().values().stream()
                        .anyMatch(server ->
                                server.site().filter(site::equalsIgnoreCase).isPresent()
                                        && (server.mailbox().isPresent()
                                                || !parts.hubsOf(site).isEmpty())))
                .toList();
    }

    private static void print(Rows rows, String site, ControllerChoice choice) {
        int order = 1;
        for (NearController controller : choice.order()) {
            row(rows, site, controller, order++, controller.reason());
        }
        for (ControllerChoice.Passed passed : choice.passed()) {
            row(rows, site, passed.controller(), 0, passed.why());
        }
        if (choice.order().isEmpty() && choice.passed().isEmpty()) {
            rows.row(site, null, null, null, null, null, false, choice.reason());
        }
    }

    private static void row(Rows rows, String site, NearController controller, int order, String reason) {
        rows.row(
                site,
                order > 0 ? order : null,
                controller.name(),
                controller.site(),
                controller.nearness().keyword(),
                controller.cost(),
                order > 0,
                reason);
    }
}
