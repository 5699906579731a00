package org.bridgehead.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.bridgehead.core.categorizer.Destination;
import org.bridgehead.core.directory.Organization;
import org.bridgehead.core.mail.AddressSyntaxException;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.topology.Names;
import org.bridgehead.core.topology.Server;
import org.bridgehead.core.topology.Topology;
import org.bridgehead.io.ldap.FileDirectory;
import org.bridgehead.whatif.DryExpansion;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Who would get a message to an address. */
@Command(
        name = "expand",
        header = {
            "Dry run of a group: who gets a copy, who gets none and why, loops with their path.",
            "",
            "Examples:",
            "  bridgehead expand topologies/contoso.yaml everyone@contoso.test",
            "  bridgehead expand topologies/contoso.yaml board@contoso.test --anonymous",
            "  bridgehead expand topologies/contoso.yaml sales@contoso.test --size 12MB -o json",
            ""
        },
        synopsisHeading = "Usage: ",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:everybody gets it", "1:somebody does not, or nobody is in it", "2:bad usage or topology"})
final class ExpandCommand extends Verb {
    /** Lines of one kind that people see without {@code -v}. */
    private static final int SHOWN = 12;

    @Parameters(index = "0", paramLabel = "TOPOLOGY", description = "topology file")
    Path topology;

    @Parameters(index = "1", paramLabel = "ADDR", description = "address of a group or of anybody else")
    String address;

    @Option(names = "--anonymous", description = "the sender is a stranger; default: somebody inside")
    boolean anonymous;

    @Option(names = "--size", paramLabel = "SIZE", converter = SizeConverter.class, description = "of the message")
    long size;

    @Override
    public Integer call() {
        Organization organization = load(topology).organization();
        new Places(organization).known(address);
        DryExpansion answer = DryExpansion.of(
                organization.topology().settings(),
                FileDirectory.of(organization.directory()),
                parsed(),
                !anonymous,
                size);
        if (answer.unavailable().isPresent()) {
            throw Failure.environment(
                    "the directory cannot be asked: " + answer.unavailable().get());
        }
        Output output = output();
        if (output.isTable()) {
            print(answer, organization.topology(), output);
        } else if (output.isCsv()) {
            lines(answer, organization.topology(), output);
        } else {
            output.record(fields(answer, organization.topology()));
        }
        boolean whole = answer.refused().isEmpty() && answer.lost().isEmpty();
        return whole && !answer.recipients().isEmpty() ? ExitCode.OK : ExitCode.BAD_ANSWER;
    }

    /** A recipient a line, those who get none too. */
    private static void lines(DryExpansion answer, Topology topology, Output output) {
        try (Rows rows = output.rows("address", "fate", "site", "detail")) {
            answer.recipients()
                    .forEach(its -> rows.row(its.address(), "copy", site(its, topology), where(its, topology)));
            answer.duplicates().forEach(its -> rows.row(its.address(), "duplicate", null, its.why()));
            answer.lost().forEach(its -> rows.row(its.member(), "lost", null, "in " + its.group()));
            answer.refused()
                    .forEach(its -> rows.row(its.address(), "refused", null, its.status() + " " + its.reason()));
        }
    }

    private EmailAddress parsed() {
        try {
            return EmailAddress.parse(address);
        } catch (AddressSyntaxException e) {
            throw Failure.usage("\"" + address + "\" is no mail address: " + e.getMessage(), e);
        }
    }

    private static Map<String, @Nullable Object> fields(DryExpansion answer, Topology topology) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("address", answer.address().toString());
        fields.put(
                "recipients",
                answer.recipients().stream()
                        .map(its -> its.address().toString())
                        .toList());
        fields.put(
                "duplicates",
                answer.duplicates().stream()
                        .map(its -> its.address().toString())
                        .toList());
        fields.put("loops", answer.loops());
        fields.put(
                "refused",
                answer.refused().stream()
                        .map(its -> row("address", its.address(), "status", its.status(), "reason", its.reason()))
                        .toList());
        fields.put("copiesBySite", bySite(answer, topology));
        fields.put(
                "groups", answer.groups().stream().map(EmailAddress::toString).toList());
        fields.put(
                "redirected",
                answer.redirected().stream()
                        .map(its -> row("from", its.from(), "to", its.to()))
                        .toList());
        fields.put(
                "lost",
                answer.lost().stream()
                        .map(its -> row("group", its.group(), "member", its.member()))
                        .toList());
        fields.put(
                "expansionServers",
                answer.expansionServers().stream()
                        .map(its -> row("group", its.group(), "server", its.server()))
                        .toList());
        return fields;
    }

    private static Map<String, Object> row(Object... pairs) {
        Map<String, Object> row = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            row.put((String) pairs[i], pairs[i + 1].toString());
        }
        return row;
    }

    /** Recipients by the site of their mailbox; outside ones under the empty name's place, "(outside)". */
    private static TreeMap<String, Integer> bySite(DryExpansion answer, Topology topology) {
        TreeMap<String, Integer> counts = Names.map();
        for (DryExpansion.Member member : answer.recipients()) {
            counts.merge(site(member, topology), 1, Integer::sum);
        }
        return counts;
    }

    private static String site(DryExpansion.Member member, Topology topology) {
        return member.destination() instanceof Destination.InMailbox box
                ? topology.server(box.database().server()).flatMap(Server::site).orElse("(no site)")
                : "(outside)";
    }

    private void print(DryExpansion answer, Topology topology, Output output) {
        PrintWriter out = output.text();
        Sections sections = new Sections(output, SHOWN, options().verbose);
        int count = answer.recipients().size();
        String verdict = answer.address() + " reaches " + count + (count == 1 ? " recipient" : " recipients") + " in "
                + answer.groups().size() + (answer.groups().size() == 1 ? " group" : " groups") + ".";
        out.println(count == 0 ? output.colors().bad(verdict) : output.colors().strong(verdict));
        sections.print(
                "gets a copy",
                answer.recipients().stream()
                        .map(its -> its.address() + "   " + output.colors().faint(where(its, topology)))
                        .toList());
        sections.print(
                "by site",
                bySite(answer, topology).entrySet().stream()
                        .map(site -> site.getKey() + "   " + site.getValue())
                        .toList());
        sections.print(
                "loop, harmless: each group is entered once",
                answer.loops().stream().map(loop -> String.join(" > ", loop)).toList());
        sections.print(
                "met again, still one copy",
                answer.duplicates().stream()
                        .map(its -> its.address() + "   " + output.colors().faint(its.why()))
                        .toList());
        sections.print(
                "forwarded",
                answer.redirected().stream()
                        .map(its -> its.from() + " to " + its.to())
                        .toList());
        sections.print(
                "expanded by one server only",
                answer.expansionServers().stream()
                        .map(its -> its.group() + " at " + its.server())
                        .toList());
        sections.print(
                output.colors().bad("leads nowhere, and nobody is told"),
                answer.lost().stream()
                        .map(its -> its.member() + " in " + its.group())
                        .toList());
        sections.print(
                output.colors().bad("refused, the sender is told"),
                answer.refused().stream()
                        .map(its -> its.address() + "   " + its.status() + " " + its.reason())
                        .toList());
        out.flush();
    }

    private static String where(DryExpansion.Member member, Topology topology) {
        return member.destination() instanceof Destination.InMailbox box
                ? box.database() + " in " + site(member, topology)
                : "outside";
    }
}
