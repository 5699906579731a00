package org.bridgehead.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.listener.InMemoryDirectoryServerConfig;
import com.unboundid.ldap.listener.InMemoryListenerConfig;
import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedSearchEntry;
import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedSearchRequest;
import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedSearchResult;
import com.unboundid.ldap.listener.interceptor.InMemoryOperationInterceptor;
import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.Control;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPResult;
import com.unboundid.ldap.sdk.OperationType;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchResultReference;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bridgehead.core.directory.DirectoryEntry;
import org.bridgehead.core.directory.Organization;
import org.bridgehead.core.directory.RecipientDefinition;
import org.bridgehead.io.config.TopologyFile;
import org.bridgehead.io.tls.Identity;
import org.bridgehead.io.tls.SelfSigned;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * {@code import ad-ldap} against servers that answer well, and servers that do not. Longer than most tests: the servers are
 * written here, too.
 */
class AdServerTest {
    private static final String ROOT = "DC=contoso,DC=test";
    private static final String READER = "CN=Reader," + ROOT;
    private static final int MORE_PEOPLE = 2_300;
    private static final int RANGE = 500;

    @TempDir
    Path folder;

    @TempDir
    static Path shared;

    private static Path ldif = Path.of("");
    private Optional<InMemoryDirectoryServer> server = Optional.empty();

    private record Result(int exitCode, String out, String err) {}

    private static Result run(String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = Main.execute(new PrintWriter(out), new PrintWriter(err), args);
        return new Result(exitCode, out.toString(), err.toString());
    }

    private Result ask(String url, String... more) {
        return run(Stream.concat(Stream.of("import", "ad-ldap", url), Stream.of(more))
                .toArray(String[]::new));
    }

    @BeforeAll
    static void export() {
        ldif = shared.resolve("contoso.ldif");
        assertThat(run("export", "ad-ldif", "topologies/contoso.yaml", "-O", ldif.toString()).exitCode)
                .isZero();
    }

    @AfterEach
    void stop() {
        server.ifPresent(running -> running.shutDown(true));
    }

    private static InMemoryDirectoryServerConfig config() throws LDAPException {
        InMemoryDirectoryServerConfig config = new InMemoryDirectoryServerConfig(ROOT);
        config.setSchema(null);
        config.addAdditionalBindCredentials(READER, "open sesame");
        return config;
    }

    private String start(InMemoryDirectoryServerConfig config) throws Exception {
        config.setListenerConfigs(
                InMemoryListenerConfig.createLDAPConfig("plain", InetAddress.getLoopbackAddress(), 0, null));
        return started(config, "ldap://127.0.0.1:");
    }

    private String started(InMemoryDirectoryServerConfig config, String before) throws Exception {
        InMemoryDirectoryServer running = new InMemoryDirectoryServer(config);
        running.importFromLDIF(true, ldif.toFile());
        running.startListening();
        server = Optional.of(running);
        return before + running.getListenPort();
    }

    private Path password(String text) throws Exception {
        return Files.writeString(folder.resolve("password"), text);
    }

    private static Organization organization(String yaml) throws Exception {
        return TopologyFile.parse("answer.yaml", yaml, Path.of("")).organization();
    }

    private static List<RecipientDefinition> byName(Organization organization) {
        return organization.directory().recipients().stream()
                .sorted((one, other) ->
                        one.entry().name().compareTo(other.entry().name()))
                .toList();
    }

    @Test
    void aServerGivesWhatItsLdifGives() throws Exception {
        Organization asked = organization(ask(start(config())).out);
        Organization read = organization(run("import", "ad-ldif", ldif.toString()).out);
        assertThat(asked.topology()).isEqualTo(read.topology());
        assertThat(byName(asked)).isEqualTo(byName(read));
    }

    @Test
    void pagesAndRangesAreReadToTheEnd() throws Exception {
        InMemoryDirectoryServerConfig config = config();
        Ranges ranges = new Ranges("CN=everybody," + ROOT, Optional.empty());
        config.addInMemoryOperationInterceptor(ranges);
        String url = start(config);
        addPeople(ranges);
        Result result = ask(url);
        assertThat(result.exitCode).as(result.err).isZero();
        List<RecipientDefinition> recipients =
                organization(result.out).directory().recipients();
        assertThat(recipients).hasSize(MORE_PEOPLE + 322 + 1);
        assertThat(recipients.stream()
                        .filter(recipient -> recipient.entry() instanceof DirectoryEntry.DistributionGroup)
                        .filter(recipient -> recipient.entry().name().equals("everybody"))
                        .flatMap(recipient -> recipient.members().stream()))
                .hasSize(MORE_PEOPLE)
                .doesNotHaveDuplicates();
    }

