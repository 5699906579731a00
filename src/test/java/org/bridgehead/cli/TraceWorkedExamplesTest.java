package org.bridgehead.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The worked examples W1 to W17 of BEHAVIOUR 12 as {@code trace} tells them: what is documented, read off the tracking
 * events of a message. W18 compares two costs and is about no message.
 */
class TraceWorkedExamplesTest {
    private static final String EVERY_SITE = "metric: cost, relay: everySite";

    @TempDir
    Path folder;

    private Traced trace(TracedNets net, String from, String to, String... more) throws IOException {
        List<String> args = new ArrayList<>(List.of("--from", from + "@contoso.test"));
        for (String one : to.split(",")) {
            args.addAll(List.of("--to", one.contains("@") ? one : one + "@contoso.test"));
        }
        Collections.addAll(args, more);
        return Traced.run(net.in(folder), args.toArray(String[]::new));
    }

    private String story(TracedNets net, String... args) throws IOException {
        List<String> words = new ArrayList<>(List.of("trace", net.in(folder)));
        words.addAll(Arrays.asList(args));
        StringWriter out = new StringWriter();
        Main.execute(new PrintWriter(out), new PrintWriter(new StringWriter()), words.toArray(String[]::new));
        return out.toString();
    }

    @Test
    void w1FewerHopsWinAtEqualCost() throws IOException {
        String[] links = {"A-B 5", "B-D 10", "B-C 5", "C-D 5"};
        Traced direct = trace(TracedNets.of(links), "a", "d");
        assertThat(direct.transfers()).containsExactly("A1>D1 1");
        assertThat(direct.delivered()).containsExactly("D-MBX");
        assertThat(direct.exitCode()).isZero();
        assertThat(trace(TracedNets.of(links).routing(EVERY_SITE), "a", "d").transfers())
                .containsExactly("A1>B1 1", "B1>D1 1");
        assertThat(story(TracedNets.of(links), "--from", "a@contoso.test", "--to", "d@contoso.test"))
                .contains("by A > B > D (2 hops, cost 15)", "A > B > C > D by hops");
    }

    @Test
    void w2TheNameNearestTheDestinationDecides() throws IOException {
        String[] links = {"A-B 5", "B-D 5", "A-C 5", "C-D 5"};
        assertThat(trace(TracedNets.of(links), "a", "d").transfers()).containsExactly("A1>D1 1");
        assertThat(trace(TracedNets.of(links).routing(EVERY_SITE), "a", "d", "--count", "4")
                        .transfers())
                .as("only this path is ever used")
                .allMatch(transfer -> transfer.matches("A1>B[12] 1|B[12]>D[12] 1"))
                .hasSize(8);
    }

    @Test
    void w3TheCheapPathIsTakenAndMailWaitsCloseToTheFailure() throws IOException {
        TracedNets net = TracedNets.of("A-B 5", "B-D 15", "A-C 5", "C-D 5");
        assertThat(trace(net, "a", "d").transfers()).as("C is not touched").containsExactly("A1>D1 1");
        Traced held = trace(net, "a", "d", "--down", "server:D1", "--down", "server:D2");
        assertThat(held.transfers()).containsExactly("A1>C1 1");
        assertThat(held.waiting()).containsExactly("C1 site:D");
        assertThat(held.exitCode()).isEqualTo(ExitCode.BAD_ANSWER);
    }

    @Test
    void w4AnExchangeCostMovesThePath() throws IOException {
        TracedNets net = TracedNets.of("A-B 5", "B-D 15", "A-C 5", "C-D 5 25");
        assertThat(trace(net, "a", "d").transfers()).containsExactly("A1>D1 1");
        assertThat(trace(net, "a", "d", "--down", "site:D").waiting()).containsExactly("B1 site:D");
        assertThat(story(net, "--from", "a@contoso.test", "--to", "d@contoso.test"))
                .contains("by A > B > D (2 hops, cost 20)", "lowest cost: 20 against 30");
    }

