package org.bridgehead.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import org.bridgehead.whatif.DumpsterPlan;
import org.bridgehead.whatif.DumpsterPlan.Advice;
import org.bridgehead.whatif.DumpsterPlan.Group;

/** A dumpster plan for people. */
final class DumpsterPlanText {
    private final Output output;
    private final PrintWriter out;
    private final Colors colors;
    private final DumpsterPlan plan;

    DumpsterPlanText(Output output, DumpsterPlan plan) {
        this.output = output;
        this.out = output.text();
        this.colors = output.colors();
        this.plan = plan;
    }

    void print() {
        if (plan.groups().isEmpty()) {
            out.println("No mailbox server is replicated by ccr or lcr: hubs keep nothing, and nothing is asked for"
                    + " again.");
            out.flush();
            return;
        }
        head();
        groups();
        mount();
        disk();
        advice();
        out.println();
        out.println(verdict());
        out.flush();
    }

    private void head() {
        long size = plan.settings().maxSizePerStorageGroup();
        out.println("dumpster  "
                + (plan.settings().isOff()
                        ? colors.bad("off")
                        : colors.strong(Octets.text(size)) + " per storage group and hub, at most "
                                + time(plan.settings().maxTime()) + "; " + fit()));
        out.println("mail      " + number(plan.load().messages()) + " in "
                + time(plan.load().period()) + ", "
                + Octets.text(plan.load().averageSize()) + " on average: "
                + Octets.text(Math.round(plan.load().octetsIn(Duration.ofHours(1))))
                + " an hour to each storage group");
        out.println("largest   " + largest());
        out.println();
    }

    private String fit() {
        String share = Math.round(plan.settings().maxSizePerStorageGroup() * 100.0 / plan.maxMessageSize())
                + " % of the largest message: ";
        return switch (plan.settings().fit(plan.maxMessageSize())) {
            case TOO_SMALL -> colors.bad(share + "too small");
            case TIGHT -> colors.warning(share + "tight");
            case GOOD -> share + "good";
            case LARGE -> share + "generous";
        };
    }

    private String largest() {
        String size = Octets.text(plan.maxMessageSize());
        if (plan.settings().isOff()) {
            return size;
        }
        return plan.evictedByLargest() == 0
                ? colors.bad(size + " does not fit: such a message is not kept, and evicts nothing")
                : "one message of " + size + " pushes out " + Math.round(plan.evictedByLargest() * 100)
                        + " % of a full dumpster";
    }

    private void groups() {
        try (Rows rows =
                output.rows("storageGroup", "site", "hubs", "retained", "withAllHubs", "afterTheLargest", "atRisk")) {
            plan.groups()
                    .forEach(group -> rows.row(
                            group.server() + "/" + group.storageGroup(),
                            group.site(),
                            group.hubs(),
                            time(group.retained()),
                            time(group.retainedShared()),
                            time(group.afterLargest()),
                            group.atRisk() ? "yes" : "no"));
        }
        out.println(colors.faint("retained: one hub delivers everything; with all hubs: they take turns, and one that"
                + " fails takes its share along"));
    }

    /** What a failover without anybody's decision may lack, group by group the same unless dials differ. */
    private void mount() {
        long most = plan.groups().stream()
                .mapToLong(group -> group.mountLoss().orElse(0))
                .max()
                .orElse(0);
        out.println();
        if (most == 0) {
            return;
        }
        boolean covered = plan.groups().stream().allMatch(plan::coversMount);
        String loss = "automatic mounts lack " + Octets.text(most) + " of logs at most: ";
        out.println("failover  "
                + (covered
                        ? loss + "that much is there, even after a largest message"
                        : colors.warning(loss + "not there after a largest message")));
    }

    private void disk() {
        out.println("disk      " + colors.strong(Octets.text(plan.diskPerHub())) + " on each hub when full"
                + plan.hubs().stream()
                        .filter(hub -> hub.disk() == plan.diskPerHub())
                        .findFirst()
                        .map(hub -> ": " + hub.storageGroups() + " x "
                                + Octets.text(
                                        plan.settings().isOff()
                                                ? 0
                                                : plan.settings().maxSizePerStorageGroup()))
                        .orElse(""));
    }

    private void advice() {
        out.println();
        try (Rows rows = output.rows("advice", "size", "diskPerHub", "retained", "why")) {
            for (Advice its : plan.advice()) {
                rows.row(
                        its.factor().map(factor -> number(factor) + " x").orElse("window"),
                        Octets.text(its.size()),
                        Octets.text(its.diskPerHub()),
                        time(its.retained()),
                        why(its, plan));
            }
        }
    }

    /** Where a piece of advice comes from. */
    static String why(Advice advice, DumpsterPlan plan) {
        double factor = advice.factor().orElse(0.0);
        if (factor == 0) {
            return advice.retained().compareTo(plan.window()) < 0
                    ? "enough for " + time(plan.window()) + ", once maxTime is no shorter than that"
                    : "reaches back " + time(plan.window()) + " and has room for one largest message";
        }
        if (factor < 1.5) {
            return "from the first release's days: below 135 % little is left beside a largest message";
        }
        return factor < 3
                ? "the documented advice: half of a largest message is left beside it"
                : "from the field: two largest messages in a row leave a third";
    }

    private String verdict() {
        List<Group> risky = plan.groups().stream().filter(Group::atRisk).toList();
        if (plan.settings().isOff()) {
            return colors.bad(
                    "Off: what a failover loses is lost in all " + plan.groups().size() + " storage groups.");
        }
        if (!risky.isEmpty()) {
            return colors.bad(risky.size() + " of " + plan.groups().size() + " storage groups at risk: after a failover"
                    + " mail of the last " + time(plan.window()) + " may be wanted, and the dumpster reaches back "
                    + time(risky.get(0).retained()) + ".");
        }
        return DumpsterPlanCommand.isGood(plan)
                ? colors.good("The dumpster reaches back " + time(plan.window()) + " for all "
                        + plan.groups().size() + " storage groups.")
                : colors.bad(
                        plan.maxMessageSize() > plan.settings().maxSizePerStorageGroup()
                                ? "The dumpster reaches far enough, but does not keep messages above "
                                        + Octets.text(plan.settings().maxSizePerStorageGroup()) + "."
                                : "The dumpster reaches far enough, but one large message may empty it.");
    }

    /** The two largest units: {@code 6d 4h}, {@code 16m}. */
    static String time(Duration time) {
        long[] parts = {time.toDays(), time.toHoursPart(), time.toMinutesPart(), time.toSecondsPart()};
        String units = "dhms";
        for (int i = 0; i < parts.length; i++) {
            if (parts[i] > 0) {
                boolean more = i + 1 < parts.length && parts[i + 1] > 0;
                return parts[i]
                        + units.substring(i, i + 1)
                        + (more ? " " + parts[i + 1] + units.substring(i + 1, i + 2) : "");
            }
        }
        return time.isZero() ? "none" : "under 1s";
    }

    private static String number(double number) {
        return number == Math.rint(number) ? String.valueOf((long) number) : String.valueOf(number);
    }
}
