package org.bridgehead.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.bridgehead.core.directory.Organization;
import org.bridgehead.io.config.Overlay;
import org.bridgehead.io.config.Remarks;
import org.bridgehead.io.ldap.forest.AdExport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A topology for other tools. */
@Command(
        name = "export",
        header = {
            "A topology for other tools: the LDIF of a forest of Active Directory, or JSON.",
            "",
            "Examples:",
            "  bridgehead export ad-ldif topologies/contoso.yaml -O contoso.ldif --overlay contoso-rest.yaml",
            "  bridgehead import ad-ldif contoso.ldif --overlay contoso-rest.yaml           gives contoso.yaml again",
            "  bridgehead export json topologies/contoso.yaml | jq .sites",
            "",
            "The LDIF has what Active Directory and Exchange 2007 keep: sites, IP site links, subnets, domain",
            "controllers, servers with roles, connectors, accepted domains, databases and recipients. What they have no",
            "place for is listed in its first lines, and written to the overlay. Passwords are in the overlay alone.",
            ""
        },
        synopsisHeading = "Usage: ",
        sortOptions = false,
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:done", "2:bad usage or file", "3:a file cannot be written"})
final class ExportCommand extends Verb {
    @Parameters(index = "0", paramLabel = "KIND", description = "of target: ad-ldif or json")
    String kind = "";

    @Parameters(index = "1", paramLabel = "TOPOLOGY", description = "topology file")
    Path file = Path.of("");

    @Option(names = "-O", paramLabel = "FILE", description = "write here, over what stands there; default: stdout")
    @Nullable
    Path target;

    @Option(
            names = "--overlay",
            paramLabel = "FILE",
            description = "ad-ldif: write what Active Directory has no place for here, for import --overlay")
    @Nullable
    Path overlay;

    @Option(
            names = "--hub-site-bit",
            paramLabel = "N",
            description =
                    "ad-ldif: mark hub sites by this bit of msExchTransportSiteFlags (1, 2, 4 and so on); it is not"
                            + " documented, so by default hub sites are in the overlay")
    @Nullable
    Long hubSiteBit;

    @Override
    public Integer call() throws IOException {
        switch (kind.toLowerCase(Locale.ROOT)) {
            case "json" -> json();
            case "ad-ldif" -> ldif();
            default -> throw Failure.usage("export " + kind + ": no such target; write export ad-ldif T or json T");
        }
        return ExitCode.OK;
    }

    private void json() throws IOException {
        if (overlay != null || hubSiteBit != null) {
            throw Failure.usage("export json takes no " + (overlay != null ? "--overlay" : "--hub-site-bit"));
        }
        put(out -> new TopologyAnswer(load(file).organization(), Remarks.NONE).write(out, OutputFormat.JSON));
    }

    private void ldif() throws IOException {
        Organization organization = load(file).organization();
        Optional<Long> bit = Optional.ofNullable(hubSiteBit);
        try {
            AdExport export = AdExport.of(organization, bit);
            Overlay rest = Overlay.between(
                    ImportAd.roomy(export.imported(ImportAd.silent(bit)).organization()), organization);
            put(out -> export.write(heading(organization, export, rest), out));
            if (overlay != null) {
                AnswerFile.save(overlay, out -> rest.write(overlayHeading(), out));
            }
        } catch (IllegalArgumentException e) {
            throw Failure.usage("export ad-ldif: " + e.getMessage(), e);
        }
    }

    private void put(AnswerFile.Writing writing) throws IOException {
        if (target == null) {
            writing.to(output().text());
            output().text().flush();
        } else {
            AnswerFile.save(target, writing);
        }
    }

    private List<String> heading(Organization organization, AdExport export, Overlay rest) {
        List<String> lines = new ArrayList<>();
        lines.add("The forest of " + organization.topology().settings().name() + ", made from " + file.getFileName()
                + " by `bridgehead export ad-ldif`: " + export.size() + " objects.");
        lines.add("Active Directory has no place for these"
                + (overlay == null
                        ? " (export --overlay FILE keeps them):"
                        : ", which are in " + overlay.getFileName() + ":"));
        rest.summary().forEach(line -> lines.add("- " + line));
        return lines;
    }

    private List<String> overlayHeading() {
        return List.of(
                "What Active Directory has no place for of " + file.getFileName()
                        + ", made by `bridgehead export ad-ldif`.",
                "Lay it over the forest again: bridgehead import ad-ldif "
                        + (target == null ? "FILE" : target.getFileName()) + " --overlay THIS",
                "Maps are merged key by key, other values replaced, null removes a key.");
    }
}