    @Test
    void w5MailStopsAtAHubSiteOnThePath() throws IOException {
        TracedNets net = TracedNets.of("A-B 5", "B-C 5", "C-D 5", "D-E 5").hubSite("C");
        assertThat(trace(net, "a", "e").transfers()).containsExactly("A1>C1 1", "C1>E1 1");
    }

    @Test
    void w6AHubSiteOffThePathIsIgnored() throws IOException {
        TracedNets net = TracedNets.of("A-B 5", "B-D 15", "A-C 5", "C-D 5").hubSite("B");
        assertThat(trace(net, "a", "d").transfers()).containsExactly("A1>D1 1");
    }

    @Test
    void w7ACentreIsPassedOrStoppedAt() throws IOException {
        String[] star = {"A-B 5", "A-C 5", "A-D 5"};
        assertThat(trace(TracedNets.of(star), "b", "c").transfers()).containsExactly("B1>C1 1");
        assertThat(trace(TracedNets.of(star).hubSite("A"), "b", "c").transfers())
                .containsExactly("B1>A1 1", "A1>C1 1");
    }

    @Test
    void w8OneLinkOfAllSitesLeavesNoSiteToWaitAtBetween() throws IOException {
        TracedNets net = TracedNets.of("A-B-C-D 100");
        assertThat(trace(net, "a", "d").transfers()).containsExactly("A1>D1 1");
        Traced held = trace(net, "a", "d", "--down", "site:D");
        assertThat(held.transfers()).isEmpty();
        assertThat(held.waiting()).containsExactly("A1 site:D");
    }

    @Test
    void w9OneCopyTravelsToTheFork() throws IOException {
        TracedNets net = TracedNets.of("S1-S2 5", "S2-S3 5", "S2-S4 5");
        Traced fork = trace(net, "s1", "s3,s4", "--size", "5MB");
        assertThat(fork.transfers()).containsExactly("S11>S21 2", "S21>S31 1", "S21>S41 1");
        assertThat(fork.events()).allMatch(event -> event.get("bytes").equals(5 << 20));
        assertThat(story(net, "--from", "s1@contoso.test", "--to", "s3@contoso.test", "--to", "s4@contoso.test"))
                .contains("one copy goes as far as S2, where the ways of its recipients part");
    }

    @Test
    void w10RecipientsOfOneSiteShareACopy() throws IOException {
        Traced fork = trace(TracedNets.of("A-B 5", "B-D 5", "B-E 5"), "a", "d,e,ex");
        assertThat(fork.transfers()).containsExactly("A1>B1 3", "B1>D1 1", "B1>E1 2");
        assertThat(fork.delivered()).containsExactlyInAnyOrder("D-MBX", "E-MBX");
    }

    @Test
    void w11SitesAreTriedFromTheDestinationBack() throws IOException {
        TracedNets net = TracedNets.of("S1-S2 5", "S2-S3 5", "S3-S4 5");
        Traced held = trace(net, "s1", "s4", "--down", "server:S41", "--down", "server:S42");
        assertThat(held.transfers()).containsExactly("S11>S31 1");
        assertThat(held.waiting()).containsExactly("S31 site:S4");
        String[] all = {"server:S41", "server:S42", "server:S31", "server:S32", "server:S21", "server:S22"};
        List<String> args =
                new ArrayList<>(List.of("--from", "s1@contoso.test", "--to", "s4@contoso.test", "--why-waiting"));
        Arrays.stream(all).forEach(item -> args.addAll(List.of("--down", item)));
        assertThat(story(net, args.toArray(String[]::new)))
                .contains("tried: S4 (S41, S42: no answer), S3 (S31, S32: no answer), S2 (S21, S22: no answer)")
                .contains("s4@contoso.test waits at S11 in S1 in queue site:S4");
    }

    @Test
    void w12AnExchangeCostMovesTheQueue() throws IOException {
        assertThat(trace(TracedNets.of("A-B 5", "B-C 5", "C-D 5", "B-D 15"), "a", "d", "--down", "site:D")
                        .waiting())
                .containsExactly("C1 site:D");
        assertThat(trace(TracedNets.of("A-B 5", "B-C 5", "C-D 5 25", "B-D 15"), "a", "d", "--down", "site:D")
                        .waiting())
                .containsExactly("B1 site:D");
    }

