package org.bridgehead.bpa.rules;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.bridgehead.bpa.Finding;
import org.bridgehead.bpa.Severity;
import org.bridgehead.bpa.Subject;
import org.bridgehead.core.topology.Names;
import org.bridgehead.core.topology.Role;
import org.bridgehead.core.topology.Server;
import org.bridgehead.core.topology.SubnetMap;

/** Rule 4: which site a server belongs to follows from its address (BEHAVIOUR 1.1.1, event 5005). */
final class ServerSite extends RuleHead {
    private static final Pattern LOOPBACK = Pattern.compile("127\\..*|::1|0\\.0\\.0\\.0|::");
    private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|.*:.*");

    ServerSite() {
        super(
                4,
                "server-site",
                Severity.ERROR,
                "server in no site, or at an address that the subnets give to another site or to none");
    }

    @Override
    public List<Finding> check(Subject subject) {
        SubnetMap subnets = SubnetMap.of(subject.topology());
        return subject.topology().servers().values().stream()
                .filter(server -> !server.is(Role.EDGE_TRANSPORT))
                .flatMap(server -> server.site().isEmpty()
                        ? Stream.of(finding(
                                "server:" + server.name(),
                                server.name() + " belongs to no site: mail to it goes to Unreachable",
                                "write servers." + server.name() + ".site"))
                        : misplaced(subject, server, server.site().get(), subnets).stream())
                .toList();
    }

    private Optional<Finding> misplaced(Subject subject, Server server, String site, SubnetMap subnets) {
        String address = server.smtp().host();
        boolean mapped = subject.topology()
                .site(site)
                .filter(its -> !its.subnets().isEmpty())
                .isPresent();
        if (LOOPBACK.matcher(address).matches() || !ADDRESS.matcher(address).matches()) {
            return Optional.empty();
        }
        Optional<String> other = subnets.siteOf(address);
        if (other.isEmpty() ? !mapped : Names.same(other.get(), site)) {
            return Optional.empty();
        }
        return Optional.of(finding(
                "server:" + server.name(),
                server.name() + " at " + address + " is said to be in " + site + ", but its address is in "
                        + other.map(name -> "a subnet of " + name).orElse("no subnet of any site"),
                "set servers." + server.name() + ".site to " + other.orElse("the right one")
                        + ", or add the subnet to sites." + site + ".subnets"));
    }
}
