package org.bridgehead.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.bridgehead.core.categorizer.Destination;
import org.bridgehead.core.categorizer.Submission;
import org.bridgehead.core.directory.Directory;
import org.bridgehead.core.directory.Organization;
import org.bridgehead.core.mail.AddressSyntaxException;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.topology.AcceptedDomain;
import org.bridgehead.core.topology.Names;
import org.bridgehead.core.topology.Server;
import org.bridgehead.core.topology.Settings;
import org.bridgehead.core.topology.Topology;
import org.bridgehead.io.config.LoadedTopology;
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
            "  bridgehead expand topologies/contoso.yaml board@contoso.test --from anna@contoso.test",
            "  bridgehead expand topologies/contoso.yaml board@contoso.test --anonymous",
            "  bridgehead expand topologies/contoso.yaml sales@contoso.test --size 12MB -o json",
            ""
        },
        synopsisHeading = "Usage: ",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:everybody gets it", "1:somebody does not, or nobody is in it", "2:bad usage or topology"})
final class ExpandCommand extends Verb {
    /** An address that nobody can have (RFC 2606). */
    private static final String STRANGER = "stranger@nowhere.invalid";

    @Parameters(index = "0", paramLabel = "TOPOLOGY", description = "topology file")
    Path topology;

    @Parameters(index = "1", paramLabel = "ADDR", description = "address of a group or of anybody else")
    String address;

    @Option(
            names = "--from",
            paramLabel = "SENDER",
            description = "address of the sender; default: somebody inside whom everybody takes mail from")
    @Nullable
    String from;

    @Option(names = "--anonymous", description = "the sender is a stranger, whatever address it gives")
    boolean anonymous;

    @Option(names = "--size", paramLabel = "SIZE", converter = SizeConverter.class, description = "of the message")
    long size;

    @Option(names = "--allow-outbound", description = "ask domain controllers that are not on this machine, too")
    boolean outbound;

    @Override
    public Integer call() {
        LoadedTopology loaded = load(topology);
        Organization organization = loaded.organization();
        try (KnownPeople people = KnownPeople.of(organization, loaded.folder(), outbound)) {
            Directory directory = people.fromAnyHub();
            new Places(organization, directory).known(address);
            return answer(
                    organization,
                    DryExpansion.of(
                            organization.topology().settings(),
                            directory,
                            parsed(address),
                            submission(organization.topology().settings())));
        }
    }

    private int answer(Organization organization, DryExpansion answer) {
        if (answer.unavailable().isPresent()) {
            throw Failure.environment(
                    "the directory cannot be asked: " + answer.unavailable().get());
        }
        Output output = output();
        if (output.isTable()) {
            new ExpandText(answer, organization.topology(), options().verbose).print(output);
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
                    .forEach(its ->
                            rows.row(its.address(), "copy", site(its, topology), ExpandText.where(its, topology)));
            answer.duplicates().forEach(its -> rows.row(its.address(), "duplicate", null, its.why()));
            answer.dropped().forEach(its -> rows.row(its.address(), "dropped", null, its.why()));
            answer.lost().forEach(its -> rows.row(its.member(), "lost", null, "in " + its.group()));
            answer.refused()
                    .forEach(its -> rows.row(its.address(), "refused", null, its.status() + " " + its.reason()));
        }
    }

    /** Whoever writes from an address of the organisation has logged in, unless it is said otherwise. */
    private Submission submission(Settings settings) {
        if (from == null && !anonymous) {
            return DryExpansion.fromInside(settings, size);
        }
        EmailAddress sender = parsed(from == null ? STRANGER : from);
        boolean inside = settings.acceptedDomain(sender.domain())
                .filter(domain -> domain.type() == AcceptedDomain.Type.AUTHORITATIVE)
                .isPresent();
        return new Submission(Optional.of(sender), inside && !anonymous, size);
    }

    private static EmailAddress parsed(String text) {
        try {
            return EmailAddress.parse(text);
        } catch (AddressSyntaxException e) {
            throw Failure.usage("\"" + text + "\" is no mail address: " + e.getMessage(), e);
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
        fields.put(
                "loops",
                Stream.concat(answer.loops().stream(), answer.forwardLoops().stream())
                        .toList());
        fields.put(
                "refused",
                rows(
                        answer.refused(),
                        its -> row("address", its.address(), "status", its.status(), "reason", its.reason())));
        fields.put("copiesBySite", bySite(answer, topology));
        fields.put(
                "groups", answer.groups().stream().map(EmailAddress::toString).toList());
        fields.put("redirected", rows(answer.redirected(), its -> row("from", its.from(), "to", its.to())));
        fields.put("dropped", rows(answer.dropped(), its -> row("address", its.address(), "why", its.why())));
        fields.put(
                "reports",
                rows(
                        answer.reports(),
                        its -> row(
                                "group",
                                its.group(),
                                "to",
                                its.to().map(EmailAddress::toString).orElse("nobody"))));
        fields.put(
                "rules",
                rows(answer.ruled(), its -> row("address", its.address(), "rule", its.rule(), "what", its.what())));
        fields.put("journaled", rows(answer.journaled(), its -> row("address", its.address(), "rule", its.rule())));
        fields.put("restricted", rows(answer.restricted(), ExpandCommand::restricted));
        fields.put("lost", rows(answer.lost(), its -> row("group", its.group(), "member", its.member())));
        fields.put(
                "expansionServers",
                rows(answer.expansionServers(), its -> row("group", its.group(), "server", its.server())));
        return fields;
    }

    private static <A> List<Map<String, Object>> rows(List<A> list, Function<A, Map<String, Object>> row) {
        return list.stream().map(row).toList();
    }

    private static Map<String, Object> restricted(DryExpansion.Restricted its) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("address", its.address().toString());
        row.put("acceptFrom", its.restrictions().acceptFrom());
        row.put("rejectFrom", its.restrictions().rejectFrom());
        return row;
    }

    private static Map<String, Object> row(Object... pairs) {
        Map<String, Object> row = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            row.put((String) pairs[i], pairs[i + 1].toString());
        }
        return row;
    }

    /** Recipients by the site of their mailbox; outside ones under the empty name's place, "(outside)". */
    static TreeMap<String, Integer> bySite(DryExpansion answer, Topology topology) {
        TreeMap<String, Integer> counts = Names.map();
        for (DryExpansion.Member member : answer.recipients()) {
            counts.merge(site(member, topology), 1, Integer::sum);
        }
        return counts;
    }

    static String site(DryExpansion.Member member, Topology topology) {
        return member.destination() instanceof Destination.InMailbox box
                ? topology.server(box.database().server()).flatMap(Server::site).orElse("(no site)")
                : "(outside)";
    }
}