    @Test
    void w13ServersTakeTurnsByConnection() throws IOException {
        Traced three = trace(TracedNets.of("A-B 5").hubs(3), "a", "b", "--count", "3", "--every", "1m");
        assertThat(three.transfers()).containsExactly("A1>B1 1", "A1>B2 1", "A1>B3 1");
    }

    @Test
    void w14TheSuccessorOfADeadServerCarriesItsTurnUnlessHealthCounts() throws IOException {
        String[] six = {"--count", "6", "--every", "1m", "--down", "server:B1"};
        Traced rotate = trace(
                TracedNets.of("A-B 5").hubs(3).routing("preset: exchange2007, loadBalancing: rotate"), "a", "b", six);
        assertThat(rotate.transfers().stream().filter("A1>B2 1"::equals)).hasSize(4);
        assertThat(rotate.transfers().stream().filter("A1>B3 1"::equals)).hasSize(2);
        Traced healthy = trace(
                TracedNets.of("A-B 5").hubs(3).routing("preset: exchange2007, loadBalancing: healthy"), "a", "b", six);
        assertThat(healthy.transfers().stream().filter("A1>B2 1"::equals)).hasSize(3);
        assertThat(healthy.transfers().stream().filter("A1>B3 1"::equals)).hasSize(3);
    }

    @Test
    void w15TheMostSpecificAddressSpaceWinsWhateverItsCost() throws IOException {
        TracedNets net = TracedNets.of("A-B 5")
                .connector("All", "SMTP:*;1", "A1")
                .connector("Wild", "SMTP:*.contoso.com;1", "A1")
                .connector("Exact", "SMTP:marketing.contoso.com;100", "B1");
        String julia = "julia@marketing.contoso.com";
        assertThat(trace(net, "a", julia).transfers()).containsExactly("A1>B1 1", "B1>marketing.contoso.com 1");
        assertThat(story(net, "--from", "a@contoso.test", "--to", julia))
                .contains("by connector Exact, decided by specificity", "Wild by specificity", "All by specificity");
        assertThat(trace(net, "a", julia, "--set", "connectors.Exact=null").transfers())
                .containsExactly("A1>marketing.contoso.com 1");
        assertThat(story(net, "--from", "a@contoso.test", "--to", julia, "--set", "connectors.Exact=null"))
                .contains("by connector Wild, decided by specificity");
    }

    @Test
    void w16MailForOutsideTravelsToTheSiteOfItsConnector() throws IOException {
        Traced out =
                trace(TracedNets.of("A-B 5").connector("Out", "SMTP:*.contoso.com;1", "B1"), "a", "joe@contoso.com");
        assertThat(out.all("RECEIVE").get(0)).containsEntry("server", "A1").containsEntry("hop", 1);
        assertThat(out.transfers()).containsExactly("A1>B1 1", "B1>contoso.com 1");
        assertThat(out.exitCode()).isZero();
    }

    @Test
    void w17UnreachableMailGoesOnWhenAConnectorIsAdded() throws IOException {
        TracedNets net = TracedNets.of("A-B 5");
        Traced none = trace(net, "a", "x@fabrikam.com");
        assertThat(none.waiting()).containsExactly("A1 Unreachable");
        assertThat(none.exitCode()).isEqualTo(ExitCode.BAD_ANSWER);
        Traced added = trace(
                net,
                "a",
                "x@fabrikam.com",
                "--set",
                "connectors.Internet={addressSpaces: [\"SMTP:*;1\"], sourceServers: [A1], dns: true}@1h");
        assertThat(added.events().stream().map(event -> event.get("event")))
                .containsExactly("RECEIVE", "DEFER", "RESUBMIT", "SEND");
        assertThat(added.all("RESUBMIT").get(0)).containsEntry("time", "2026-03-01T10:00:00Z");
        assertThat(added.transfers()).containsExactly("A1>fabrikam.com 1");
        assertThat(added.exitCode()).isZero();
    }
}
