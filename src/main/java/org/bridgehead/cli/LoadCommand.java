package org.bridgehead.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.bridgehead.core.directory.Organization;
import org.bridgehead.core.routing.Reachability;
import org.bridgehead.core.routing.RoutingTable;
import org.bridgehead.core.topology.SiteLink;
import org.bridgehead.core.topology.Topology;
import org.bridgehead.io.config.Notation;
import org.bridgehead.whatif.TrafficLoad;
import org.bridgehead.whatif.TrafficLoad.LinkLoad;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What a traffic matrix puts on links and hubs. */
@Command(
        name = "load",
        header = {
            "Messages and bytes per link and hub for a traffic matrix, with and without fan-out.",
            "",
            "Examples:",
            "  bridgehead load topologies/contoso.yaml --traffic examples/traffic/contoso.csv",
            "  bridgehead load topologies/contoso.yaml --traffic examples/traffic/contoso.csv --down server:BER-HT1",
            "",
            "The matrix has a heading and these columns; several recipients of one message are parted by semicolons:",
            "  from,to,messages,size",
            "  Berlin,Rome;Vienna,1200,64KB",
            "  anna@contoso.test,everyone@contoso.test,3,2MB",
            ""
        },
        synopsisHeading = "Usage: ",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:all of it arrives",
            "1:some is held, unreachable or too large",
            "2:bad usage, topology or matrix"
        })
final class LoadCommand extends Verb {
    @Parameters(paramLabel = "TOPOLOGY", description = "topology file")
    Path topology;

    @Option(names = "--traffic", required = true, paramLabel = "FILE", description = "the traffic matrix, CSV")
    Path traffic;

    @Option(
            names = "--size",
            paramLabel = "SIZE",
            converter = SizeConverter.class,
            description = "of messages whose row says none; default: 64KB")
    long size = 64 << 10;

    @Option(
            names = "--period",
            paramLabel = "TIME",
            description = "the time in which the matrix' messages are sent; default: ${DEFAULT-VALUE}")
    String period = "1h";

    @Option(
            names = "--down",
            paramLabel = "ITEM",
            description = "a part that has failed: site:NAME, link:NAME, server:NAME; repeatable")
    List<String> down = new ArrayList<>();

    @Override
    public Integer call() {
        Duration time = Notation.duration(period)
                .filter(its -> its.compareTo(Duration.ZERO) > 0)
                .orElseThrow(() -> Failure.usage("--period \"" + period + "\" is no time such as 1h or 24h"));
        Organization organization = load(topology).organization();
        Topology parts = organization.topology();
        RoutingTable routes = RoutingTable.of(parts);
        Reachability now = Reachability.of(parts, new Places(organization).items(down));
        TrafficLoad load = TrafficLoad.of(routes, now, new TrafficFile(traffic, organization, routes, size).read());
        if (output().isTable()) {
            print(load, parts, time);
        } else if (output().isCsv()) {
            lines(load, parts, time);
        } else {
            output().record(fields(load, parts, time));
        }
        return load.held().isEmpty() && load.unreachable() == 0 && load.refused() == 0
                ? ExitCode.OK
                : ExitCode.BAD_ANSWER;
    }

    /** A link or hub a line. */
    private void lines(TrafficLoad load, Topology topology, Duration time) {
        try (Rows rows =
                output().rows("kind", "name", "site", "messages", "bytes", "bytesWithoutFanOut", "utilization")) {
            load.links()
                    .forEach((name, link) -> rows.row(
                            "link",
                            name,
                            null,
                            link.messages(),
                            link.bytes(),
                            link.bytesWithoutFanOut(),
                            utilization(topology, name, link, time)));
            load.hubs()
                    .forEach((name, hub) -> rows.row("hub", name, hub.site(), hub.messages(), hub.bytes(), null, null));
        }
    }

    private static Map<String, @Nullable Object> fields(TrafficLoad load, Topology topology, Duration time) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        List<Object> links = new ArrayList<>();
        load.links().forEach((name, link) -> {
            Map<String, @Nullable Object> row = new LinkedHashMap<>();
            row.put("link", name);
            row.put("messages", link.messages());
            row.put("bytes", link.bytes());
            row.put("bytesWithoutFanOut", link.bytesWithoutFanOut());
            row.put("utilization", utilization(topology, name, link, time));
            links.add(row);
        });
        List<Object> hubs = new ArrayList<>();
        load.hubs().forEach((name, hub) -> {
            Map<String, @Nullable Object> row = new LinkedHashMap<>();
            row.put("server", name);
            row.put("site", hub.site());
            row.put("messages", hub.messages());
            row.put("bytes", hub.bytes());
            hubs.add(row);
        });
        fields.put("links", links);
        fields.put("hubs", hubs);
        fields.put("transfers", load.transfers());
        fields.put("bytes", load.bytes());
        fields.put("bytesWithoutFanOut", load.bytesWithoutFanOut());
        fields.put("held", load.held());
        fields.put("unreachable", load.unreachable());
        fields.put("refused", load.refused());
        return fields;
    }

    /** Share of the link's bandwidth, 1 = full; null where the topology names none. */
    private static @Nullable Double utilization(Topology topology, String name, LinkLoad load, Duration time) {
        SiteLink link = topology.links().get(name);
        if (link == null || link.bandwidth().isEmpty()) {
            return null;
        }
        double full = link.bandwidth().getAsLong() * (time.toMillis() / 1000.0);
        return Math.round(load.bytes() * 8 / full * 10_000) / 10_000.0;
    }

    private void print(TrafficLoad load, Topology topology, Duration time) {
        try (Rows rows = output().rows("link", "messages", "bytes", "withoutFanOut", "saved", "utilization")) {
            load.links().entrySet().stream()
                    .sorted(Comparator.comparingLong(link -> -link.getValue().bytes()))
                    .forEach(link -> rows.row(
                            link.getKey(),
                            link.getValue().messages(),
                            Octets.text(link.getValue().bytes()),
                            Octets.text(link.getValue().bytesWithoutFanOut()),
                            saved(link.getValue().bytes(), link.getValue().bytesWithoutFanOut()),
                            percent(utilization(topology, link.getKey(), link.getValue(), time))));
        }
        PrintWriter out = output().text();
        out.println();
        try (Rows rows = output().rows("hub", "site", "messages", "bytes")) {
            load.hubs().forEach((name, hub) -> rows.row(name, hub.site(), hub.messages(), Octets.text(hub.bytes())));
        }
        out.println();
        out.println(output().colors().strong(Octets.text(load.bytes()) + " over all links") + " in " + period + ", "
                + Octets.text(load.bytesWithoutFanOut()) + " without fan-out: "
                + saved(load.bytes(), load.bytesWithoutFanOut()) + " saved.");
        load.held()
                .forEach((site, count) -> out.println(output().colors()
                        .bad(count + (count == 1 ? " message waits" : " messages wait") + " at " + site + ".")));
        if (load.unreachable() > 0) {
            out.println(output().colors().bad(load.unreachable() + " have no way at all."));
        }
        if (load.refused() > 0) {
            out.println(output().colors()
                    .bad(load.refused() + " come back: larger than a link on the way or the organisation allows."));
        }
        out.flush();
    }

    private static String percent(@Nullable Double share) {
        return share == null ? "-" : String.format(Locale.ROOT, "%.1f %%", share * 100);
    }

    private static String saved(long bytes, long without) {
        return without == 0 ? "-" : Math.round(100.0 * (without - bytes) / without) + " %";
    }
}
