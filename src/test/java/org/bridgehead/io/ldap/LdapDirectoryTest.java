package org.bridgehead.io.ldap;

import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.sdk.Entry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bridgehead.core.directory.Answer;
import org.bridgehead.core.directory.DirectoryDefinition;
import org.bridgehead.core.directory.DirectoryEntry.Contact;
import org.bridgehead.core.directory.DirectoryEntry.DistributionGroup;
import org.bridgehead.core.directory.DirectoryEntry.Mailbox;
import org.bridgehead.core.directory.Question;
import org.bridgehead.core.directory.RecipientDefinition;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.topology.DatabaseRef;
import org.bridgehead.core.topology.Server;
import org.bridgehead.core.topology.Settings;
import org.bridgehead.core.topology.Site;
import org.bridgehead.core.topology.Topology;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Domain controllers that answer as they should. */
class LdapDirectoryTest {
    private static final List<Entry> PEOPLE = List.of(
            Forest.user("anna", "proxyAddresses", "smtp:a.nn@t.test", "mail", "anna.mail@t.test"),
            Forest.user("bert", "altRecipient", "CN=Pat, DC=t, DC=test", "deliverAndRedirect", "TRUE"),
            Forest.user("twin1", "proxyAddresses", "smtp:twin@t.test"),
            Forest.user("twin2", "proxyAddresses", "smtp:twin@t.test"),
            Forest.user("lost", "altRecipient", Forest.dn("ghost")),
            Forest.entry(Forest.dn("pat"), "contact", "mail", "pat@t.test", "targetAddress", "SMTP:pat@far.test"),
            Forest.entry(Forest.dn("printer"), "device"),
            Forest.group(
                    "staff",
                    List.of(Forest.dn("anna"), Forest.dn("ghost"), Forest.dn("printer"), "cn=BERT,dc=t,dc=test")));

    @Test
    void addressesOfEveryKindAreFoundInAnyLetterCase() throws Exception {
        try (Forest forest = new Forest(PEOPLE)) {
            assertThat(Forest.find(forest.berlin, "ANNA@t.test", "a.nn@T.TEST", "anna.mail@t.test", "nobody@t.test"))
                    .extracting(answer ->
                            answer instanceof Answer.Found found ? found.entry().name() : answer)
                    .containsExactly(
                            Forest.dn("anna"),
                            Forest.dn("anna"),
                            Forest.dn("anna"),
                            new Answer.NotFound("nobody@t.test"));
            assertThat(forest.controllers.values().stream()
                            .mapToLong(ScriptedController::lookUps)
                            .sum())
                    .as("one search for all of them")
                    .isEqualTo(1);
        }
    }

    @Test
    void entriesAreWhatFilesWithTheSameEntriesSay() throws Exception {
        try (Forest forest = new Forest(PEOPLE)) {
            DatabaseRef placed = new DatabaseRef("MBX1", "SG1", "DB1");
            Mailbox bert = (Mailbox) ((Answer.Found) forest.find("bert@t.test")).entry();
            assertThat(bert.database()).isEqualTo(placed);
            assertThat(bert.forwardTo()).contains(EmailAddress.of("pat@t.test"));
            assertThat(bert.deliverAndForward()).isTrue();
            assertThat(((Answer.Found) forest.find("pat@t.test")).entry())
                    .isEqualTo(new Contact(
                            Forest.dn("pat"), List.of(EmailAddress.of("pat@t.test")), EmailAddress.of("pat@far.test")));
            assertThat(((Answer.Found) forest.find("staff@t.test")).entry())
                    .isEqualTo(DistributionGroup.of(Forest.dn("staff"), EmailAddress.of("staff@t.test")));
        }
    }

    @Test
    void twoOwnersAreAmbiguousAndAnEntryThatIsNoneSaysWhy() throws Exception {
        try (Forest forest = new Forest(PEOPLE)) {
            assertThat(forest.find("twin@t.test")).isEqualTo(new Answer.Ambiguous("twin@t.test"));
            assertThat(forest.find("lost@t.test"))
                    .hasToString("Malformed[what=CN=lost,DC=t,DC=test, why=mail is redirected to CN=ghost,DC=t,DC=test,"
                            + " which is no recipient of these files]");
        }
    }

