package org.bridgehead.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of {@code import} that belong to Active Directory. */
final class ImportAdOptions {
    @Option(
            names = "--overlay",
            paramLabel = "FILE",
            description = "a part of a topology file with what Active Directory has no place for, as export writes it")
    @Nullable
    Path overlay;

    @Option(
            names = "--hub-site-bit",
            paramLabel = "N",
            description = "the value of the bit in msExchTransportSiteFlags that marks hub sites (1, 2, 4 and so on);"
                    + " it is not documented, so by default none does")
    @Nullable
    Long hubSiteBit;

    @Option(names = "--no-recipients", description = "leave out mailboxes, groups and contacts")
    boolean noRecipients;

    @Option(names = "--bind-dn", paramLabel = "DN", description = "ad-ldap: who asks, a DN or user@domain")
    @Nullable
    String bindDn;

    @Option(names = "--password-file", paramLabel = "FILE", description = "ad-ldap: the first line is the password")
    @Nullable
    Path passwordFile;

    @Option(
            names = "--base",
            paramLabel = "DN",
            description = "ad-ldap: where recipients are; default: the server's own domain")
    @Nullable
    String base;

    @Option(names = "--start-tls", description = "ad-ldap: turn an ldap:// connection to TLS")
    boolean startTls;

    @Option(
            names = "--ca-file",
            paramLabel = "PEM",
            description = "ad-ldap: certificates of authorities to trust; default: those of Java")
    @Nullable
    Path caFile;

    /**
     * Refuses what was given and means nothing.
     *
     * @throws Failure when an option was given that is not among {@code meant}
     */
    void refuse(String what, List<String> meant) {
        Map<String, Boolean> given = new LinkedHashMap<>();
        given.put("--overlay", overlay != null);
        given.put("--hub-site-bit", hubSiteBit != null);
        given.put("--no-recipients", noRecipients);
        given.put("--bind-dn", bindDn != null);
        given.put("--password-file", passwordFile != null);
        given.put("--base", base != null);
        given.put("--start-tls", startTls);
        given.put("--ca-file", caFile != null);
        given.forEach((option, is) -> {
            if (is && !meant.contains(option)) {
                throw Failure.usage(what + " takes no " + option);
            }
        });
    }
}
