package org.bridgehead.cli.demo;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.bridgehead.core.directory.DirectoryEntry;
import org.bridgehead.core.directory.Logins;
import org.bridgehead.core.topology.Role;
import org.bridgehead.core.topology.Server;
import org.bridgehead.engine.MailOrganization;
import org.bridgehead.io.config.LoadedScenario;

/** What to try next: of the command line, or of the organisation that keeps running. */
public final class WhereToLook {
    private final MailOrganization organization;
    private final LoadedScenario scenario;
    private final PrintWriter out;

    /** About the organisation in which a scenario was played. */
    public WhereToLook(MailOrganization organization, LoadedScenario scenario, PrintWriter out) {
        this.organization = organization;
        this.scenario = scenario;
        this.out = out;
    }

    /**
     * Prints it.
     *
     * @param stay whether the organisation keeps running
     * @throws IOException when an IMAP server cannot be started
     */
    public void tell(boolean stay) throws IOException {
        if (stay) {
            running();
        } else {
            next();
        }
        out.flush();
    }

    private void next() {
        Path topology = scenario.topology().file();
        Set<String> sites = organization.topology().sites().keySet();
        String ends = sites.stream().limit(1).map(site -> " --from " + site).collect(Collectors.joining())
                + sites.stream()
                        .skip(sites.size() - 1L)
                        .map(site -> " --to " + site)
                        .collect(Collectors.joining());
        out.println("Next: ./bridgehead route " + topology + ends + "    which way, and why");
        out.println("      ./bridgehead demo --stay    keeps it running, with ports and a login to try it by hand");
        out.println("      " + scenario.file() + " is what was played, in the organisation of " + topology);
    }

    private void running() throws IOException {
        Optional<DirectoryEntry.Mailbox> reader = anyMailbox();
        for (Server server : organization.topology().servers().values()) {
            if (server.is(Role.HUB_TRANSPORT) || server.is(Role.EDGE_TRANSPORT)) {
                out.println(String.format(
                        "  %-10s smtp %s",
                        server.name(), text(organization.server(server.name()).smtp())));
            }
        }
        if (reader.isPresent()) {
            byHand(reader.get());
        }
        out.println("It runs until Ctrl-C.");
    }

    /** Commands to paste, about one mailbox. */
    private void byHand(DirectoryEntry.Mailbox mailbox) throws IOException {
        String user = mailbox.primaryAddress().toString();
        String password = Logins.of(organization.organization().directory())
                .password(user)
                .orElse(user);
        String server = mailbox.database().server();
        String imap = text(organization.imap(server));
        int next = organization.mailbox(user).messages().size() + 1;
        String edge = organization.topology().servers().values().stream()
                .filter(its -> its.is(Role.EDGE_TRANSPORT) || its.is(Role.HUB_TRANSPORT))
                .reduce((a, b) -> a.is(Role.EDGE_TRANSPORT) ? a : b)
                .map(its -> text(organization.server(its.name()).smtp()))
                .orElse("");
        out.println("  " + server + " imap " + imap + ", pop3 " + text(organization.pop3(server)));
        out.println("Login: " + user + ", password " + password);
        out.println("Send:  printf 'Subject: by hand\\r\\n\\r\\nhello\\r\\n' | curl -s smtp://" + edge
                + " --mail-from me@fabrikam.test --mail-rcpt " + user + " -T -");
        out.println(
                "Read:  curl -s 'imap://" + imap + "/INBOX;MAILINDEX=" + next + "' -u '" + user + ":" + password + "'");
    }

    /** The first mailbox on a server that runs here. */
    private Optional<DirectoryEntry.Mailbox> anyMailbox() {
        Logins logins = Logins.of(organization.organization().directory());
        return organization.organization().directory().recipients().stream()
                .map(recipient -> recipient.entry().primaryAddress())
                .flatMap(address -> logins.mailbox(address.toString()).stream())
                .filter(mailbox -> organization
                        .mailboxServers()
                        .contains(mailbox.database().server()))
                .findFirst();
    }

    private static String text(InetSocketAddress address) {
        return address.getHostString() + ":" + address.getPort();
    }
}