    private void addPeople(Ranges ranges) throws LDAPException {
        InMemoryDirectoryServer running = server.orElseThrow();
        for (int i = 0; i < MORE_PEOPLE; i++) {
            String dn = "CN=more" + i + "," + ROOT;
            running.add(
                    dn,
                    new Attribute("objectClass", "user"),
                    new Attribute("cn", "more" + i),
                    new Attribute("proxyAddresses", "SMTP:more" + i + "@contoso.test"),
                    new Attribute("msExchHomeServerName", "/cn=MUC-MBX1"));
            ranges.members.add(dn);
        }
        running.add(
                ranges.group,
                new Attribute("objectClass", "group"),
                new Attribute("cn", "everybody"),
                new Attribute("proxyAddresses", "SMTP:everybody@contoso.test"),
                new Attribute("member", ranges.members));
    }

    /** Sends members in parts, as Active Directory does; or stops doing so at a part. */
    private static final class Ranges extends InMemoryOperationInterceptor {
        private final String group;
        private final Optional<Integer> lastPart;
        private final List<String> members = new ArrayList<>();

        Ranges(String group, Optional<Integer> lastPart) {
            this.group = group;
            this.lastPart = lastPart;
        }

        @Override
        public void processSearchEntry(InMemoryInterceptedSearchEntry found) {
            Entry entry = found.getSearchEntry().duplicate();
            if (!entry.getDN().equals(group)) {
                return;
            }
            int from = found.getRequest().getAttributeList().stream()
                    .filter(name -> name.startsWith("member;range="))
                    .map(name -> Integer.valueOf(name.replaceAll("\\D+(\\d+)-.*", "$1")))
                    .findFirst()
                    .orElse(0);
            boolean wanted = found.getRequest().getAttributeList().stream().anyMatch(name -> name.startsWith("member"));
            entry.removeAttribute("member");
            if (wanted && lastPart.filter(last -> from > last).isEmpty()) {
                int to = Math.min(members.size(), from + RANGE);
                String end = to == members.size() ? "*" : String.valueOf(to - 1);
                entry.addAttribute(new Attribute("member;range=" + from + "-" + end, members.subList(from, to)));
            }
            found.setSearchEntry(entry);
        }
    }

    @Test
    void aPartThatIsMissingFailsTheImport() throws Exception {
        InMemoryDirectoryServerConfig config = config();
        Ranges ranges = new Ranges("CN=everybody," + ROOT, Optional.of(RANGE));
        config.addInMemoryOperationInterceptor(ranges);
        String url = start(config);
        addPeople(ranges);
        assertThat(ask(url)).satisfies(result -> {
            assertThat(result.exitCode).isEqualTo(ExitCode.ENVIRONMENT);
            assertThat(result.out).isEmpty();
            assertThat(result.err).contains("sends member of CN=everybody", "only in part, so nothing is imported");
        });
    }

    /** Fails searches for recipients. */
    private static final class Refusing extends InMemoryOperationInterceptor {
        private final ResultCode code;

        Refusing(ResultCode code) {
            this.code = code;
        }

        @Override
        public void processSearchRequest(InMemoryInterceptedSearchRequest asked) throws LDAPException {
            if (asked.getRequest().getFilter().toString().contains("proxyAddresses")) {
                throw new LDAPException(code, "said so");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "4,it stopped before the end", "3,it stopped before the end", "11,it stopped before the end",
                "51,it has no time",
        "52,it has no time", "10,it refers to another server", "12,it cannot answer in pages",
                "13,it wants a protected connection",
        "1,it does not let strangers read", "80,other"
    })
    void anAnswerThatIsCutShortFailsTheImport(int code, String words) throws Exception {
        InMemoryDirectoryServerConfig config = config();
        config.addInMemoryOperationInterceptor(new Refusing(ResultCode.valueOf(code)));
        Result result = ask(start(config), "-O", folder.resolve("never.yaml").toString());
        assertThat(result.exitCode).isEqualTo(ExitCode.ENVIRONMENT);
        assertThat(result.err)
                .startsWith("bridgehead: ldap://127.0.0.1:")
                .contains(words, "said so")
                .hasLineCount(1);
        assertThat(folder.resolve("never.yaml")).doesNotExist();
    }

