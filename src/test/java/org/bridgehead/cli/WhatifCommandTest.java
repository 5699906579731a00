package org.bridgehead.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code whatif} on Contoso. */
class WhatifCommandTest {
    private static final String CONTOSO = "topologies/contoso.yaml";

    @TempDir
    Path folder;

    private record Result(int exitCode, String out, String err) {}

    private static Result run(String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = Main.execute(new PrintWriter(out), new PrintWriter(err), args);
        return new Result(exitCode, out.toString(), err.toString());
    }

    /** Words split at blanks; T is Contoso. */
    private static Result ask(String line) {
        return run((line + " ").replace(" T ", " " + CONTOSO + " ").strip().split(" "));
    }

    @Test
    void beginsWithTheVerdictAndGroupsByCauseAndPlace() {
        Result answer = ask("whatif T --down link:Vienna-Rome");
        assertThat(answer.exitCode).isEqualTo(ExitCode.BAD_ANSWER);
        assertThat(answer.out.lines())
                .startsWith("Of 132 pairs of sites, 8 wait; 2 connectors are cut off from some sites.")
                .contains(
                        "link:Vienna-Rome is down",
                        "  4 pairs wait at Vienna: from Berlin, Munich, Vienna and Warsaw to Rome",
                        "  mail of Rome waits at Rome");
        assertThat(ask("whatif T --down link:Vienna-Rome -v").out).contains("    Berlin > Munich > Vienna > Rome");
    }

    @Test
    void fieldsHaveTheirNames() throws IOException {
        Result answer = ask("whatif T --down link:Vienna-Rome --down site:Lisbon --down node:BER-MBX1A -o json");
        assertThat(answer.exitCode).isEqualTo(ExitCode.BAD_ANSWER);
        assertThat(paths(answer.out))
                .contains(
                        "pairs",
                        "changed.from",
                        "changed.to",
                        "changed.before",
                        "changed.after",
                        "changed.heldAt",
                        "changed.why",
                        "unreachable",
                        "passedOver",
                        "connectors.name",
                        "connectors.waiting.heldAt",
                        "clusters.server",
                        "clusters.noMarginLeft");
        assertThat(answer.out).contains("\"pairs\": 110", "\"after\": null", "\"heldAt\": \"Vienna\"");
        Result moved = ask("whatif T --set siteLinks.Munich-Vienna.exchangeCost=50 -o json");
        assertThat(moved.exitCode).isEqualTo(ExitCode.OK);
        assertThat(moved.out)
                .contains(
                        "\"before\": [ \"Berlin\", \"Munich\", \"Vienna\" ]",
                        "\"after\": [ \"Berlin\", \"Warsaw\", \"Vienna\" ]",
                        "\"heldAt\": null",
                        "link Munich-Vienna costs 50 instead of 20; cost 60 against 70 on the way before");
        assertThat(ask("whatif T --down site:Munich -o yaml").out).contains("pairs: 110", "changed:");
    }

