package org.bridgehead.io.ldap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bridgehead.core.directory.Answer;
import org.bridgehead.core.directory.Cursor;
import org.bridgehead.core.directory.DirectoryDefinition;
import org.bridgehead.core.directory.DirectoryEntry;
import org.bridgehead.core.directory.DirectoryEntry.Contact;
import org.bridgehead.core.directory.DirectoryEntry.DistributionGroup;
import org.bridgehead.core.directory.DirectoryEntry.DynamicDistributionGroup;
import org.bridgehead.core.directory.DirectoryEntry.Mailbox;
import org.bridgehead.core.directory.Page;
import org.bridgehead.core.directory.Question;
import org.bridgehead.core.directory.RecipientDefinition;
import org.bridgehead.core.directory.ReportTo;
import org.bridgehead.core.directory.Restrictions;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.topology.DatabaseRef;
import org.bridgehead.core.topology.Names;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The directory of a topology file as hubs see it. */
class FileDirectoryTest {
    private static final DatabaseRef DB = new DatabaseRef("BER-MBX1", "SG1", "DB1");

    private static RecipientDefinition mailbox(String name, String department) {
        SortedMap<String, List<String>> attributes = Names.map();
        attributes.put("department", List.of(department));
        Mailbox mailbox = Mailbox.of(name, List.of(address(name + "@t.test"), address(name + ".alias@t.test")), DB);
        return new RecipientDefinition(mailbox, List.of(), Optional.empty(), attributes);
    }

    private static EmailAddress address(String text) {
        return EmailAddress.of(text);
    }

    private static RecipientDefinition of(DirectoryEntry entry, String... members) {
        return new RecipientDefinition(entry, List.of(members), Optional.empty(), Names.map());
    }

    private static RecipientDefinition group(String name, String... members) {
        return of(DistributionGroup.of(name, address(name + "@t.test")), members);
    }

    private static RecipientDefinition dynamic(String name, String filter) {
        return of(new DynamicDistributionGroup(
                name,
                List.of(address(name + "@t.test")),
                filter,
                Optional.empty(),
                ReportTo.ORIGINATOR,
                Optional.empty(),
                Restrictions.NONE));
    }

    @Test
    void aReferenceIsANameOrElseAnAddress() {
        FileDirectory directory = directory(mailbox("anna", "Sales"), group("inner", "anna"));

        Page page = directory.ask(
                List.of(
                        new Question.ByName("ANNA"),
                        new Question.ByName("inner@t.test"),
                        new Question.ByAddress(address("anna@t.test")),
                        new Question.ByName("ghost"),
                        new Question.ByName("far@x.test")),
                Optional.empty());

        Answer anna = new Answer.Found(mailbox("anna", "Sales").entry());
        assertThat(page.answers())
                .containsExactly(
                        anna,
                        new Answer.Found(group("inner", "anna").entry()),
                        anna,
                        new Answer.NotFound("ghost"),
                        new Answer.NotFound("far@x.test"));
    }

    private static FileDirectory directory(RecipientDefinition... recipients) {
        return FileDirectory.of(new DirectoryDefinition(List.of(recipients), List.of(), Optional.empty()));
    }

    private static Page who(FileDirectory directory, String... addresses) {
        return directory.ask(
                Stream.of(addresses)
                        .<Question>map(a -> new Question.ByAddress(address(a)))
                        .toList(),
                Optional.empty());
    }

    private static List<String> members(FileDirectory directory, String group) {
        List<String> names = new ArrayList<>();
        Optional<Cursor> cursor = Optional.empty();
        do {
            Page page = directory.ask(List.of(new Question.MembersOf(group)), cursor);
            assertThat(page.answers()).hasSizeLessThanOrEqualTo(FileDirectory.PAGE);
            page.answers()
                    .forEach(answer -> names.add(
                            answer instanceof Answer.Found found ? found.entry().name() : answer.toString()));
            cursor = page.next();
        } while (cursor.isPresent());
        return names;
    }

    @Test
    void anyProxyAddressInAnyCaseFindsItsOwnerAndAnswersKeepTheOrderOfTheQuestions() {
        FileDirectory directory = directory(mailbox("anna", "Sales"), mailbox("bert", "IT"));

        Page page = who(directory, "BERT@T.test", "nobody@t.test", "anna.alias@t.test");

        assertThat(page.next()).isEmpty();
        assertThat(page.answers()).hasSize(3);
        assertThat(page.answers().get(0))
                .isEqualTo(new Answer.Found(mailbox("bert", "IT").entry()));
        assertThat(page.answers().get(1)).isEqualTo(new Answer.NotFound("nobody@t.test"));
        assertThat(page.answers().get(2))
                .isEqualTo(new Answer.Found(mailbox("anna", "Sales").entry()));
    }