    @Test
    void sizeLimitsOfTheServerAreNoEnd() throws Exception {
        InMemoryDirectoryServerConfig config = config();
        config.setMaxSizeLimit(100);
        Result result = ask(start(config));
        assertThat(result.exitCode).isEqualTo(ExitCode.ENVIRONMENT);
        assertThat(result.err).contains("it stopped before the end (size limit exceeded");
    }

    /** Forgets where it was in the pages. */
    private static final class Forgetful extends InMemoryOperationInterceptor {
        @Override
        public void processSearchResult(InMemoryInterceptedSearchResult result) {
            LDAPResult said = result.getResult();
            result.setResult(new LDAPResult(
                    said.getMessageID(),
                    said.getResultCode(),
                    said.getDiagnosticMessage(),
                    said.getMatchedDN(),
                    new String[0],
                    new Control[0]));
        }
    }

    @Test
    void aLostPlaceInThePagesFailsTheImport() throws Exception {
        InMemoryDirectoryServerConfig config = config();
        config.addInMemoryOperationInterceptor(new Forgetful());
        Result result = ask(start(config));
        assertThat(result.exitCode).isEqualTo(ExitCode.ENVIRONMENT);
        assertThat(result.err).contains("it lost its place in the pages");
    }

    @Test
    void otherDomainsAreToldAndNotAsked() throws Exception {
        InMemoryDirectoryServerConfig config = config();
        config.addInMemoryOperationInterceptor(new InMemoryOperationInterceptor() {
            @Override
            public void processSearchResult(InMemoryInterceptedSearchResult result) {
                for (String url : List.of(
                        "ldap://127.0.0.1:1/DC=child,DC=contoso,DC=test",
                        "ldap://127.0.0.1:1/DC=DomainDnsZones,DC=x")) {
                    try {
                        result.sendSearchReference(new SearchResultReference(new String[] {url}, new Control[0]));
                    } catch (LDAPException e) {
                        throw new IllegalStateException(e);
                    }
                }
            }
        });
        Result result = ask(start(config));
        assertThat(result.exitCode).isZero();
        assertThat(result.err)
                .contains("other domains are not read", "DC=child")
                .doesNotContain("DomainDnsZones");
    }

    @Test
    void strangersMayBeRefused() throws Exception {
        InMemoryDirectoryServerConfig config = config();
        config.setAuthenticationRequiredOperationTypes(OperationType.SEARCH);
        String url = start(config);
        assertThat(ask(url).err).contains("it does not let strangers read").contains("--bind-dn");
        assertThat(ask(
                                url,
                                "--bind-dn",
                                READER,
                                "--password-file",
                                password("open sesame\n").toString())
                        .exitCode)
                .isZero();
        Result wrong = ask(
                url, "--bind-dn", READER, "--password-file", password("open").toString());
        assertThat(wrong.exitCode).isEqualTo(ExitCode.ENVIRONMENT);
        assertThat(wrong.err)
                .contains("it does not take this name and password")
                .doesNotContain("open sesame");
    }

    @Test
    void certificatesAreChecked() throws Exception {
        String port = started(secured("localhost", true), "");
        assertThat(ask("ldaps://localhost:" + port, "--ca-file", authority().toString()).exitCode)
                .isZero();
        assertThat(ask("ldaps://localhost:" + port).err).contains("its certificate is not trusted", "--ca-file");
    }

    @Test
    void theCertificateHasToBeThatOfTheHost() throws Exception {
        String port = started(secured("elsewhere.test", true), "");
        Result other = ask("ldaps://localhost:" + port, "--ca-file", authority().toString());
        assertThat(other.exitCode).isEqualTo(ExitCode.ENVIRONMENT);
        assertThat(other.err).contains("elsewhere.test");
    }

