package org.bridgehead.io.ldap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.unboundid.ldap.protocol.LDAPMessage;
import com.unboundid.ldap.protocol.SearchResultReferenceProtocolOp;
import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.Control;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.ldap.sdk.controls.SimplePagedResultsControl;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bridgehead.core.directory.Answer;
import org.bridgehead.core.directory.Cursor;
import org.bridgehead.core.directory.Page;
import org.bridgehead.io.ldap.ScriptedController.Asked;
import org.bridgehead.io.ldap.ScriptedController.Script;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Answers that are not whole: the next controller is asked, else it is "unavailable", never "no such recipient". Longer
 * than most files: each way in which an answer can be cut short, with the server that does it.
 */
class LdapTroubleTest {
    private static final int MANY = 1_100;
    private static final int AT_A_TIME = 300;
    private static final Pattern RANGE = Pattern.compile("member;range=(\\d+)-\\*");

    /** Each case: what a controller does to a search in place of answering it. */
    static Stream<Object> broken() {
        return Stream.of(
                arguments("sizeLimitExceeded", result(ResultCode.SIZE_LIMIT_EXCEEDED)),
                arguments("timeLimitExceeded", result(ResultCode.TIME_LIMIT_EXCEEDED)),
                arguments("adminLimitExceeded", result(ResultCode.ADMIN_LIMIT_EXCEEDED)),
                arguments("busy", result(ResultCode.BUSY)),
                arguments("unavailable", result(ResultCode.UNAVAILABLE)),
                arguments("no such base", script(result(ResultCode.NO_SUCH_OBJECT))),
                arguments("insufficientAccessRights", result(ResultCode.INSUFFICIENT_ACCESS_RIGHTS)),
                arguments("operationsError", result(ResultCode.OPERATIONS_ERROR)),
                arguments("a referral", result(ResultCode.REFERRAL)),
                arguments("a search reference", script(asked -> {
                    asked.connection()
                            .sendSearchResultReference(
                                    asked.id(), new SearchResultReferenceProtocolOp(List.of("ldap://elsewhere.test/")));
                    return Optional.of(asked.done(ResultCode.SUCCESS));
                })),
                arguments("the size limit behind an entry", script(asked -> {
                    asked.connection().sendSearchResultEntry(asked.id(), Forest.user("anna"));
                    return Optional.of(asked.done(ResultCode.SIZE_LIMIT_EXCEEDED));
                })),
                arguments("closed in the middle", script(asked -> {
                    asked.connection().sendSearchResultEntry(asked.id(), Forest.user("anna"));
                    asked.connection().close();
                    return Optional.of(asked.done(ResultCode.SUCCESS));
                })),
                arguments("garbled", script(asked -> {
                    asked.connection().getSocket().getOutputStream().write(new byte[] {0x30, 0x05, 0x02, 0x7f, 0, 0, 0
                    });
                    asked.connection().getSocket().getOutputStream().flush();
                    return Optional.empty();
                })));
    }

    private static Script result(ResultCode code) {
        return asked -> Optional.of(asked.done(code));
    }

    private static Script script(Script script) {
        return asked -> asked.isRead() ? Optional.empty() : script.answer(asked);
    }

