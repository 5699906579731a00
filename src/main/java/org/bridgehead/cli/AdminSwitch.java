package org.bridgehead.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.bridgehead.admin.AdminServer;
import org.bridgehead.admin.AdminSettings;
import org.bridgehead.core.topology.HostPort;
import org.bridgehead.engine.MailOrganization;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options by which an engine lets operators in. */
final class AdminSwitch {
    @Option(
            names = "--admin",
            paramLabel = "HOST:PORT",
            description = "listen for operators there (HTTP); port 0: a free one; beyond loopback only with a token")
    @Nullable
    String admin;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "file with the secret that operators have to show; without it every program of this machine"
                    + " may ask on loopback")
    @Nullable
    Path tokenFile;

    /** What was asked for; empty = nothing. */
    Optional<AdminSettings> settings() {
        if (admin == null) {
            if (tokenFile != null) {
                throw Failure.usage("--token-file needs --admin HOST:PORT");
            }
            return Optional.empty();
        }
        int colon = admin.lastIndexOf(':');
        String port = admin.substring(colon + 1);
        String host = colon < 0 ? "" : admin.substring(0, colon).replaceAll("^\\[(.*)]$", "$1");
        if (host.isEmpty() || !port.matches("\\d{1,5}") || Integer.parseInt(port) > 65_535) {
            throw Failure.usage("--admin " + admin + ": write HOST:PORT, such as 127.0.0.1:8025");
        }
        try {
            return Optional.of(new AdminSettings(
                    new HostPort(host, Integer.parseInt(port)),
                    Optional.ofNullable(tokenFile).map(AdminSwitch::token)));
        } catch (IllegalArgumentException e) {
            throw Failure.usage("--admin " + admin + ": " + e.getMessage(), e);
        }
    }

    /** The secret in a file, without the line end that editors add. */
    static String token(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw Failure.usage("cannot read the token file " + file + ": " + FileTrouble.reason(file, e), e);
        }
    }

    static AdminServer start(MailOrganization organization, AdminSettings settings, TopologyReloader reloader) {
        try {
            return AdminServer.start(organization, settings, Optional.of(reloader));
        } catch (IOException e) {
            throw Failure.environment(String.valueOf(e.getMessage()), e);
        }
    }
}