    @Test
    void referencesAreFollowedHoweverTheyAreSpelled() throws Exception {
        try (Forest forest = new Forest(PEOPLE)) {
            List<Answer> answers = forest.berlin
                    .ask(
                            List.of(
                                    new Question.ByName("cn=ANNA, dc=T, dc=test"),
                                    new Question.ByName("pat@t.test"),
                                    new Question.ByName("CN=ghost,DC=t,DC=test"),
                                    new Question.ByName("no name at all")),
                            Optional.empty())
                    .answers();

            assertThat(Forest.addresses(answers)).containsExactly("anna@t.test", "pat@t.test");
            assertThat(answers.subList(2, 4))
                    .containsExactly(
                            new Answer.NotFound("CN=ghost,DC=t,DC=test"), new Answer.NotFound("no name at all"));
        }
    }

    @Test
    void namesInEntriesAreSpelledAsEntriesAre() throws Exception {
        Entry boss = Forest.user("boss", "authOrig", "CN=Anna , DC=t , DC=test");
        try (Forest forest =
                new Forest(Stream.concat(PEOPLE.stream(), Stream.of(boss)).toList())) {
            Answer.Found found = (Answer.Found) forest.find("boss@t.test");

            assertThat(found.entry().restrictions().acceptFrom()).containsExactly("CN=Anna,DC=t,DC=test");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"*)(objectClass=*\"@t.test",
                "\"*\"@t.test",
                "\"anna\\\\2a\"@t.test",
                "\")(|(mail=*\"@t.test",
                "*@t.test",
                "änna@t.test",
                "\"\\\\00\"@t.test",
                "anna=)(@t.test"
            })
    void addressesAreValuesWhateverIsInThem(String address) throws Exception {
        try (Forest forest = new Forest(PEOPLE)) {
            Optional<EmailAddress> wanted = EmailAddress.tryParse(address);

            assertThat(wanted.map(its -> forest.find(its.toString())).orElse(new Answer.NotFound(address)))
                    .isEqualTo(new Answer.NotFound(address));
            assertThat(forest.find("anna@t.test")).isInstanceOf(Answer.Found.class);
        }
    }

    @Test
    void membersThatLeadNowhereAreNamed() throws Exception {
        try (Forest forest = new Forest(PEOPLE)) {
            List<Answer> members = forest.members(Forest.dn("staff"));

            assertThat(Forest.addresses(members)).containsExactly("anna@t.test", "bert@t.test");
            assertThat(members)
                    .contains(
                            new Answer.NotFound(Forest.dn("ghost")),
                            new Answer.NotFound(Forest.dn("printer") + ": it has no mail address"));
            assertThat(forest.members(Forest.dn("nogroup"))).containsExactly(new Answer.NotFound(Forest.dn("nogroup")));
            assertThat(forest.members("a group of the topology file"))
                    .containsExactly(new Answer.NotFound("a group of the topology file"));
        }
    }

    @Test
    void longListsComeInPages() throws Exception {
        List<String> names = IntStream.range(0, 2_345).mapToObj(i -> "u" + i).toList();
        List<Entry> entries = new ArrayList<>(names.stream().map(Forest::user).toList());
        entries.add(Forest.group("all", names.stream().map(Forest::dn).toList()));
        entries.add(Forest.entry(
                Forest.dn("filtered"),
                "msExchDynamicDistributionList",
                "mail",
                "filtered@t.test",
                "msExchDynamicDLFilter",
                "(objectClass=*)"));
        try (Forest forest = new Forest(entries)) {
            assertThat(Forest.addresses(forest.members(Forest.dn("all"))))
                    .containsExactlyElementsOf(
                            names.stream().map(name -> name + "@t.test").toList());
            assertThat(Forest.addresses(forest.members(Forest.dn("filtered"))))
                    .as("everybody, and the other group, but not the group itself")
                    .hasSize(2_346)
                    .doesNotHaveDuplicates()
                    .contains("all@t.test", "u2344@t.test");
        }
    }

