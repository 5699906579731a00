package org.bridgehead.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bridgehead.admin.AdminServer;
import org.bridgehead.admin.AdminSettings;
import org.bridgehead.core.hub.TrackingEvent;
import org.bridgehead.core.hub.TrackingEvent.Kind;
import org.bridgehead.engine.MailOrganization;
import org.bridgehead.engine.OrganizationConfig;
import org.bridgehead.io.config.LoadedTopology;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Worked examples of BEHAVIOUR 12 in which somebody changes the configuration: the file of a running engine is edited and
 * {@code reload} reads it again. {@link LiveWorkedExamplesTest} plays the same changes in simulations, too.
 */
class WorkedExamplesByReloadTest {
    @TempDir
    Path folder;

    private Path file;
    private MailOrganization organization;
    private AdminServer server;

    private void start(TracedNets net) throws Exception {
        file = Path.of(net.in(folder));
        LoadedTopology loaded = new RunCommand().read(file, List.of());
        organization = MailOrganization.start(OrganizationConfig.inMemory(loaded.organization(), folder)
                .virtualFrom(Instant.parse("2026-03-02T08:00:00Z")));
        server = AdminServer.start(
                organization,
                AdminSettings.local(),
                Optional.of(new TopologyReloader(new RunCommand(), file, organization)));
    }

    @AfterEach
    void stop() {
        server.close();
        organization.close();
    }

    private String run(String line) {
        List<String> words = new ArrayList<>(List.of(line.split(" ")));
        words.addAll(List.of("--admin", server.address().toString()));
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = Main.execute(new PrintWriter(out), new PrintWriter(err), words.toArray(new String[0]));
        assertThat(exitCode).as("%s: %s", line, err).isZero();
        return out.toString();
    }

    private void reloadWith(String from, String to) throws Exception {
        String text = Files.readString(file);
        assertThat(text).contains(from);
        Files.writeString(file, text.replace(from, to));
        assertThat(run("reload")).contains("reloaded ").doesNotContain("after a restart");
        organization.clock().runUntilIdle();
    }

    private void send(String to) {
        run("send --from a@contoso.test --to " + to);
        organization.clock().runUntilIdle();
    }

    private Stream<String> handOvers() {
        return organization.tracking().events().stream()
                .filter(event -> event.event() == Kind.SEND || event.event() == Kind.DELIVER)
                .map(event -> event.server() + ">" + event.nextHop().orElse(""));
    }

    private List<Kind> kinds() {
        return organization.tracking().events().stream()
                .map(TrackingEvent::event)
                .toList();
    }

    @Test
    void w12AnExchangeCostMovesTheQueue() throws Exception {
        start(TracedNets.of("A-B 5", "B-C 5", "C-D 5", "B-D 15").hubs(1));
        run("server kill D1");
        send("d@contoso.test");
        assertThat(run("queue list")).contains("C1\\site:D");
        reloadWith("[C, D], cost: 5 }", "[C, D], cost: 5, exchangeCost: 25 }");
        assertThat(run("queue list")).as("what waits is routed afresh").contains("B1\\site:D");
        send("d@contoso.test");
        assertThat(run("message list --queue B1\\site:D -o csv").lines().skip(1))
                .hasSize(2);
        assertThat(run("message list --server C1")).isEqualTo("no message waits\n");
    }

    @Test
    void w17UnreachableMailGoesOnWhenAConnectorIsAdded() throws Exception {
        start(TracedNets.of("A-B 5").hubs(1));
        send("x@fabrikam.com");
        organization.clock().advance(Duration.ofHours(1));
        assertThat(run("queue list")).contains("A1\\Unreachable");
        reloadWith(
                "directory:",
                "connectors:\n  Out: { addressSpaces: [\"SMTP:*;1\"], sourceServers: [A1], dns: true }\ndirectory:");
        assertThat(kinds()).containsExactly(Kind.RECEIVE, Kind.DEFER, Kind.RESUBMIT, Kind.SEND);
        assertThat(organization.internet("x@fabrikam.com").messages()).hasSize(1);
        assertThat(run("message list")).isEqualTo("no message waits\n");
    }

    /** B2 gets an address of site C: routing is recalculated, and from then on it takes the mail of C and delivers it. */
    @Test
    void w23AServerMovesToAnotherSite() throws Exception {
        start(TracedNets.of("A-B 5", "B-C 5"));
        assertThat(run("server list -o csv")).contains("B2,hubTransport,B,");
        reloadWith("  B2: { site: B,", "  B2: { site: C,");
        assertThat(run("server list -o csv")).contains("B2,hubTransport,C,");
        run("server kill C1");
        run("server kill C2");
        send("c@contoso.test");
        assertThat(handOvers()).containsExactly("A1>B2", "B2>C-MBX");
        assertThat(organization.mailbox("c@contoso.test").messages()).hasSize(1);
        send("b@contoso.test");
        assertThat(handOvers().skip(2).map(transfer -> transfer.substring(transfer.indexOf('>') + 1)))
                .as("B has one hub left")
                .containsExactly("B1", "B-MBX");
    }

    /** The move with mail in its queues: what B2 had for its old site goes there over the network now. */
    @Test
    void w23WhatTheServerHasForItsOldSiteIsSentThere() throws Exception {
        start(TracedNets.of("A-B 5", "B-C 5"));
        run("server kill B-MBX");
        run("server kill B1");
        send("b@contoso.test");
        assertThat(run("queue list")).contains("B2\\mailbox:B-MBX");
        run("server start B1");
        reloadWith("  B2: { site: B,", "  B2: { site: C,");
        run("server start B-MBX");
        organization.clock().advance(Duration.ofMinutes(30));
        assertThat(handOvers()).containsExactly("A1>B2", "B2>B1", "B1>B-MBX");
        assertThat(organization.mailbox("b@contoso.test").messages()).hasSize(1);
    }
}