    @Test
    void aPlainConnectionTurnsToTls() throws Exception {
        String port = started(secured("localhost", false), "");
        assertThat(ask(
                                "ldap://localhost:" + port,
                                "--start-tls",
                                "--ca-file",
                                authority().toString())
                        .exitCode)
                .isZero();
        assertThat(ask("ldap://localhost:" + port, "--start-tls").err).contains("its certificate is not trusted");
    }

    @Test
    void theCertificateHasToBeThatOfTheHostAfterStartTlsToo() throws Exception {
        String port = started(secured("elsewhere.test", false), "");
        Result other = ask(
                "ldap://localhost:" + port,
                "--start-tls",
                "--ca-file",
                authority().toString());
        assertThat(other.exitCode).isEqualTo(ExitCode.ENVIRONMENT);
        assertThat(other.err).contains("elsewhere.test");
    }

    private Path authority() {
        return folder.resolve("ca.pem");
    }

    /** With a certificate for that host, and itself as the authority. */
    private InMemoryDirectoryServerConfig secured(String host, boolean fromTheBeginning) throws Exception {
        Instant now = Instant.now();
        Identity own = SelfSigned.of(List.of(host), now.minusSeconds(60), now.plusSeconds(3_600));
        InetAddress here = InetAddress.getLoopbackAddress();
        InMemoryDirectoryServerConfig config = config();
        config.setListenerConfigs(
                fromTheBeginning
                        ? InMemoryListenerConfig.createLDAPSConfig(
                                "tls", here, 0, own.server().getServerSocketFactory(), null)
                        : InMemoryListenerConfig.createLDAPConfig(
                                "start", here, 0, own.server().getSocketFactory()));
        Files.writeString(
                authority(),
                "-----BEGIN CERTIFICATE-----\n"
                        + Base64.getMimeEncoder()
                                .encodeToString(own.chain().get(0).getEncoded())
                        + "\n-----END CERTIFICATE-----\n");
        return config;
    }

    @Test
    void noServerAndNoDomainController() throws Exception {
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        Result none = ask("ldap://127.0.0.1:" + free);
        assertThat(none.exitCode).isEqualTo(ExitCode.ENVIRONMENT);
        assertThat(none.err)
                .startsWith("bridgehead: ldap://127.0.0.1:" + free + ": ")
                .hasLineCount(1);
        String url = start(config());
        server.orElseThrow().clear();
        assertThat(ask(url).err).contains("it is no domain controller");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "import ad-ldap",
                "import ad-ldap http://x",
                "import ad-ldap ldap://dc:3268",
                "import ad-ldap ldaps://dc:3269",
                "import ad-ldap ldap://dc/DC=x",
                "import ad-ldap ldaps://dc --start-tls",
                "import ad-ldap ldap://dc --ca-file topologies/contoso.yaml",
                "import ad-ldap ldap://dc --bind-dn CN=x",
                "import ad-ldap ldap://dc --bind-dn CN=x --password-file nowhere",
                "import ad-ldap ldaps://dc --ca-file topologies/contoso.yaml",
                "import ad-ldap ldap://dc --hub-site-bit 3",
                "import ad-ldap ldap://dc --hub-per-site 1000",
                "import ad-ldif",
                "import ad-ldif nowhere.ldf",
                "import ad-ldif topologies/contoso.yaml",
                "import ad-ldif pom.xml --overlay nowhere.yaml",
                "import ad-ldif pom.xml --base DC=x",
                "import graphml pom.xml --overlay x.yaml",
                "import graphml x --place-mailboxes subnet",
                "import ad-csv x",
                "export",
                "export yaml topologies/contoso.yaml",
                "export json",
                "export json nowhere.yaml",
                "export json topologies/contoso.yaml --overlay x.yaml",
                "export ad-ldif topologies/contoso.yaml --hub-site-bit 3"
            })
    void whatCannotBeIsSaidInAWord(String line) {
        Result refused = run(line.split(" "));
        assertThat(refused.exitCode).as(refused.err).isEqualTo(ExitCode.USAGE);
        assertThat(refused.out).isEmpty();
        assertThat(refused.err).startsWith("bridgehead: ").doesNotContain("\tat ");
        assertThat(refused.err.lines().count()).isLessThanOrEqualTo(2);
    }
}
