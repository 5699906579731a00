package org.bridgehead.cli;

import java.util.Arrays;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.bridgehead.core.topology.RoutingPolicy;
import org.bridgehead.core.topology.RoutingPolicy.Metric;
import org.bridgehead.core.topology.RoutingPolicy.OnFailure;
import org.bridgehead.core.topology.RoutingPolicy.Relay;
import picocli.CommandLine.Option;

/** The routing policy of a topology that is made by a verb, in the words of the topology file. */
final class RoutingOptions {
    @Option(names = "--metric", paramLabel = "hops|cost", description = "default: ${DEFAULT-VALUE}")
    String metric = Metric.HOPS.keyword();

    @Option(names = "--relay", paramLabel = "everySite|direct", description = "default: ${DEFAULT-VALUE}")
    String relay = Relay.EVERY_SITE.keyword();

    @Option(names = "--on-failure", paramLabel = "hold|reroute", description = "default: ${DEFAULT-VALUE}")
    String onFailure = OnFailure.HOLD.keyword();

    /**
     * What was asked for.
     *
     * @throws Failure for a word that is none, or words that do not go together
     */
    RoutingPolicy policy() {
        Relay where = word("--relay", relay, Relay.values(), Relay::keyword);
        OnFailure then = word("--on-failure", onFailure, OnFailure.values(), OnFailure::keyword);
        if (where == Relay.DIRECT && then == OnFailure.REROUTE) {
            throw Failure.usage("--on-failure reroute needs --relay everySite");
        }
        return new RoutingPolicy(
                word("--metric", metric, Metric.values(), Metric::keyword),
                where,
                then,
                RoutingPolicy.DEFAULT.loadBalancing());
    }

    private static <E> E word(String option, String said, E[] choices, Function<E, String> keyword) {
        return Arrays.stream(choices)
                .filter(choice -> keyword.apply(choice).equalsIgnoreCase(said))
                .findFirst()
                .orElseThrow(() -> Failure.usage(option + " " + said + ": write "
                        + Arrays.stream(choices).map(keyword).collect(Collectors.joining(" or "))));
    }
}
