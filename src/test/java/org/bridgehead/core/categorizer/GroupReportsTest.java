package org.bridgehead.core.categorizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bridgehead.core.categorizer.Run.to;

import java.util.List;
import java.util.Optional;
import org.bridgehead.core.directory.DirectoryEntry.DistributionGroup;
import org.bridgehead.core.directory.ReportTo;
import org.bridgehead.core.directory.Restrictions;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.whatif.People;
import org.junit.jupiter.api.Test;

/** Who hears what becomes of a group's members (BEHAVIOUR 2.4, group report settings). */
class GroupReportsTest {
    private final People people =
            new People().mailbox("anna", "MBX1").mailbox("bert", "MBX1").mailbox("boss", "MBX1");

    private void group(String name, ReportTo reportTo, String manager, String... members) {
        people.with(
                new DistributionGroup(
                        name,
                        List.of(People.address(name)),
                        Optional.empty(),
                        reportTo,
                        Optional.of(manager).filter(text -> !text.isEmpty()),
                        Restrictions.NONE),
                members);
    }

    private Run run(Run.Request request) {
        return Run.of(request, people);
    }

    /** Members as {@code name from sender NOTIFY}. */
    private static List<String> fates(Run run) {
        return run.members.stream()
                .map(one -> one.recipient().address().localPart() + " from "
                        + one.sender().map(EmailAddress::localPart).orElse("sender") + " "
                        + one.recipient().conditions())
                .toList();
    }

    @Test
    void theSenderHearsByDefault() {
        group("g", ReportTo.ORIGINATOR, "boss", "anna");
        Run run = run(to("g"));
        assertThat(fates(run)).containsExactly("anna from sender []");
        assertThat(run.of(Finding.Reports.class)).isEmpty();
    }

    @Test
    void nobodyHears() {
        group("g", ReportTo.NOBODY, "boss", "anna", "ghost");
        Run run = run(to("g"));
        assertThat(fates(run)).containsExactly("anna from sender [NEVER]");
        assertThat(run.of(Finding.Reports.class))
                .containsExactly(new Finding.Reports(People.address("g"), Optional.empty()));
    }

    @Test
    void theManagerHearsOfFailuresInACopyOfItsOwn() {
        group("g", ReportTo.MANAGER, "boss", "anna", "x", "inner");
        people.contact("x", "x@fabrikam.test").group("inner", "bert");
        Run run = run(to("g", "boss"));
        assertThat(fates(run))
                .containsExactly("anna from boss [FAILURE]", "x from boss [FAILURE]", "bert from boss [FAILURE]");
        assertThat(run.leaves()).as("who is no member is not concerned").containsExactly("1 boss MBX1");
        assertThat(run.chunks)
                .singleElement()
                .satisfies(chunk -> assertThat(chunk.sender()).contains(People.address("boss")));
    }

    @Test
    void membersOfOneChunkShareTheirSender() {
        group("managed", ReportTo.MANAGER, "boss", "bert");
        people.mailbox("carl", "MBX1").group("plain", "anna", "managed", "carl");
        Run run = run(to("plain"));
        assertThat(run.chunks)
                .extracting(
                        chunk -> chunk.members().size() + " " + chunk.sender().isPresent())
                .containsExactly("2 false", "1 true");
    }

    @Test
    void withoutAManagerNobodyHears() {
        group("none", ReportTo.MANAGER, "", "anna");
        group("gone", ReportTo.MANAGER, "ghost", "bert");
        assertThat(fates(run(to("none")))).containsExactly("anna from sender [NEVER]");
        assertThat(fates(run(to("gone")))).containsExactly("bert from sender [NEVER]");
    }

    @Test
    void aManagerMayBeOutside() {
        group("g", ReportTo.MANAGER, "agency@fabrikam.test", "anna");
        assertThat(fates(run(to("g")))).containsExactly("anna from agency [FAILURE]");
    }

    @Test
    void reportsToAGroupEndThereOrAtItsManager() {
        group("managed", ReportTo.MANAGER, "boss", "anna");
        people.group("plain", "anna");
        people.forwarding("fan", "MBX1", "plain", true);
        Run plain = run(to("plain").report());
        assertThat(plain.members).isEmpty();
        assertThat(plain.expanded).containsExactly(0);
        assertThat(plain.of(Finding.Dropped.class)).hasSize(1);
        Run managed = run(to("managed").report());
        assertThat(fates(managed)).containsExactly("boss from sender []");
        assertThat(managed.of(Finding.Redirected.class)).hasSize(1);
        assertThat(fates(run(to("fan").report())))
                .as("a mailbox that forwards to a group keeps its own")
                .containsExactly("fan from sender []");
    }
}
