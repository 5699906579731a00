package org.bridgehead.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.bridgehead.core.categorizer.Destination;
import org.bridgehead.core.topology.Topology;
import org.bridgehead.whatif.DryExpansion;

/** An expansion for people: who gets a copy, who does not and why. */
final class ExpandText {
    /** Lines of one kind that people see without {@code -v}. */
    private static final int SHOWN = 12;

    private final DryExpansion answer;
    private final Topology topology;
    private final boolean verbose;

    ExpandText(DryExpansion answer, Topology topology, boolean verbose) {
        this.answer = answer;
        this.topology = topology;
        this.verbose = verbose;
    }

    void print(Output output) {
        PrintWriter out = output.text();
        int count = answer.recipients().size();
        String verdict = answer.address() + " reaches " + count + (count == 1 ? " recipient" : " recipients") + " in "
                + answer.groups().size() + (answer.groups().size() == 1 ? " group" : " groups") + ".";
        out.println(count == 0 ? output.colors().bad(verdict) : output.colors().strong(verdict));
        Sections sections = new Sections(output, SHOWN, verbose);
        reached(sections, output);
        onTheWay(sections, output);
        missed(sections, output);
        out.flush();
    }

    private void reached(Sections sections, Output output) {
        sections.print(
                "gets a copy",
                lines(
                        answer.recipients(),
                        its -> its.address() + "   " + output.colors().faint(where(its, topology))));
        sections.print(
                "by site",
                ExpandCommand.bySite(answer, topology).entrySet().stream()
                        .map(site -> site.getKey() + "   " + site.getValue())
                        .toList());
    }

    private void onTheWay(Sections sections, Output output) {
        sections.print(
                "loop, harmless: each group is entered once", lines(answer.loops(), loop -> String.join(" > ", loop)));
        sections.print(
                "met again, still one copy",
                lines(
                        answer.duplicates(),
                        its -> its.address() + "   " + output.colors().faint(its.why())));
        sections.print("forwarded", lines(answer.redirected(), its -> its.from() + " to " + its.to()));
        sections.print(
                "expanded by one server only",
                lines(answer.expansionServers(), its -> its.group() + " at " + its.server()));
        sections.print("takes mail from some senders only (see --from)", lines(answer.restricted(), ExpandText::who));
        sections.print(
                "subject to a rule",
                lines(answer.ruled(), its -> its.address() + "   " + its.rule() + " " + its.what()));
        sections.print(
                "put on record by a journal rule",
                lines(answer.journaled(), its -> its.address() + "   " + its.rule()));
        sections.print(
                "of its members' failures, not the sender is told",
                lines(
                        answer.reports(),
                        its -> its.group() + ": "
                                + its.to().map(to -> to + ", its manager").orElse("nobody")));
    }

    private void missed(Sections sections, Output output) {
        Colors colors = output.colors();
        sections.print(
                colors.bad("has nobody behind it"), lines(answer.dropped(), its -> its.address() + "   " + its.why()));
        sections.print(
                colors.bad("leads nowhere, and nobody is told"),
                lines(answer.lost(), its -> its.member() + " in " + its.group()));
        sections.print(
                colors.bad("forwarded in a circle"), lines(answer.forwardLoops(), loop -> String.join(" > ", loop)));
        sections.print(
                colors.bad("refused, the sender is told"),
                lines(answer.refused(), its -> its.address() + "   " + its.status() + " " + its.reason()));
    }

    private static <A> List<String> lines(List<A> list, Function<A, String> line) {
        return list.stream().map(line).toList();
    }

    private static String who(DryExpansion.Restricted its) {
        List<String> words = new ArrayList<>();
        if (!its.restrictions().acceptFrom().isEmpty()) {
            words.add("only from " + String.join(", ", its.restrictions().acceptFrom()));
        }
        if (!its.restrictions().rejectFrom().isEmpty()) {
            words.add("not from " + String.join(", ", its.restrictions().rejectFrom()));
        }
        return its.address() + "   " + String.join("; ", words);
    }

    static String where(DryExpansion.Member member, Topology topology) {
        return member.destination() instanceof Destination.InMailbox box
                ? box.database() + " in " + ExpandCommand.site(member, topology)
                : "outside";
    }
}
