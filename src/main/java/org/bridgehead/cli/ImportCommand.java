package org.bridgehead.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.bridgehead.core.directory.Organization;
import org.bridgehead.io.config.GraphmlImport;
import org.bridgehead.io.config.GraphmlOptions;
import org.bridgehead.io.config.ImportedTopology;
import org.bridgehead.io.config.TopologyFileException;
import org.bridgehead.io.ldap.forest.AdOptions.Placement;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A topology from the real world. */
@Command(
        name = "import",
        header = {
            "A topology from the real world: Active Directory, or a network drawn in GraphML.",
            "",
            "Examples:",
            "  bridgehead import ad-ldif sites.ldf exchange.ldf people.ldf -O corp.yaml",
            "  bridgehead import ad-ldap ldaps://dc1.corp.test --bind-dn reader@corp.test --password-file pw -O corp.yaml",
            "  bridgehead import graphml wan.graphml --hub-per-site 2 --metric cost --on-failure reroute -O wan.yaml",
            "",
            "ad-ldif reads what ldapsearch, ldifde and Samba's tools write, in one file or several: the configuration",
            "partition for sites, IP site links, subnets, domain controllers and Exchange servers, connectors, domains",
            "and databases; the domain for recipients. ad-ldap asks a domain controller for the same and changes",
            "nothing there. Without Exchange in the forest, hubs, mailbox servers and a way to the Internet are added.",
            "graphml: nodes become sites, edges site links, coordinates positions; costs come from cost, weight or",
            "metric, else from LinkSpeedRaw, bandwidth or capacity, else they are 100. Files of the Internet Topology",
            "Zoo, yEd, NetworkX and JGraphT are understood. What had to be assumed is said on stderr and in comments.",
            ""
        },
        synopsisHeading = "Usage: ",
        sortOptions = false,
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:done", "2:bad usage or file", "3:a file or a server cannot be read or written"})
final class ImportCommand extends Verb {
    @Parameters(index = "0", paramLabel = "KIND", description = "of source: ad-ldif, ad-ldap or graphml")
    String kind = "";

    @Parameters(index = "1..*", arity = "0..*", paramLabel = "FILE|URL", description = "what to import")
    List<String> sources = new ArrayList<>();

    @Option(names = "-O", paramLabel = "FILE", description = "write here, over what stands there; default: stdout")
    @Nullable
    Path target;

    @Option(names = "--name", paramLabel = "NAME", description = "of the organisation; default: the source's")
    @Nullable
    String name;

    @Option(
            names = "--hub-per-site",
            paramLabel = "N",
            description = "hub servers per site, where the source has no Exchange; default: ${DEFAULT-VALUE}")
    int hubs = 1;

    @Option(
            names = "--place-mailboxes",
            arity = "0..1",
            paramLabel = "subnet|round-robin|none",
            parameterConsumer = PlaceMailboxes.class,
            description = "where the source has no Exchange. subnet: a mailbox server in each site that has a subnet,"
                    + " and mailboxes in proportion to the number of subnets; round-robin: one in each site, and"
                    + " mailboxes in turn; default: subnet for Active Directory, round-robin for graphml")
    @Nullable
    Placement placement;

    @Option(names = "--no-place-mailboxes", description = "the same as --place-mailboxes none")
    boolean noMailboxes;

    @Mixin
    RoutingOptions routing = new RoutingOptions();

    @ArgGroup(exclusive = false, validate = false, heading = "Active Directory:%n")
    ImportAdOptions ad = new ImportAdOptions();

    @Override
    public Integer call() throws IOException {
        TopologyAnswer.check(options().format);
        TopologyAnswer answer = switch (kind.toLowerCase(Locale.ROOT)) {
            case "graphml" -> graphml();
            case "ad-ldif", "ad-ldap" -> new ImportAd(this).answer();
            default ->
                throw Failure.usage(
                        "import " + kind + ": no such source; write import ad-ldif FILE…, ad-ldap URL or graphml FILE");
        };
        if (target == null) {
            answer.print(output().text(), options().format);
        } else {
            answer.save(target, options().format);
        }
        return ExitCode.OK;
    }

    /** Where mailboxes go, as asked for. */
    Placement placement(Placement otherwise) {
        if (noMailboxes) {
            return Placement.NONE;
        }
        return placement == null ? otherwise : placement;
    }

    private TopologyAnswer graphml() {
        ad.refuse("import graphml", List.of());
        if (sources.size() != 1) {
            throw Failure.usage("import graphml: which file? Write import graphml FILE");
        }
        Path path = Path.of(sources.get(0));
        if (!Files.isRegularFile(path)) {
            throw Failure.usage("no such GraphML file: " + path);
        }
        Placement where = placement(Placement.ROUND_ROBIN);
        if (where == Placement.SUBNET) {
            throw Failure.usage("import graphml --place-mailboxes subnet: a graph has no subnets; write round-robin");
        }
        ImportedTopology imported = read(path, where != Placement.NONE);
        warn(imported.warnings());
        Organization made = imported.organization();
        return new TopologyAnswer(
                new Organization(HopRoom.made(made.topology()), made.directory()), imported.remarks());
    }

    /** The name that was asked for. */
    Optional<String> name() {
        return Optional.ofNullable(name).filter(text -> !text.isBlank());
    }

    private ImportedTopology read(Path path, boolean mailboxes) {
        try {
            return GraphmlImport.read(path, new GraphmlOptions(name(), routing.policy(), hubs, mailboxes));
        } catch (IllegalArgumentException e) {
            throw Failure.usage(String.valueOf(e.getMessage()), e);
        } catch (TopologyFileException e) {
            throw Failure.usage(e.illustrated(), e);
        } catch (IOException e) {
            throw FileTrouble.reading(path, e);
        }
    }
}