    /** The same entries in a file and in a server: the same members. */
    @Test
    void filtersMeanWhatTheyMeanInMemory() throws Exception {
        long seed = new Random().nextLong();
        System.out.println("LdapDirectoryTest seed " + seed);
        Random random = new Random(seed);
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            entries.add(Forest.user(
                    "u" + i,
                    "department",
                    pick(random, "Sales", "sales", "R&D (*)", "Büro"),
                    "title",
                    "t" + random.nextInt(5)));
        }
        List<String> filters = List.of(
                "(department=Sales)",
                "(&(department=SALES)(!(title=t1)))",
                "(|(department=R&D \\28\\2a\\29)(department=büro))",
                "(department=*a*)",
                "(title>=t3)",
                "(!(department=Sales))",
                "(telephoneNumber=*)",
                "(cn=u1*)");
        for (int i = 0; i < filters.size(); i++) {
            entries.add(Forest.entry(
                    Forest.dn("d" + i),
                    "msExchDynamicDistributionList",
                    "mail",
                    "d" + i + "@t.test",
                    "msExchDynamicDLFilter",
                    filters.get(i)));
        }
        FileDirectory file = inMemory(entries);
        try (Forest forest = new Forest(entries)) {
            for (int i = 0; i < filters.size(); i++) {
                assertThat(Forest.addresses(forest.members(Forest.dn("d" + i))))
                        .as(filters.get(i))
                        .containsExactlyInAnyOrderElementsOf(
                                Forest.addresses(Forest.members(file, Forest.dn("d" + i))));
            }
        }
    }

    private static String pick(Random random, String... choices) {
        return choices[random.nextInt(choices.length)];
    }

    private static FileDirectory inMemory(List<Entry> entries) throws Exception {
        Topology topology = Topology.of(
                Settings.of("T", "t.test"),
                List.of(Site.of("Berlin")),
                List.of(),
                List.of(Server.mailbox("MBX1", "Berlin")));
        Map<String, Entry> byKey = new TreeMap<>();
        entries.forEach(entry -> byKey.put(LdifRecipients.key(entry.getDN()), entry));
        LdifEntryReader reader = new LdifEntryReader(topology, byKey);
        List<RecipientDefinition> recipients = new ArrayList<>();
        for (Entry entry : entries) {
            reader.recipient(entry).ifPresent(recipients::add);
        }
        return FileDirectory.of(new DirectoryDefinition(recipients, List.of(), Optional.empty()));
    }

    @Test
    void answersAreRememberedForAWhile() throws Exception {
        try (Forest forest = new Forest(PEOPLE, Forest.access(Duration.ofSeconds(5), 100), topology -> topology)) {
            forest.find("anna@t.test");
            forest.find("nobody@t.test");
            assertThat(asked(forest)).isEqualTo(2);

            forest.find("ANNA@t.test");
            forest.find("nobody@t.test");
            assertThat(asked(forest)).as("from memory").isEqualTo(2);

            forest.now = forest.now.plusSeconds(61);
            forest.find("anna@t.test");
            forest.find("nobody@t.test");
            assertThat(asked(forest)).as("nobody is forgotten first").isEqualTo(3);

            forest.now = forest.now.plusSeconds(300);
            assertThat(Forest.find(forest.berlin, "anna@t.test", "nobody@t.test"))
                    .hasSize(2);
            assertThat(asked(forest)).isEqualTo(4);
            assertThat(forest.directories.figures())
                    .hasToString("LookUpFigures[questions=8, cached=3, requests=4, failures=0, unavailable=0]");
        }
    }

    private static long asked(Forest forest) {
        return forest.controllers.values().stream()
                .mapToLong(ScriptedController::lookUps)
                .sum();
    }

    @Test
    void controllersOfTheSiteTakeTurns() throws Exception {
        try (Forest forest = new Forest(PEOPLE)) {
            for (int i = 0; i < 6; i++) {
                forest.find("anna@t.test");
            }
            assertThat(forest.controllers.values())
                    .extracting(ScriptedController::lookUps)
                    .containsExactly(3L, 3L, 0L);
        }
    }

    @Test
    void passwordsAreProvedByBinding() throws Exception {
        Entry eve = Forest.user("eve", "userPassword", "secret");
        try (Forest forest = new Forest(List.of(eve))) {
            assertThat(forest.directories.proves("Berlin", Forest.dn("eve"), "secret"))
                    .contains(true);
            assertThat(forest.directories.proves("Berlin", Forest.dn("eve"), "Secret"))
                    .contains(false);
            assertThat(forest.directories.proves("Berlin", Forest.dn("eve"), ""))
                    .as("a bind without a password succeeds for everybody")
                    .contains(false);
            forest.controllers.values().forEach(ScriptedController::close);
            assertThat(forest.directories.proves("Berlin", Forest.dn("eve"), "secret"))
                    .isEmpty();
            assertThat(forest.directories.states())
                    .allSatisfy(state -> assertThat(state.failures()).isEqualTo(1));
        }
    }

    @Test
    void namesOfFilesAndServersAreTheSameInOneLetterCaseOrAnother() {
        assertThat(LdapRecipients.spelled("CN=O\\2c Brien , DC=t").toLowerCase(Locale.ROOT))
                .isEqualTo(LdapRecipients.spelled("cn=o\\, brien,dc=t"));
    }
}
