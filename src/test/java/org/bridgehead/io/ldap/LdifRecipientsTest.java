package org.bridgehead.io.ldap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.bridgehead.core.directory.Answer;
import org.bridgehead.core.directory.DirectoryDefinition;
import org.bridgehead.core.directory.DirectoryEntry;
import org.bridgehead.core.directory.DirectoryEntry.Contact;
import org.bridgehead.core.directory.DirectoryEntry.DistributionGroup;
import org.bridgehead.core.directory.DirectoryEntry.DynamicDistributionGroup;
import org.bridgehead.core.directory.DirectoryEntry.Mailbox;
import org.bridgehead.core.directory.Logins;
import org.bridgehead.core.directory.Organization;
import org.bridgehead.core.directory.Question;
import org.bridgehead.core.directory.RecipientDefinition;
import org.bridgehead.core.directory.ReportTo;
import org.bridgehead.core.directory.Restrictions;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.topology.DatabaseRef;
import org.bridgehead.core.topology.Server;
import org.bridgehead.core.topology.Settings;
import org.bridgehead.core.topology.Site;
import org.bridgehead.core.topology.Topology;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** LDIF files as directories export them. */
class LdifRecipientsTest {
    private static final String PEOPLE = """
        version: 1

        dn: OU=People,DC=t,DC=test
        objectClass: organizationalUnit
        ou: People

        dn: CN=Nora Lund,OU=People,DC=t,DC=test
        objectClass: user
        mail: nora@t.test
        proxyAddresses: SMTP:nora@t.test
        proxyAddresses: smtp:nora.lund@t.test
        proxyAddresses: x400:c=US;a= ;p=Org;
        homeMDB: CN=db1,CN=SG1,CN=InformationStore,CN=MBX1,CN=Servers,DC=t,DC=test
        altRecipient: CN=Ole,OU=People,DC=t,DC=test
        deliverAndRedirect: TRUE
        department: Sales

        dn: uid=ole,ou=People,dc=t,dc=test
        objectClass: inetOrgPerson
        mail: ole.rfc@t.test
        mailHost: MBX2.t.test
        userPassword: oars

        dn: CN=Ole,OU=People,DC=t,DC=test
        objectClass: contact
        mail: ole@t.test
        targetAddress: SMTP:ole@fabrikam.test

        dn: CN=Night,OU=Groups,DC=t,DC=test
        objectClass: group
        mail: night@t.test
        member: cn=nora lund, ou=People, dc=t, dc=test
        member: CN=Ole,OU=People,DC=t,DC=test
        member: CN=Gone,OU=People,DC=t,DC=test

        dn: CN=Sales,OU=Groups,DC=t,DC=test
        objectClass: msExchDynamicDistributionList
        mail: sales@t.test
        msExchDynamicDLFilter: (department=Sales)
        """;

    @TempDir
    private Path folder;

    private Organization organization(String ldif, String... servers) throws Exception {
        Files.writeString(folder.resolve("people.ldif"), ldif);
        Topology topology = Topology.of(
                Settings.of("T", "t.test"),
                List.of(Site.of("A")),
                List.of(),
                List.of(servers).stream().map(name -> Server.mailbox(name, "A")).toList());
        return new Organization(topology, new DirectoryDefinition(List.of(), List.of("people.ldif"), Optional.empty()));
    }

    private static Answer who(FileDirectory directory, String address) {
        return directory
                .ask(List.of(new Question.ByAddress(EmailAddress.of(address))), Optional.empty())
                .answers()
                .get(0);
    }

    @Test
    void usersGroupsAndContactsBecomeRecipients() throws Exception {
        Organization complete = LdifRecipients.complete(organization(PEOPLE, "MBX1", "MBX2"), folder);
        FileDirectory directory = FileDirectory.of(complete.directory());

        Mailbox nora = (Mailbox) ((Answer.Found) who(directory, "nora.lund@t.test")).entry();
        assertThat(nora.database()).isEqualTo(new DatabaseRef("MBX1", "SG1", "DB1"));
        assertThat(nora.primaryAddress()).isEqualTo(EmailAddress.of("nora@t.test"));
        assertThat(nora.addresses()).hasSize(2);
        assertThat(nora.forwardTo()).contains(EmailAddress.of("ole@t.test"));
        assertThat(nora.deliverAndForward()).isTrue();
        assertThat(Logins.of(complete.directory()).login("ole.rfc@t.test", "oars"))
                .map(Mailbox::database)
                .contains(new DatabaseRef("MBX2", "SG1", "DB1"));
        assertThat(((Answer.Found) who(directory, "ole@t.test")).entry())
                .isInstanceOfSatisfying(
                        Contact.class, ole -> assertThat(ole.target()).isEqualTo(EmailAddress.of("ole@fabrikam.test")));
        assertThat(members(directory, "night@t.test"))
                .containsExactly(
                        who(directory, "nora@t.test"),
                        who(directory, "ole@t.test"),
                        new Answer.NotFound("CN=Gone,OU=People,DC=t,DC=test"));
        assertThat(members(directory, "sales@t.test")).containsExactly(who(directory, "nora@t.test"));
        assertThat(complete.directory().recipients()).as("not the OU").hasSize(5);
    }