    @Test
    void anAddressOfTwoObjectsIsAmbiguous() {
        RecipientDefinition other = of(new Contact("other", List.of(address("ANNA@t.test")), address("o@x.test")));

        assertThat(who(directory(mailbox("anna", "Sales"), other), "anna@t.test")
                        .answers())
                .containsExactly(new Answer.Ambiguous("anna@t.test"));
    }

    @Test
    void membersAreRecipientsByNameOrAddressGroupsAndStrangers() {
        FileDirectory directory = directory(
                mailbox("anna", "Sales"),
                mailbox("bert", "IT"),
                group("inner", "bert"),
                group("outer", "ANNA", "bert.alias@t.test", "inner", "far@fabrikam.test", "ghost"));

        Page page = directory.ask(List.of(new Question.MembersOf("OUTER")), Optional.empty());

        assertThat(page.answers())
                .containsExactly(
                        new Answer.Found(mailbox("anna", "Sales").entry()),
                        new Answer.Found(mailbox("bert", "IT").entry()),
                        new Answer.Found(group("inner", "bert").entry()),
                        new Answer.Found(new Contact(
                                "far@fabrikam.test",
                                List.of(address("far@fabrikam.test")),
                                address("far@fabrikam.test"))),
                        new Answer.NotFound("ghost"));
        assertThat(page.next()).isEmpty();
    }

    @Test
    void longGroupsComeInPages() {
        List<RecipientDefinition> people = IntStream.range(0, 2_500)
                .mapToObj(i -> mailbox("u" + i, i % 2 == 0 ? "Sales" : "IT"))
                .toList();
        String[] names = people.stream().map(p -> p.entry().name()).toArray(String[]::new);
        List<RecipientDefinition> all = new ArrayList<>(people);
        all.add(group("all", names));
        all.add(dynamic("sales", "(department=sales)"));
        FileDirectory directory = FileDirectory.of(new DirectoryDefinition(all, List.of(), Optional.empty()));

        assertThat(members(directory, "all")).containsExactly(names);
        assertThat(members(directory, "sales"))
                .hasSize(1_250)
                .doesNotHaveDuplicates()
                .doesNotContain("u1");
        assertThat(members(directory(group("empty")), "empty")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "(department=Sales) # anna",
                "(DEPARTMENT=s*) # anna",
                "(&(objectClass=user)(!(department=Sales))) # bert",
                "(mail=bert@t.test) # bert",
                "(proxyAddresses=SMTP:anna@t.test) # anna",
                "(proxyAddresses=smtp:anna.alias@t.test) # anna",
                "(|(cn=anna)(displayName=bert)) # anna bert",
                "(objectClass=contact) # pat",
                "(targetAddress=*fabrikam*) # pat",
                "(objectClass=group) # team",
                "(homeMDB=CN=DB1,CN=SG1,CN=InformationStore,CN=BER-MBX1) # anna bert",
                "(objectClass=*) # anna bert pat team",
                "(nothing=*) # ''",
            })
    void aDynamicGroupHasWhomItsFilterFinds(String filter, String names) {
        FileDirectory directory = directory(
                mailbox("anna", "Sales"),
                mailbox("bert", "IT"),
                of(new Contact("pat", List.of(address("pat@t.test")), address("pat@fabrikam.test"))),
                group("team"),
                dynamic("found", filter));

        assertThat(String.join(" ", members(directory, "found"))).isEqualTo(names);
    }

    @Test
    void whoMayBeInAFileThatNobodyReadIsNotUnknown() {
        FileDirectory directory = FileDirectory.of(
                new DirectoryDefinition(List.of(mailbox("anna", "IT")), List.of("people.ldif"), Optional.empty()));

        assertThat(who(directory, "anna@t.test", "bert@t.test").answers())
                .containsExactly(
                        new Answer.Found(mailbox("anna", "IT").entry()),
                        new Answer.Unavailable("not read: people.ldif"));
    }

    @Test
    void troubleIsAnAnswer() {
        FileDirectory directory = directory(group("team"));

        assertThat(directory
                        .ask(List.of(new Question.MembersOf("gone")), Optional.empty())
                        .answers())
                .containsExactly(new Answer.NotFound("gone"));
        assertThat(directory
                        .ask(List.of(new Question.MembersOf("team")), Optional.of(new Cursor("elsewhere")))
                        .answers())
                .containsExactly(new Answer.Unavailable("unknown cursor elsewhere"));
        assertThat(directory.ask(List.of(), Optional.empty()).answers()).isEmpty();
        assertThatThrownBy(() -> directory(dynamic("bad", "(a=b"))).hasMessageContaining("RFC 4515");
    }
}
