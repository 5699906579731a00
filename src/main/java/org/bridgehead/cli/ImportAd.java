package org.bridgehead.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bridgehead.core.directory.Organization;
import org.bridgehead.core.topology.RoutingPolicy;
import org.bridgehead.core.topology.Topology;
import org.bridgehead.io.config.LoadedTopology;
import org.bridgehead.io.config.Overlay;
import org.bridgehead.io.config.Remarks;
import org.bridgehead.io.config.TopologyFile;
import org.bridgehead.io.config.TopologyFileException;
import org.bridgehead.io.ldap.LdifException;
import org.bridgehead.io.ldap.forest.AdImport;
import org.bridgehead.io.ldap.forest.AdImported;
import org.bridgehead.io.ldap.forest.AdLocation;
import org.bridgehead.io.ldap.forest.AdLocation.Login;
import org.bridgehead.io.ldap.forest.AdOptions;
import org.bridgehead.io.ldap.forest.AdOptions.Placement;
import org.bridgehead.io.ldap.forest.AdServerException;
import org.bridgehead.io.tls.PemFile;

/** {@code import ad-ldif} and {@code import ad-ldap}. One run. */
final class ImportAd {
    private static final List<String> OF_FILES = List.of("--overlay", "--hub-site-bit", "--no-recipients");

    private final ImportCommand command;
    private final ImportAdOptions given;

    ImportAd(ImportCommand command) {
        this.command = command;
        this.given = command.ad;
    }

    /** What an import adds of its own accord: a hub and perhaps a mailbox server per site, the usual settings. */
    static AdOptions silent(Optional<Long> hubSiteBit) {
        return new AdOptions(
                TopologyFile.settings("Imported", "imported.test", RoutingPolicy.DEFAULT),
                Optional.empty(),
                hubSiteBit,
                1,
                Placement.SUBNET,
                true);
    }

    /** An import's organisation with room for its longest path. */
    static Organization roomy(Organization made) {
        return new Organization(HopRoom.made(made.topology()), made.directory());
    }

    /** The topology with its comments; warnings have been printed. */
    TopologyAnswer answer() {
        if (given.overlay != null && !Files.isRegularFile(given.overlay)) {
            throw Failure.usage("no such overlay: " + given.overlay);
        }
        AdOptions options = options();
        AdImported imported = command.kind.equalsIgnoreCase("ad-ldif") ? files(options) : server(options);
        imported.warnings().forEach(command::warn);
        Organization made = roomy(imported.organization());
        return new TopologyAnswer(overlaid(made), Remarks.of(heading(made.topology(), imported)));
    }

    private AdOptions options() {
        try {
            AdOptions silent = silent(Optional.ofNullable(given.hubSiteBit));
            return new AdOptions(
                    silent.settings().withRouting(command.routing.policy()),
                    command.name(),
                    silent.hubSiteBit(),
                    command.hubs,
                    command.placement(silent.placement()),
                    !given.noRecipients);
        } catch (IllegalArgumentException e) {
            throw Failure.usage("import " + command.kind + ": " + e.getMessage(), e);
        }
    }

