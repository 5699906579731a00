package org.bridgehead.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bridgehead.io.config.LoadedTopology;
import org.bridgehead.whatif.trace.Incident;
import org.bridgehead.whatif.trace.Trace;
import org.bridgehead.whatif.trace.TracePlan;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** One message followed through the organisation, nothing sent. */
@Command(
        name = "trace",
        header = {
            "What becomes of a message, server by server and why; nothing is sent.",
            "",
            "Examples:",
            "  bridgehead trace topologies/contoso.yaml --from anna@contoso.test --to mia@contoso.test",
            "  bridgehead trace topologies/contoso.yaml --from anna@contoso.test --to everyone@contoso.test -o json",
            "  bridgehead trace topologies/contoso.yaml --from x@fabrikam.test --to mia@contoso.test --down link:Vienna-Rome \\",
            "      --why-waiting --when-next",
            "  bridgehead trace topologies/contoso.yaml --from anna@contoso.test --to mia@contoso.test --if-dies MUC-HT1",
            "  bridgehead trace topologies/contoso.yaml --from anna@contoso.test --to mia@contoso.test \\",
            "      --down site:Rome --up site:Rome@90m --for 2h --html trace.html",
            "  bridgehead trace examples/scenarios/demo.yaml --html demo.html",
            "",
            "Servers decide as the live ones do, in virtual time. -o json prints the tracking events that they would write,",
            "one a line.",
            ""
        },
        synopsisHeading = "Usage: ",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:everybody gets it",
            "1:somebody does not, or not yet; or an expectation of the scenario is not met",
            "2:bad usage or topology",
            "3:cannot write the file"
        })
final class TraceCommand extends Verb {
    @Parameters(paramLabel = "TOPOLOGY", description = "topology file, or a scenario file with messages of its own")
    Path topology;

    @Mixin
    TraceOptions options = new TraceOptions();

    @Mixin
    TraceQuestions questions = new TraceQuestions();

    @Option(names = "--html", paramLabel = "FILE", description = "write a page with a timeline of it")
    @Nullable
    Path html;

    @Option(names = "--allow-outbound", description = "ask domain controllers that are not on this machine, too")
    boolean outbound;

    @Override
    public Integer call() {
        return Scenarios.isScenario(topology) ? playScenario() : traceMessage();
    }

    private int playScenario() {
        if (options.from != null || !options.to.isEmpty() || questions.any()) {
            throw Failure.usage(topology + " is a scenario: it has its own messages, and questions are about one of"
                    + " them; give a topology with --from and --to");
        }
        TraceScenario scenario = TraceScenario.play(this, topology);
        Output output = output();
        if (output.isTable()) {
            scenario.print(output, options().verbose);
        } else {
            new TraceOutput(scenario.trace(), questions, output, false).print(err());
            scenario.complain(err());
        }
        if (html != null) {
            TracePage.write(html, scenario.trace());
        }
        return scenario.isMet() ? ExitCode.OK : ExitCode.BAD_ANSWER;
    }

    private int traceMessage() {
        List<KnownPeople> people = new ArrayList<>();
        try {
            return trace(people);
        } finally {
            people.forEach(KnownPeople::close);
        }
    }

    private int trace(List<KnownPeople> people) {
        List<LoadedTopology> read = new ArrayList<>();
        TraceInput input = new TraceInput(
                options,
                edits -> {
                    read.add(read.isEmpty() ? load(topology, edits) : read(topology, edits));
                    return read.get(read.size() - 1).organization();
                },
                organization -> {
                    people.add(KnownPeople.of(organization, read.get(0).folder(), outbound));
                    return people.get(0).fromAnyHub();
                });
        TracePlan plan = input.plan();
        warnOfControllers(plan);
        Trace trace = Trace.of(plan);
        questions.check(trace);
        TraceOutput output = new TraceOutput(trace, questions, output(), options().verbose);
        output.print(err());
        if (html != null) {
            TracePage.write(html, trace);
        }
        return trace.isGood() ? ExitCode.OK : ExitCode.BAD_ANSWER;
    }

    /** Nobody waits for the directory here. */
    private void warnOfControllers(TracePlan plan) {
        boolean any = plan.incidents().stream()
                .anyMatch(
                        its -> its instanceof Incident.Down down && down.item().startsWith("dc:"));
        if (any && !options().quiet) {
            err().println(options()
                    .colors()
                    .warning("dc: changes nothing here: the directory of a trace always answers"));
        }
    }
}
