package org.bridgehead.engine;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.bridgehead.core.directory.Answer;
import org.bridgehead.core.directory.ControllerState;
import org.bridgehead.core.directory.Directory;
import org.bridgehead.core.directory.DirectoryEntry;
import org.bridgehead.core.directory.DirectoryEntry.Mailbox;
import org.bridgehead.core.directory.Logins;
import org.bridgehead.core.directory.LookUpFigures;
import org.bridgehead.core.directory.Organization;
import org.bridgehead.core.directory.Page;
import org.bridgehead.core.directory.Question;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.topology.Server;
import org.bridgehead.core.topology.Topology;
import org.bridgehead.io.ldap.FileDirectory;
import org.bridgehead.io.ldap.LdapConditions;
import org.bridgehead.io.ldap.LdapDirectories;

/**
 * Who the people of a running organisation are: the directory and the logins of its file, and behind them the domain
 * controllers if the file names a search base; replaced together when the file is read again. An answer in pages may then
 * come from both. Safe for any thread.
 */
final class People implements AutoCloseable {
    private record Known(Organization organization, Directory file, Logins logins, Optional<LdapDirectories> ldap) {
        static Known of(Organization organization, LdapConditions conditions) throws IOException {
            var settings = organization.directory().ldap();
            return new Known(
                    organization,
                    FileDirectory.of(organization.directory()),
                    Logins.of(organization.directory()),
                    settings.isPresent()
                            ? Optional.of(LdapDirectories.of(organization.topology(), settings.get(), conditions))
                            : Optional.empty());
        }

        Directory at(String site) {
            return ldap.map(its -> its.behind(file, site)).orElse(file);
        }
    }

    private final LdapConditions conditions;
    private volatile Known known;

    /**
     * The people of an organisation.
     *
     * @throws IOException when what domain controllers need, such as a password, cannot be read
     */
    People(Organization organization, LdapConditions conditions) throws IOException {
        this.conditions = conditions;
        this.known = Known.of(organization, conditions);
    }

    /**
     * From now on these.
     *
     * @throws IllegalArgumentException when what domain controllers need cannot be read; then nothing has changed
     */
    synchronized void replace(Organization organization) {
        Known old = known;
        try {
            known = Known.of(organization, conditions);
        } catch (IOException e) {
            throw new IllegalArgumentException("directory.ldap: " + e.getMessage(), e);
        }
        old.ldap().ifPresent(LdapDirectories::close);
    }

    /** The servers are others now; people stay, but domain controllers may come and go. */
    void replace(Topology topology) {
        if (known.ldap().isPresent()) {
            replace(new Organization(topology, known.organization().directory()));
        }
    }

    Organization organization() {
        return known.organization();
    }

    /** Whether nothing that is asked here has to wait for domain controllers. */
    boolean isPrompt() {
        return known.ldap().isEmpty();
    }

    /** The logins that the file has. */
    Logins logins() {
        return known.logins();
    }

    /** The directory as a server asks it: domain controllers near its site, or near that of its subscription. */
    Directory near(String server) {
        return (questions, from) -> {
            Known now = known;
            return now.at(siteOf(now, server)).ask(questions, from);
        };
    }

    private static String siteOf(Known now, String server) {
        return now.organization()
                .topology()
                .server(server)
                .flatMap(its -> its.site().or(its::subscribedSite))
                .orElse("");
    }

    /** What the directory says of an address, asked from a server. */
    Answer find(String server, EmailAddress address) {
        return only(near(server).ask(List.of(new Question.ByAddress(address)), Optional.empty()));
    }

    /** The address of a mailbox; for one whose owner has gone its name at no domain. */
    EmailAddress addressOf(String mailbox) {
        Answer answer = only(near(anybody()).ask(List.of(new Question.ByName(mailbox)), Optional.empty()));
        return mailbox(answer)
                .map(Mailbox::primaryAddress)
                .orElseGet(() -> EmailAddress.of(mailbox.replaceAll("[^A-Za-z0-9.-]", "-") + "@gone.invalid"));
    }

    /** What it says when it does not matter who asks. */
    Answer find(EmailAddress address) {
        return find(anybody(), address);
    }

    private static Answer only(Page page) {
        return page.answers().get(0);
    }

    private String anybody() {
        return known.organization().topology().servers().values().stream()
                .filter(server -> server.site().isPresent())
                .map(Server::name)
                .findFirst()
                .orElse("");
    }

    /** Logs a person in at a server: by the file, else by a bind as the mailbox that has the address. */
    LoginAnswer login(String server, String user, String password) {
        Known now = known;
        if (now.logins().mailbox(user).isPresent() || now.ldap().isEmpty()) {
            return now.logins().login(user, password).map(LoginAnswer::of).orElse(LoginAnswer.REFUSED);
        }
        Optional<Answer> found = EmailAddress.tryParse(user).map(address -> find(server, address));
        if (found.isPresent() && found.get() instanceof Answer.Unavailable) {
            return LoginAnswer.UNDECIDED;
        }
        Optional<Mailbox> mailbox = found.flatMap(People::mailbox);
        return mailbox.isEmpty()
                ? LoginAnswer.REFUSED
                : now.ldap()
                        .get()
                        .proves(siteOf(now, server), mailbox.get().name(), password)
                        .map(right -> right ? LoginAnswer.of(mailbox.get()) : LoginAnswer.REFUSED)
                        .orElse(LoginAnswer.UNDECIDED);
    }

    /** The mailbox, if that was the answer. */
    static Optional<Mailbox> mailbox(Answer answer) {
        return answer instanceof Answer.Found found && found.entry() instanceof DirectoryEntry.Mailbox mailbox
                ? Optional.of(mailbox)
                : Optional.empty();
    }

    /** How the domain controllers stand, by name; none where none is asked. */
    List<ControllerState> controllers() {
        return known.ldap().map(LdapDirectories::states).orElse(List.of());
    }

    /** What look-ups at domain controllers came to; empty where none is asked. */
    Optional<LookUpFigures> figures() {
        return known.ldap().map(LdapDirectories::figures);
    }

    @Override
    public void close() {
        known.ldap().ifPresent(LdapDirectories::close);
    }
}
