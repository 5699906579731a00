package org.bridgehead.io.ldap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.unboundid.ldap.listener.InMemoryRequestHandler;
import com.unboundid.ldap.listener.StartTLSRequestHandler;
import com.unboundid.ldap.sdk.Entry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.net.ServerSocketFactory;
import javax.net.ssl.SSLSocketFactory;
import org.bridgehead.core.directory.Answer;
import org.bridgehead.core.directory.DirectoryDefinition.Ldap;
import org.bridgehead.core.directory.LdapAccess;
import org.bridgehead.core.topology.Server;
import org.bridgehead.core.topology.Settings;
import org.bridgehead.core.topology.Site;
import org.bridgehead.core.topology.Topology;
import org.bridgehead.io.tls.Identity;
import org.bridgehead.io.tls.SelfSigned;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Protected connections, and who asks. */
class LdapTlsTest {
    private static Identity here;
    private static Identity elsewhere;
    private static InMemoryRequestHandler memory;

    @TempDir
    private Path folder;

    @BeforeAll
    static void make() throws Exception {
        Instant now = Instant.now();
        here = SelfSigned.of(List.of("localhost"), now.minus(Duration.ofDays(1)), now.plus(Duration.ofDays(2)));
        elsewhere = SelfSigned.of(List.of("dc.t.test"), now.minus(Duration.ofDays(1)), now.plus(Duration.ofDays(2)));
        Entry asker = Forest.user("asker", "userPassword", "let me in");
        memory = ScriptedController.memory(
                Forest.BASE, List.of(Forest.entry(Forest.BASE, "domain"), asker, Forest.user("anna")));
    }

    private LdapAccess access(LdapAccess.Tls tls, String caFile) {
        LdapAccess usual = Forest.ACCESS;
        return new LdapAccess(
                tls,
                Optional.of(caFile),
                false,
                Duration.ofSeconds(5),
                usual.retryInterval(),
                usual.cacheTime(),
                usual.missTime(),
                0,
                1);
    }

    private static String pem(Identity identity) throws Exception {
        return "-----BEGIN CERTIFICATE-----\n"
                + Base64.getMimeEncoder().encodeToString(identity.chain().get(0).getEncoded())
                + "\n-----END CERTIFICATE-----\n";
    }

    private static ScriptedController ldaps(Identity identity) throws Exception {
        return new ScriptedController(memory, identity.server().getServerSocketFactory(), handler -> handler);
    }

    private static ScriptedController startTls(Identity identity) throws Exception {
        SSLSocketFactory sockets = identity.server().getSocketFactory();
        return new ScriptedController(
                memory, ServerSocketFactory.getDefault(), handler -> new StartTLSRequestHandler(sockets, handler));
    }

    private Answer ask(String url, LdapAccess access, Optional<String> password) throws Exception {
        Files.writeString(folder.resolve("ca.pem"), pem(here) + pem(elsewhere));
        if (password.isPresent()) {
            Files.writeString(folder.resolve("password"), password.get() + "\n");
        }
        Topology topology = Topology.of(
                Settings.of("T", "t.test"),
                List.of(Site.of("Berlin")),
                List.of(),
                List.of(Server.mailbox("MBX1", "Berlin"), Server.domainController("DC1", "Berlin", url)));
        Ldap ldap =
                new Ldap(Forest.BASE, password.map(its -> Forest.dn("asker")), password.map(its -> "password"), access);
        try (LdapDirectories directories = LdapDirectories.of(
                topology,
                ldap,
                new LdapConditions(folder, () -> Instant.EPOCH, (site, controller) -> Optional.empty()))) {
            return Forest.find(directories.from("Berlin"), "anna@t.test").get(0);
        }
    }

    @Test
    void ldapsIsAskedWhenItsCertificateIsVouchedForAndNamesTheHost() throws Exception {
        try (ScriptedController dc = ldaps(here);
                ScriptedController impostor = ldaps(elsewhere)) {
            LdapAccess trusting = access(LdapAccess.Tls.NONE, "ca.pem");
            String url = "ldaps://localhost:" + dc.port();
            assertThat(ask(url, trusting, Optional.empty())).isInstanceOf(Answer.Found.class);
            assertThat(ask("ldaps://localhost:" + impostor.port(), trusting, Optional.empty()))
                    .as("vouched for, but somebody else")
                    .isInstanceOf(Answer.Unavailable.class);
            assertThat(ask(url, Forest.ACCESS, Optional.empty()))
                    .as("nobody of the platform vouches for it")
                    .isInstanceOf(Answer.Unavailable.class);
        }
    }

    @Test
    void startTlsComesBeforeTheBind() throws Exception {
        try (ScriptedController dc = startTls(here);
                ScriptedController impostor = startTls(elsewhere)) {
            LdapAccess access = access(LdapAccess.Tls.START_TLS, "ca.pem");
            assertThat(ask("ldap://localhost:" + dc.port(), access, Optional.of("let me in")))
                    .isInstanceOf(Answer.Found.class);
            assertThat(dc.binds()).containsExactly(Forest.dn("asker"));
            assertThat(ask("ldap://localhost:" + impostor.port(), access, Optional.of("let me in")))
                    .isInstanceOf(Answer.Unavailable.class);
            assertThat(impostor.binds()).as("no password for somebody else").isEmpty();
        }
    }

    @Test
    void whoDoesNotOfferStartTlsGetsNoPassword() throws Exception {
        try (ScriptedController dc =
                new ScriptedController(memory, ServerSocketFactory.getDefault(), handler -> handler)) {
            assertThat(ask(
                            "ldap://localhost:" + dc.port(),
                            access(LdapAccess.Tls.START_TLS, "ca.pem"),
                            Optional.of("let me in")))
                    .isInstanceOf(Answer.Unavailable.class);
            assertThat(dc.binds()).isEmpty();
            assertThat(dc.searches()).isEmpty();
        }
    }

    @Test
    void aWrongPasswordOfOursIsTroubleNotAnAnswer() throws Exception {
        try (ScriptedController dc =
                new ScriptedController(memory, ServerSocketFactory.getDefault(), handler -> handler)) {
            assertThat(ask(dc.url(), Forest.ACCESS, Optional.of("open sesame")))
                    .asString()
                    .contains("Unavailable", "DC1: invalid credentials");
            assertThat(ask(dc.url(), Forest.ACCESS, Optional.of("let me in"))).isInstanceOf(Answer.Found.class);
        }
    }

    @Test
    void whatIsMissingIsSaidBeforeAnythingIsAsked() {
        assertThatThrownBy(() -> ask("ldap://127.0.0.1:1", access(LdapAccess.Tls.NONE, "none.pem"), Optional.empty()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("none.pem");
        assertThatThrownBy(() -> ask("ldap://127.0.0.1:1", Forest.ACCESS, Optional.of("")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("holds no password");
    }
}