    private static List<Entry> people() {
        return List.of(
                Forest.user("anna"),
                Forest.group("staff", List.of(Forest.dn("anna"))),
                Forest.entry(
                        Forest.dn("all"),
                        "msExchDynamicDistributionList",
                        "mail",
                        "all@t.test",
                        "msExchDynamicDLFilter",
                        "(cn=*)"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("broken")
    void theNextControllerHasTheWholeAnswer(String what, Script script) throws Exception {
        try (Forest forest = new Forest(people())) {
            forest.dc(1).script(script);
            forest.dc(2).script(script);

            assertThat(Forest.addresses(List.of(forest.find("anna@t.test")))).containsExactly("anna@t.test");
            assertThat(forest.find("nobody@t.test")).isEqualTo(new Answer.NotFound("nobody@t.test"));
            assertThat(forest.dc(3).lookUps()).isEqualTo(2);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("broken")
    void whenAllAreBrokenNobodyIsUnknown(String what, Script script) throws Exception {
        try (Forest forest = new Forest(people())) {
            forest.script(script);

            assertThat(forest.find("anna@t.test")).isInstanceOf(Answer.Unavailable.class);
            assertThat(forest.find("nobody@t.test")).isInstanceOf(Answer.Unavailable.class);
            assertThat(forest.members(Forest.dn("all"))).hasSize(1).hasOnlyElementsOfType(Answer.Unavailable.class);

            forest.controllers.values().forEach(ScriptedController::honest);
            forest.now = forest.now.plusSeconds(31);
            assertThat(forest.find("nobody@t.test")).isEqualTo(new Answer.NotFound("nobody@t.test"));
            assertThat(Forest.addresses(forest.members(Forest.dn("all")))).contains("anna@t.test", "staff@t.test");
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("codes")
    void aMemberThatCannotBeReadIsNotLeftOut(ResultCode code) throws Exception {
        try (Forest forest = new Forest(people())) {
            Script unread = asked -> asked.request().getBaseDN().equals(Forest.dn("anna"))
                    ? Optional.of(asked.done(code))
                    : Optional.empty();
            forest.dc(1).script(unread);
            assertThat(Forest.addresses(forest.members(Forest.dn("staff")))).containsExactly("anna@t.test");

            forest.script(unread);
            assertThat(forest.members(Forest.dn("staff"))).hasSize(1).hasOnlyElementsOfType(Answer.Unavailable.class);
        }
    }

    static List<ResultCode> codes() {
        return List.of(ResultCode.REFERRAL, ResultCode.BUSY, ResultCode.TIME_LIMIT_EXCEEDED, ResultCode.SUCCESS);
    }

    @Test
    void whoNeverAnswersCostsOneTimeLimitAndIsLeftAlone() throws Exception {
        try (Forest forest = new Forest(people())) {
            forest.dc(1).script(asked -> {
                forest.dc(1).hang();
                return Optional.empty();
            });
            for (int i = 0; i < 4; i++) {
                assertThat(forest.find("anna@t.test")).isInstanceOf(Answer.Found.class);
            }
            assertThat(forest.dc(1).lookUps()).isEqualTo(1);
            assertThat(forest.directories.states().get(0).trouble())
                    .get()
                    .asString()
                    .contains("no answer within 700 ms");
        }
    }

    @Test
    void nobodyIsAskedAgainBeforeThePauseIsOver() throws Exception {
        try (Forest forest = new Forest(people())) {
            forest.controllers.values().forEach(ScriptedController::close);
            assertThat(forest.find("anna@t.test")).isInstanceOf(Answer.Unavailable.class);

            assertThat(forest.find("anna@t.test"))
                    .asString()
                    .contains("DC1 is not asked until 2026-01-01T00:00:30Z: ", "DC3 is not asked until");
        }
    }

    /** As Active Directory gives long lists: some members at a time, in an order of each controller's own. */
    private static final class Ranges implements Script {
        private final List<String> members;
        private final AtomicInteger reads = new AtomicInteger();
        private volatile int missing;
        private volatile int failAt = -1;

        Ranges(List<String> members) {
            this.members = new ArrayList<>(members);
        }

        @Override
        public Optional<LDAPMessage> answer(Asked asked) throws LDAPException {
            if (!asked.request().getBaseDN().equals(Forest.dn("big"))) {
                return Optional.empty();
            }
            int from = asked.request().getAttributes().stream()
                    .map(RANGE::matcher)
                    .filter(Matcher::matches)
                    .map(range -> Integer.valueOf(range.group(1)))
                    .findFirst()
                    .orElse(0);
            if (reads.getAndIncrement() == failAt) {
                return Optional.of(asked.done(ResultCode.UNAVAILABLE));
            }
            asked.connection().sendSearchResultEntry(asked.id(), entry(from));
            return Optional.of(asked.done(ResultCode.SUCCESS));
        }

        private synchronized Entry entry(int from) {
            int to = Math.min(members.size(), from + AT_A_TIME);
            Entry entry = Forest.entry(Forest.dn("big"), "group");
            if (to > from) {
                String range = from + "-" + (to == members.size() ? "*" : String.valueOf(to - 1));
                entry.addAttribute(new Attribute("member;range=" + range, members.subList(from, to - missing)));
            }
            return entry;
        }

        synchronized void remove(String member) {
            members.remove(member);
        }
    }

    private static List<String> names() {
        return IntStream.range(0, MANY).mapToObj(i -> "u" + i).toList();
    }

    private static List<Entry> big() {
        List<Entry> entries = new ArrayList<>(names().stream().map(Forest::user).toList());
        entries.add(Forest.group("big", List.of()));
        return entries;
    }

    private static List<String> everybody() {
        return names().stream().map(name -> name + "@t.test").toList();
    }

    private static List<Ranges> ranges(Forest forest) {
        List<Ranges> all = new ArrayList<>();
        List<String> names = new ArrayList<>(names().stream().map(Forest::dn).toList());
        for (ScriptedController dc : forest.controllers.values()) {
            Ranges ranges = new Ranges(names);
            all.add(ranges);
            dc.script(ranges);
            Collections.rotate(names, 77);
        }
        return all;
    }

    @Test
    void rangesAreFollowedToTheVeryEnd() throws Exception {
        try (Forest forest = new Forest(big())) {
            ranges(forest);

            assertThat(Forest.addresses(forest.members(Forest.dn("big")))).containsExactlyElementsOf(everybody());
        }
    }

    @Test
    void aRangeThatIsShorterThanItSaysIsNotBelieved() throws Exception {
        try (Forest forest = new Forest(big())) {
            List<Ranges> ranges = ranges(forest);
            ranges.get(0).missing = 1;
            ranges.get(1).missing = 1;
            assertThat(Forest.addresses(forest.members(Forest.dn("big")))).containsAll(everybody());

            ranges.get(2).missing = 1;
            assertThat(forest.members(Forest.dn("big"))).hasSize(1).hasOnlyElementsOfType(Answer.Unavailable.class);
        }
    }

    @Test
    void aControllerThatFailsInTheMiddleLeavesNobodyOut() throws Exception {
        try (Forest forest = new Forest(big())) {
            ranges(forest).get(0).failAt = 2;

            List<Answer> members = forest.members(Forest.dn("big"));

            assertThat(Forest.addresses(members)).containsAll(everybody());
            assertThat(members).hasSize(MANY + 2 * AT_A_TIME - 1);
        }
    }

    @Test
    void aListThatBecomesShorterMeanwhileLeavesNobodyOut() throws Exception {
        try (Forest forest = new Forest(big())) {
            List<Ranges> ranges = ranges(forest);
            Page first = forest.members(Forest.dn("big"), Optional.empty());
            ranges.forEach(its -> its.remove(Forest.dn("u10")));

            List<String> found = new ArrayList<>(Forest.addresses(first.answers()));
            for (Page page = first; page.next().isPresent(); ) {
                page = forest.members(Forest.dn("big"), page.next());
                found.addAll(Forest.addresses(page.answers()));
            }

            assertThat(found).containsAll(everybody());
        }
    }

    private static List<Entry> filtered() {
        List<Entry> entries = new ArrayList<>(names().stream().map(Forest::user).toList());
        entries.add(Forest.entry(
                Forest.dn("all"),
                "msExchDynamicDistributionList",
                "mail",
                "all@t.test",
                "msExchDynamicDLFilter",
                "(cn=u*)"));
        return entries;
    }

    /** What a controller does to the second page. */
    static Stream<Object> atTheSecondPage() {
        return Stream.of(
                arguments("the cookie is dropped", page(asked -> Optional.of(asked.done(ResultCode.SUCCESS)))),
                arguments("the cookie is unknown", page(result(ResultCode.UNWILLING_TO_PERFORM))),
                arguments("closed in the middle", page(asked -> {
                    asked.connection().sendSearchResultEntry(asked.id(), Forest.user("u7"));
                    asked.connection().close();
                    return Optional.of(asked.done(ResultCode.SUCCESS));
                })),
                arguments("busy", page(result(ResultCode.BUSY))),
                arguments("a size limit", page(result(ResultCode.SIZE_LIMIT_EXCEEDED))));
    }

    private static Script page(Script script) {
        return asked -> {
            boolean second = asked.request().getScope() == SearchScope.SUB
                    && asked.controls().stream()
                            .filter(control -> control.getOID().equals(SimplePagedResultsControl.PAGED_RESULTS_OID))
                            .anyMatch(control -> cookie(control) > 0);
            return second ? script.answer(asked) : Optional.empty();
        };
    }

    private static int cookie(Control control) {
        try {
            return new SimplePagedResultsControl(control.getOID(), control.isCritical(), control.getValue())
                    .getCookie()
                    .getValueLength();
        } catch (LDAPException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("atTheSecondPage")
    void aWalkThatBreaksOffBeginsAgainElsewhere(String what, Script script) throws Exception {
        try (Forest forest = new Forest(filtered())) {
            forest.dc(1).script(script);
            forest.dc(2).script(script);

            List<Answer> members = forest.members(Forest.dn("all"));

            assertThat(Forest.addresses(members)).containsAll(everybody());
            assertThat(members).hasOnlyElementsOfType(Answer.Found.class);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("atTheSecondPage")
    void aWalkThatBreaksOffEverywhereIsPutOffAndGoesOnLater(String what, Script script) throws Exception {
        try (Forest forest = new Forest(filtered())) {
            forest.script(script);
            List<Answer> members = new ArrayList<>();
            Optional<Cursor> at = Optional.empty();
            for (int i = 0; i < 10 && members.stream().noneMatch(Answer.Unavailable.class::isInstance); i++) {
                Page page = forest.members(Forest.dn("all"), at);
                members.addAll(page.answers());
                at = page.next();
            }
            assertThat(members).last().isInstanceOf(Answer.Unavailable.class);
        }
    }

    @Test
    void aPageWithoutAWordOnPagingIsNotTheLast() throws Exception {
        try (Forest forest = new Forest(filtered())) {
            forest.script(asked -> asked.isRead() ? Optional.empty() : Optional.of(asked.done(ResultCode.SUCCESS)));

            assertThat(forest.members(Forest.dn("all"))).hasSize(1).hasOnlyElementsOfType(Answer.Unavailable.class);
        }
    }

    @Test
    void aCursorThatIsNoneIsTroubleNotAnEnd() throws Exception {
        try (Forest forest = new Forest(people())) {
            Page page = forest.members(Forest.dn("staff"), Optional.of(new Cursor("../../etc")));

            assertThat(page.answers()).hasSize(1).hasOnlyElementsOfType(Answer.Unavailable.class);
        }
    }

    @Test
    void aCursorOfAnEarlierLifeBeginsTheGroupAgain() throws Exception {
        try (Forest forest = new Forest(people())) {
            Page page = forest.members(Forest.dn("staff"), Optional.of(new Cursor("4711.0.")));

            assertThat(Forest.addresses(page.answers())).containsExactly("anna@t.test");
        }
    }
}