    @Test
    void whatExchangeSetsIsRead() throws Exception {
        String ldif = """
            dn: CN=Nora,DC=t,DC=test
            objectClass: user
            mail: nora@t.test
            delivContLength: 100
            submissionContLength: 200
            msExchRecipLimit: 7
            authOrig: cn=ole, dc=t, dc=test
            dLMemSubmitPerms: CN=Night,DC=t,DC=test
            unauthOrig: CN=Gone,DC=t,DC=test
            dLMemRejectPerms: CN=Night,DC=t,DC=test

            dn: CN=Ole,DC=t,DC=test
            objectClass: contact
            mail: ole@t.test
            targetAddress: SMTP:ole@fabrikam.test
            msExchRequireAuthToSendTo: TRUE

            dn: CN=Night,DC=t,DC=test
            objectClass: group
            mail: night@t.test
            reportToOriginator: FALSE
            reportToOwner: TRUE
            managedBy: cn=nora,dc=t,dc=test
            msExchExpansionServerName: /o=T/ou=Exchange/cn=Configuration/cn=Servers/cn=mbx1

            dn: CN=Sales,DC=t,DC=test
            objectClass: msExchDynamicDistributionList
            mail: sales@t.test
            msExchDynamicDLFilter: (department=Sales)
            reportToOriginator: FALSE

            dn: CN=Both,DC=t,DC=test
            objectClass: group
            mail: both@t.test
            reportToOriginator: TRUE
            reportToOwner: TRUE
            """;

        List<DirectoryEntry> entries =
                LdifRecipients.complete(organization(ldif, "MBX1"), folder).directory().recipients().stream()
                        .map(RecipientDefinition::entry)
                        .toList();

        Mailbox nora = (Mailbox) entries.get(0);
        assertThat(nora.maxReceiveSize()).hasValue(102_400);
        assertThat(nora.maxSendSize()).hasValue(204_800);
        assertThat(nora.maxRecipients()).hasValue(7);
        assertThat(nora.restrictions())
                .isEqualTo(new Restrictions(
                        List.of("CN=Ole,DC=t,DC=test", "CN=Night,DC=t,DC=test"),
                        List.of("CN=Gone,DC=t,DC=test", "CN=Night,DC=t,DC=test"),
                        false));
        assertThat(entries.get(1).restrictions()).isEqualTo(Restrictions.AUTHENTICATED_ONLY);
        DistributionGroup night = (DistributionGroup) entries.get(2);
        assertThat(night.reportTo()).isEqualTo(ReportTo.MANAGER);
        assertThat(night.manager()).contains("CN=Nora,DC=t,DC=test");
        assertThat(night.expansionServer()).contains("MBX1");
        assertThat(((DynamicDistributionGroup) entries.get(3)).reportTo()).isEqualTo(ReportTo.NOBODY);
        assertThat(((DistributionGroup) entries.get(4)).reportTo())
                .as("forbidden: the sender comes first")
                .isEqualTo(ReportTo.ORIGINATOR);
    }

    @Test
    void aLimitThatIsNoneIsSaid() throws Exception {
        Organization organization =
                organization("dn: CN=Nora,DC=t\nobjectClass: user\nmail: n@t.test\ndelivContLength: -1\n", "MBX1");

        assertThatThrownBy(() -> LdifRecipients.complete(organization, folder))
                .hasMessageContaining("its delivContLength is no limit above zero: -1");
    }

    private static List<Answer> members(FileDirectory directory, String address) {
        String group = ((Answer.Found) who(directory, address)).entry().name();
        return directory
                .ask(List.of(new Question.MembersOf(group)), Optional.empty())
                .answers();
    }

    @Test
    void anEntryWithoutPlaceGoesToTheOnlyMailboxServer() throws Exception {
        String ldif = "dn: uid=ole,dc=test\nobjectClass: inetOrgPerson\nmail: ole@t.test\n";

        Organization complete = LdifRecipients.complete(organization(ldif, "MBX1"), folder);

        assertThat(Logins.of(complete.directory()).mailbox("ole@t.test"))
                .map(Mailbox::database)
                .contains(new DatabaseRef("MBX1", "SG1", "DB1"));
    }

    @Test
    void everyMistakeIsReportedInOneGo() throws Exception {
        String ldif = """
            dn: uid=a,dc=test
            objectClass: user
            mail: a@t.test

            dn: uid=b,dc=test
            objectClass: user
            mail: not an address

            dn: uid=c,dc=test
            objectClass: user
            mail: c@t.test
            homeMDB: CN=DB9,CN=SG1,CN=InformationStore,CN=MBX1

            dn: UID=A,dc=test
            mail: a@t.test

            dn: uid=d,dc=test
            no colon in this line
            """;
        Organization organization = organization(ldif, "MBX1", "MBX2");

        assertThatThrownBy(() -> LdifRecipients.complete(organization, folder))
                .isInstanceOfSatisfying(
                        LdifException.class,
                        e -> assertThat(e.problems())
                                .hasSize(5)
                                .anySatisfy(
                                        p -> assertThat(p).startsWith("people.ldif: uid=a,dc=test: cannot be placed"))
                                .anySatisfy(p ->
                                        assertThat(p).startsWith("people.ldif: uid=b,dc=test: not an e-mail address"))
                                .anySatisfy(
                                        p -> assertThat(p).contains("uid=c,dc=test: its homeMDB leads to no database"))
                                .anySatisfy(p ->
                                        assertThat(p).contains("UID=A,dc=test: the entry is already in people.ldif"))
                                .anySatisfy(p -> assertThat(p).startsWith("people.ldif:17: not LDIF")));
    }

    @Test
    void withoutLdifFilesNothingChanges() throws Exception {
        Organization organization = new Organization(organization("", "MBX1").topology(), DirectoryDefinition.EMPTY);

        assertThat(LdifRecipients.complete(organization, folder)).isSameAs(organization);
    }
}