    /** All field paths of a JSON text. */
    private static TreeSet<String> paths(String json) throws IOException {
        TreeSet<String> paths = new TreeSet<>();
        Deque<String> names = new ArrayDeque<>();
        try (JsonParser parser = new JsonFactory().createParser(json)) {
            String field = "";
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.START_OBJECT) {
                    names.push(field);
                } else if (token == JsonToken.END_OBJECT) {
                    field = names.pop();
                } else if (token == JsonToken.FIELD_NAME) {
                    String above = names.element();
                    field = above.isEmpty() ? parser.currentName() : above + "." + parser.currentName();
                    paths.add(field);
                }
            }
        }
        return paths;
    }

    @Test
    void csvHasAPairALine() {
        assertThat(ask("whatif T --down link:Vienna-Rome -o csv").out.lines())
                .startsWith("from,to,before,after,heldAt,unreachable,why")
                .contains("Munich,Rome,Munich > Vienna > Rome,,Vienna,false,link:Vienna-Rome is down; mail waits at"
                        + " Vienna")
                .hasSize(9);
    }

    /** Question, exit code, a part of the answer. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--down link:Vienna-Rome --set organization.routing.onFailure=reroute | 0 | 8 go another way",
                "--down link:Madrid-Lisbon --set organization.routing.onFailure=reroute | 1 | 22 wait (no other way)",
                "--down node:BER-MBX1A | 0 | BER-MBX1B takes over if at most 6 logs",
                "--down node:BER-MBX1A node:BER-MBX1B | 1 | 1 mailbox server goes offline",
                "--down node:BER-MBX1A server:BER-HT1 | 1 | BER-MBX1A and the witness on BER-HT1 are down: 1 of 3"
                        + " votes",
                "--down server:BER-EDGE1 | 0 | No route changes among 132 pairs of sites.",
                "--down server:BER-EDGE1 server:BER-EDGE2 | 1 | none of its source servers runs (BER-EDGE1, BER-EDGE2)",
                "--down connector:Internet | 1 | 1 connector carries no mail",
                "--down node:BER-MBX1A node:BER-MBX1B server:BER-HT1 | 1 | BER-MBX1A, BER-MBX1B and the witness on"
                        + " BER-HT1 are down: 0 of 3 votes",
                "--down site:Berlin | 1 | so the databases are offline; mail for them waits on the way",
                "--set organization.limits.maxHops=4 | 1 | Of 132 pairs of sites, 12 come back.",
                "--set organization.limits.maxHops=4 | 1 | come back to their senders (5.4.6): from",
                "--set connectors.Partner.enabled=false | 0 | connector Partner: disabled, its key enabled is false",
                "--down server:ZRH-HT1 server:ZRH-HT2 | 1 | keep their way but skip a stop",
                "--set connectors.Partner=null | 0 | SMTP:partner.test from Amsterdam, Berlin, Lisbon, London and 7"
                        + " more goes out by Internet",
                "--set connectors.Internet=null | 1 | SMTP:* from Amsterdam, Berlin, Lisbon, London and 7 more has no"
                        + " way out any more",
                "--set servers.LIS-HT1=null | 1 | Lisbon has mailboxes and no hub transport server",
                "--set siteLinks.Madrid-Lisbon=null | 1 | link Madrid-Lisbon is removed",
                "--set sites.Munich.hubSite=true | 0 | 22 pairs keep their way but must stop, and wait while no hub",
                "--set sites.Paris.hubSite=false | 0 | 56 pairs keep their way but need not stop any more"
            })
    void answers(String question, int exitCode, String part) {
        Result answer = ask("whatif T " + question);
        assertThat(answer.out).contains(part);
        assertThat(answer.exitCode).isEqualTo(exitCode);
    }

    @Test
    void comparesTwoFiles() throws IOException {
        Path other = folder.resolve("planned.yaml");
        Files.writeString(
                other,
                Files.readString(Path.of(CONTOSO))
                        .replace("  Lyon:      {} ", "  Lyon:      {}\n  Oslo: {}")
                        .replace("[Munich, Vienna],    cost: 20", "[Munich, Vienna],    cost: 90"));
        Result answer = run("whatif", CONTOSO, "--against", other.toString());
        assertThat(answer.exitCode).isEqualTo(ExitCode.OK);
        assertThat(answer.out).contains("New site: Oslo", "link Munich-Vienna costs 90 instead of 20");
        assertThat(run("whatif", CONTOSO, "--against", CONTOSO).out).startsWith("No route changes among 132 pairs");
    }

    /** Wrong question, a part of the message. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "whatif T | bridgehead whatif topologies/contoso.yaml --down link:Berlin-Amsterdam",
                "whatif --down link:Vienna-Rome | Missing required parameter: 'TOPOLOGY'",
                "whatif T --down link:Vienna-Rom | did you mean Vienna-Rome?",
                "whatif T --down dc:BER-HT1 | no domain controller named \"BER-HT1\"",
                "whatif T --down lnk:Vienna-Rome | \"lnk\" is no kind of part",
                "whatif T --set siteLinks.Berlin-Munch.cost=3 | --set siteLinks.Berlin-Munch: there is no"
                        + " \"Berlin-Munch\" in siteLinks; did you mean Berlin-Munich?",
                "whatif T --set servers.BER-EDGE1=null | there is no server \"BER-EDGE1\"; did you mean BER-EDGE2?",
                "whatif T --against nowhere.yaml | no such topology file: nowhere.yaml",
                "route T --from Berlin --to Rome --set sites.Rome=null | there is no site \"Rome\""
            })
    void mistakesAreNamed(String line, String part) {
        Result answer = ask(line);
        assertThat(answer.err).contains(part);
        assertThat(answer.exitCode).isEqualTo(ExitCode.USAGE);
        assertThat(answer.out).isEmpty();
    }

    @Test
    void routesTakeChangesToo() {
        assertThat(ask("route T --from Berlin --to Rome --set siteLinks.Munich-Vienna.exchangeCost=50").out)
                .startsWith("Berlin > Munich > Zurich > Rome");
        assertThat(ask("routes T --from Berlin --set siteLinks.Berlin-Munich=null -o csv").out)
                .contains("Berlin,Munich,3,80,Warsaw");
    }
}
