package org.bridgehead.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.bridgehead.core.topology.DumpsterSettings.Fit;
import org.bridgehead.core.topology.Topology;
import org.bridgehead.io.config.Notation;
import org.bridgehead.whatif.DumpsterPlan;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** How far back the transport dumpster reaches, and what it takes. */
@Command(
        name = "dumpster-plan",
        header = {
            "How far back the transport dumpster reaches at a rate of mail, what it takes on disk, and which size to"
                    + " set.",
            "",
            "Examples:",
            "  bridgehead dumpster-plan topologies/contoso.yaml --rate 1200/h --avg-size 64KB",
            "  bridgehead dumpster-plan topologies/contoso.yaml --rate 20/m --avg-size 100KB --size 500MB --window 24h",
            "  bridgehead dumpster-plan topologies/globalmail.yaml --rate 2/s --avg-size 50KB -o json",
            "",
            "Hubs keep what they delivered to replicated storage groups (ccr, lcr), so that a failover which loses",
            "the last logs can have it sent again. A full dumpster lets the oldest go. Hubs deliver in turn, and a",
            "hub that fails takes its dumpster along: the sure time is that of one hub delivering everything.",
            "",
            "The window is how far back a failover may have lost mail. An automatic mount lacks a few logs of 1 MB,",
            "minutes; a copy that fell behind overnight and is mounted by force lacks hours: 12h unless you say.",
            ""
        },
        synopsisHeading = "Usage: ",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:the dumpster reaches far enough and fits the largest message",
            "1:a storage group is at risk, or the size is below 135 %% of the largest message",
            "2:bad usage or topology"
        })
final class DumpsterPlanCommand extends Verb {
    @Parameters(paramLabel = "TOPOLOGY", description = "topology file")
    Path topology;

    @Option(
            names = "--rate",
            required = true,
            paramLabel = "N/h",
            converter = DumpsterPlanRate.Converter.class,
            description = "messages to each storage group: N/s, N/m, N/h or N/d")
    DumpsterPlanRate rate;

    @Option(
            names = "--avg-size",
            required = true,
            paramLabel = "SIZE",
            converter = SizeConverter.class,
            description = "their average size")
    long averageSize;

    @Option(
            names = "--window",
            paramLabel = "TIME",
            description = "how far back a failover may have lost mail; default: ${DEFAULT-VALUE}")
    String window = "12h";

    @Option(
            names = "--size",
            paramLabel = "SIZE",
            description = "plan with this dumpster per storage group instead of the file's")
    @Nullable
    String size;

    @Option(names = "--max-time", paramLabel = "TIME", description = "plan with this age limit instead of the file's")
    @Nullable
    String maxTime;

    @Override
    public Integer call() {
        if (averageSize <= 0) {
            throw Failure.usage("--avg-size is 0; write the average size of a message, such as 64KB");
        }
        Duration needed = time("--window", window);
        Topology loaded = load(topology).organization().topology();
        long most = loaded.settings().limits().maxMessageSize();
        if (averageSize > most) {
            throw Failure.usage("--avg-size " + Octets.text(averageSize) + " is above the largest message, "
                    + Octets.text(most) + " (limits.maxMessageSize)");
        }
        Topology parts = DumpsterPlanInput.with(
                loaded, size == null ? null : octets(size), maxTime == null ? null : time("--max-time", maxTime));
        DumpsterPlan plan =
                DumpsterPlan.of(parts, new DumpsterPlan.Load(rate.messages(), rate.period(), averageSize), needed);
        if (output().isTable()) {
            new DumpsterPlanText(output(), plan).print();
        } else if (output().isCsv()) {
            groups(plan);
        } else {
            output().record(fields(plan));
        }
        return isGood(plan) ? ExitCode.OK : ExitCode.BAD_ANSWER;
    }

    /** A storage group a line. */
    private void groups(DumpsterPlan plan) {
        try (Rows rows = output().rows(
                        "storageGroup",
                        "retained",
                        "atRisk",
                        "retainedSeconds",
                        "retainedShared",
                        "afterLargest",
                        "endedBy",
                        "mountLoss",
                        "coversMount",
                        "server",
                        "site",
                        "hubs")) {
            plan.groups().forEach(its -> rows.row(group(its, plan).values().toArray()));
        }
    }

    static boolean isGood(DumpsterPlan plan) {
        return plan.groups().isEmpty()
                || plan.groups().stream().noneMatch(DumpsterPlan.Group::atRisk)
                        && plan.settings().fit(plan.maxMessageSize()) != Fit.TOO_SMALL;
    }

    private static Duration time(String option, String text) {
        return Notation.duration(text)
                .orElseThrow(() -> Failure.usage(option + " \"" + text + "\" is no time; write 12h, 90m or 7d"));
    }

    private static long octets(String text) {
        return Notation.size(text)
                .orElseThrow(
                        () -> Failure.usage("--size \"" + text + "\" is no size; write 20MB or a number of bytes"));
    }

    private static Map<String, @Nullable Object> fields(DumpsterPlan plan) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put(
                "groups",
                plan.groups().stream().map(group -> group(group, plan)).toList());
        fields.put("diskPerHub", plan.diskPerHub());
        fields.put("hubs", plan.hubs().stream().map(DumpsterPlanCommand::hub).toList());
        fields.put("off", plan.settings().isOff());
        fields.put("maxSizePerStorageGroup", plan.settings().maxSizePerStorageGroup());
        fields.put("maxTime", plan.settings().maxTime().toString());
        fields.put("maxMessageSize", plan.maxMessageSize());
        fields.put("fit", fit(plan.settings().fit(plan.maxMessageSize())));
        fields.put("evictedByLargest", Math.round(plan.evictedByLargest() * 1000) / 1000.0);
        fields.put("window", plan.window().toString());
        fields.put("bytesPerHour", Math.round(plan.load().octetsIn(Duration.ofHours(1))));
        List<Object> advice = new ArrayList<>();
        plan.advice().forEach(its -> {
            Map<String, @Nullable Object> row = new LinkedHashMap<>();
            row.put("factor", its.factor().orElse(null));
            row.put("size", its.size());
            row.put("diskPerHub", its.diskPerHub());
            row.put("retained", its.retained().toString());
            row.put("why", DumpsterPlanText.why(its, plan));
            advice.add(row);
        });
        fields.put("advice", advice);
        return fields;
    }

    private static Map<String, @Nullable Object> group(DumpsterPlan.Group group, DumpsterPlan plan) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        row.put("storageGroup", group.server() + "/" + group.storageGroup());
        row.put("retained", group.retained().toString());
        row.put("atRisk", group.atRisk());
        row.put("retainedSeconds", group.retained().toSeconds());
        row.put("retainedShared", group.retainedShared().toString());
        row.put("afterLargest", group.afterLargest().toString());
        row.put("endedBy", group.bySize() ? "size" : "time");
        row.put("mountLoss", group.mountLoss().isPresent() ? group.mountLoss().getAsLong() : null);
        row.put("coversMount", plan.coversMount(group));
        row.put("server", group.server());
        row.put("site", group.site());
        row.put("hubs", group.hubs());
        return row;
    }

    private static Map<String, @Nullable Object> hub(DumpsterPlan.Hub hub) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        row.put("server", hub.server());
        row.put("site", hub.site());
        row.put("storageGroups", hub.storageGroups());
        row.put("disk", hub.disk());
        return row;
    }

    private static String fit(Fit fit) {
        return switch (fit) {
            case TOO_SMALL -> "tooSmall";
            default -> fit.name().toLowerCase(Locale.ROOT);
        };
    }
}
