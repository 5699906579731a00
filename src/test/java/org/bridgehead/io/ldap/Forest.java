package org.bridgehead.io.ldap;

import com.unboundid.ldap.listener.InMemoryRequestHandler;
import com.unboundid.ldap.sdk.Entry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import javax.net.ServerSocketFactory;
import org.bridgehead.core.directory.Answer;
import org.bridgehead.core.directory.Cursor;
import org.bridgehead.core.directory.Directory;
import org.bridgehead.core.directory.DirectoryDefinition.Ldap;
import org.bridgehead.core.directory.DirectoryEntry;
import org.bridgehead.core.directory.LdapAccess;
import org.bridgehead.core.directory.Page;
import org.bridgehead.core.directory.Question;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.mail.Lists;
import org.bridgehead.core.topology.Names;
import org.bridgehead.core.topology.Server;
import org.bridgehead.core.topology.Settings;
import org.bridgehead.core.topology.Site;
import org.bridgehead.core.topology.SiteLink;
import org.bridgehead.core.topology.Topology;

/**
 * Controllers DC1 and DC2 in Berlin and DC3 in Munich, all with the same entries, and the directory as Berlin asks it. The
 * clock is moved by hand.
 */
final class Forest implements AutoCloseable {
    static final String BASE = "DC=t,DC=test";

    /** A quick one, that remembers nothing. */
    static final LdapAccess ACCESS = access(Duration.ofMillis(700), 0);

    final SortedMap<String, ScriptedController> controllers = Names.map();
    final LdapDirectories directories;
    final Directory berlin;
    Instant now = Instant.parse("2026-01-01T00:00:00Z");

    Forest(List<Entry> entries) throws Exception {
        this(entries, ACCESS, topology -> topology);
    }

    Forest(List<Entry> entries, LdapAccess access, UnaryOperator<Topology> change) throws Exception {
        List<Entry> all = new ArrayList<>(List.of(entry(BASE, "domain")));
        all.addAll(entries);
        InMemoryRequestHandler memory = ScriptedController.memory(BASE, all);
        for (String name : List.of("DC1", "DC2", "DC3")) {
            controllers.put(name, new ScriptedController(memory, ServerSocketFactory.getDefault(), handler -> handler));
        }
        Topology topology = change.apply(topology());
        directories = of(topology, new Ldap(BASE, Optional.empty(), Optional.empty(), access), Path.of("."));
        berlin = directories.from("Berlin");
    }

    private LdapDirectories of(Topology topology, Ldap ldap, Path folder) throws IOException {
        return LdapDirectories.of(
                topology, ldap, new LdapConditions(folder, () -> now, (site, dc) -> Optional.empty()));
    }

    static LdapAccess access(Duration timeLimit, int cache) {
        return new LdapAccess(
                LdapAccess.Tls.NONE,
                Optional.empty(),
                false,
                timeLimit,
                Duration.ofSeconds(30),
                Duration.ofMinutes(5),
                Duration.ofMinutes(1),
                cache,
                4);
    }

    private Topology topology() {
        List<Server> servers = new ArrayList<>(List.of(Server.mailbox("MBX1", "Berlin")));
        controllers.forEach((name, its) ->
                servers.add(Server.domainController(name, name.equals("DC3") ? "Munich" : "Berlin", its.url())));
        return Topology.of(
                Settings.of("T", "t.test"),
                Stream.of("Berlin", "Munich").map(Site::of).toList(),
                List.of(SiteLink.of("L", List.of("Berlin", "Munich"), 100)),
                servers);
    }

    ScriptedController dc(int number) {
        return Optional.ofNullable(controllers.get("DC" + number)).orElseThrow();
    }

    void script(ScriptedController.Script script) {
        controllers.values().forEach(dc -> dc.script(script));
    }

    Answer find(String address) {
        return find(berlin, address).get(0);
    }

    static List<Answer> find(Directory directory, String... addresses) {
        List<Question> questions =
                Lists.map(List.of(addresses), address -> new Question.ByAddress(EmailAddress.of(address)));
        return directory.ask(questions, Optional.empty()).answers();
    }

    Page members(String group, Optional<Cursor> from) {
        return berlin.ask(List.of(new Question.MembersOf(group)), from);
    }

    /** All pages of a group; ends at the first that is unavailable. */
    List<Answer> members(String group) {
        return members(berlin, group);
    }

    static List<Answer> members(Directory directory, String group) {
        List<Answer> all = new ArrayList<>();
        Optional<Cursor> next = Optional.empty();
        do {
            Page page = directory.ask(List.of(new Question.MembersOf(group)), next);
            all.addAll(page.answers());
            next = page.next();
        } while (next.isPresent());
        return all;
    }

    /** The primary addresses of those found. */
    static List<String> addresses(List<Answer> answers) {
        return Lists.only(Answer.Found.class, answers).stream()
                .map(Answer.Found::entry)
                .map(DirectoryEntry::primaryAddress)
                .map(EmailAddress::toString)
                .toList();
    }

    static Entry entry(String dn, String objectClass, String... attributes) {
        Entry entry = new Entry(dn);
        entry.addAttribute("objectClass", "top", objectClass);
        for (int i = 0; i < attributes.length; i += 2) {
            entry.addAttribute(attributes[i], attributes[i + 1]);
        }
        return entry;
    }

    static String dn(String name) {
        return "CN=" + name + "," + BASE;
    }

    static Entry user(String name, String... more) {
        Entry entry = entry(dn(name), "user", more);
        entry.addAttribute("cn", name);
        entry.addAttribute("proxyAddresses", "SMTP:" + name + "@t.test");
        return entry;
    }

    static Entry group(String name, List<String> members) {
        Entry entry = entry(dn(name), "group", "mail", name + "@t.test");
        if (!members.isEmpty()) {
            entry.addAttribute("member", members);
        }
        return entry;
    }

    @Override
    public void close() {
        directories.close();
        controllers.values().forEach(ScriptedController::close);
    }
}
