package org.bridgehead.whatif;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bridgehead.core.directory.Answer;
import org.bridgehead.core.directory.Cursor;
import org.bridgehead.core.directory.Directory;
import org.bridgehead.core.directory.Page;
import org.bridgehead.core.directory.Question;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.io.config.TopologyFile;
import org.bridgehead.io.ldap.FileDirectory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Groups that change while somebody reads them. */
class LivingGroupsTest {
    private static final List<String> ALL =
            IntStream.rangeClosed(1, 7).mapToObj(i -> "m" + i).toList();

    private static final Instant NOW = Instant.parse("2026-03-02T08:00:00Z");

    @TempDir
    Path folder;

    private LivingGroups groups;

    @BeforeEach
    void aGroupOfSeven() throws Exception {
        StringBuilder text = new StringBuilder("""
                bridgehead: 1
                organization: { name: X, acceptedDomains: { x.test: authoritative } }
                sites: { A: {} }
                servers:
                  H1: { site: A, roles: [hubTransport] }
                  M1: { site: A, roles: [mailbox], storageGroups: { SG1: [DB1] } }
                directory:
                  recipients:
                    team: { type: group, addresses: [team@x.test], members: %s }
                """.formatted(ALL));
        Stream.concat(ALL.stream(), Stream.of("new"))
                .forEach(name -> text.append("    %s: { type: mailbox, addresses: [%s@x.test], database: M1/SG1/DB1 }%n"
                        .formatted(name, name)));
        Path file = Files.writeString(folder.resolve("t.yaml"), text);
        groups = new LivingGroups(
                FileDirectory.of(TopologyFile.load(file).organization().directory()), 3);
    }

    private void change(String member, boolean joins) {
        groups.change(EmailAddress.of("team@x.test"), EmailAddress.of(member + "@x.test"), joins, NOW);
    }

    private static Page page(Directory directory, Optional<Cursor> from) {
        return directory.ask(List.of(new Question.MembersOf("team")), from);
    }

    private static List<String> names(Page page) {
        return page.answers().stream()
                .map(answer -> ((Answer.Found) answer).entry().name())
                .toList();
    }

    private List<String> rest(Page first) {
        List<String> names = new ArrayList<>();
        Optional<Cursor> next = first.next();
        while (next.isPresent()) {
            Page page = page(groups, next);
            names.addAll(names(page));
            next = page.next();
        }
        return names;
    }

    @Test
    void anUnchangedGroupIsToldAFewAtATime() {
        Page first = page(groups, Optional.empty());
        assertThat(names(first)).containsExactly("m1", "m2", "m3");
        assertThat(rest(first)).containsExactly("m4", "m5", "m6", "m7");
    }

    @Test
    void whoHasReadMembersThatLeaveMissesNobodyBehindThem() {
        Page first = page(groups, Optional.empty());
        change("m1", false);
        change("m2", false);
        assertThat(rest(first)).contains("m4", "m5", "m6", "m7").doesNotContain("m1", "m2");
    }

    @Test
    void whoWasThereAllTheTimeAndWhoEverWas() {
        change("m1", false);
        change("new", true);
        change("m1", true);
        change("m5", true);
        assertThat(names(page(groups.always(), Optional.empty()))).containsExactly("m2", "m3", "m4", "m5", "m6", "m7");
        assertThat(names(page(groups.ever(), Optional.empty())))
                .containsExactlyInAnyOrder("m1", "m2", "m3", "m4", "m5", "m6", "m7", "new");
        change("outside", true);
        assertThat(names(page(groups.ever(), Optional.empty()))).contains("outside@x.test");
    }

    @Test
    void onlyGroupsHaveMembers() {
        assertThatThrownBy(() -> groups.change(EmailAddress.of("m1@x.test"), EmailAddress.of("m2@x.test"), true, NOW))
                .hasMessageContaining("no group has m1@x.test");
    }
}