    private AdImported files(AdOptions options) {
        given.refuse("import ad-ldif", OF_FILES);
        List<Path> files = command.sources.stream().map(Path::of).toList();
        if (files.isEmpty()) {
            throw Failure.usage("import ad-ldif: which files? Write import ad-ldif FILE…");
        }
        for (Path file : files) {
            if (!Files.isRegularFile(file)) {
                throw Failure.usage("no such LDIF file: " + file);
            }
        }
        try {
            return AdImport.files(files, options);
        } catch (LdifException e) {
            throw Failure.usage(String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            throw Failure.environment("cannot read the LDIF: " + e.getMessage(), e);
        }
    }

    private AdImported server(AdOptions options) {
        if (command.sources.size() != 1) {
            throw Failure.usage("import ad-ldap: which server? Write import ad-ldap ldaps://dc1.example.test");
        }
        AdLocation location = location(command.sources.get(0));
        try {
            return AdImport.server(location, options);
        } catch (AdServerException e) {
            throw Failure.environment(String.valueOf(e.getMessage()), e);
        } catch (LdifException e) {
            String hint = location.login().isPresent()
                    ? "; may " + location.login().get() + " read CN=Sites below CN=Configuration?"
                    : "; log in with --bind-dn and --password-file";
            throw Failure.environment(location + ": there is no site to be seen" + hint, e);
        }
    }

    private AdLocation location(String url) {
        if ((given.bindDn == null) != (given.passwordFile == null)) {
            throw Failure.usage("import ad-ldap: --bind-dn and --password-file go together");
        }
        try {
            AdLocation location = AdLocation.of(url, given.startTls);
            if (given.caFile != null && location.security() == AdLocation.Security.NONE) {
                throw Failure.usage("import ad-ldap: --ca-file goes with ldaps:// or --start-tls");
            }
            AdLocation whole = location.with(login(), Optional.ofNullable(given.base), authorities());
            if (whole.login().isPresent() && whole.isOpenToAll()) {
                command.warn("the password goes to " + whole + " in the clear: use ldaps:// or --start-tls");
            }
            return whole;
        } catch (IllegalArgumentException e) {
            throw Failure.usage("import ad-ldap: " + e.getMessage(), e);
        }
    }

    private Optional<Login> login() {
        if (given.bindDn == null || given.passwordFile == null) {
            return Optional.empty();
        }
        try {
            List<String> lines = Files.readAllLines(given.passwordFile);
            if (lines.isEmpty() || lines.get(0).isEmpty()) {
                throw Failure.usage("--password-file " + given.passwordFile + ": the first line is empty");
            }
            return Optional.of(new Login(given.bindDn, lines.get(0)));
        } catch (NoSuchFileException e) {
            throw Failure.usage("--password-file " + given.passwordFile + ": there is no such file", e);
        } catch (IOException e) {
            throw Failure.usage("--password-file " + given.passwordFile + " cannot be read: " + e.getMessage(), e);
        }
    }

    private List<X509Certificate> authorities() {
        try {
            return given.caFile == null ? List.of() : PemFile.certificates(given.caFile);
        } catch (NoSuchFileException e) {
            throw Failure.usage("--ca-file " + given.caFile + ": there is no such file", e);
        } catch (IOException e) {
            throw Failure.usage("--ca-file: " + e.getMessage(), e);
        }
    }

    private Organization overlaid(Organization made) {
        Path overlay = given.overlay;
        if (overlay == null) {
            return made;
        }
        try {
            LoadedTopology result = Overlay.applied(made, overlay);
            command.warn(result.warnings());
            return result.organization();
        } catch (TopologyFileException e) {
            throw Failure.usage(e.illustrated(), e);
        } catch (IOException e) {
            throw FileTrouble.reading(overlay, e);
        }
    }

    private List<String> heading(Topology topology, AdImported imported) {
        List<String> lines = new ArrayList<>();
        lines.add("Made from " + String.join(", ", sources()) + " by `bridgehead import " + command.kind + "`: "
                + topology.sites().size() + " sites, " + topology.links().size() + " links, "
                + topology.servers().size() + " servers, "
                + imported.organization().directory().recipients().size() + " recipients.");
        if (given.overlay != null) {
            lines.add("What Active Directory has no place for was taken from " + given.overlay.getFileName() + ".");
        }
        if (!imported.assumptions().isEmpty()) {
            lines.add("What was assumed, changed or left out:");
            imported.assumptions().forEach(line -> lines.add("- " + line));
        }
        return lines;
    }

    /** Files by their names alone: what is written may go elsewhere. */
    private List<String> sources() {
        return command.kind.equalsIgnoreCase("ad-ldap")
                ? command.sources
                : command.sources.stream()
                        .map(source -> String.valueOf(Path.of(source).getFileName()))
                        .toList();
    }
}
