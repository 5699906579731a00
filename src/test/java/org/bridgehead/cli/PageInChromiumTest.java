package org.bridgehead.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.bridgehead.core.topology.Topology;
import org.bridgehead.engine.Workers;
import org.bridgehead.io.config.TopologyFile;
import org.bridgehead.render.ComparisonFields;
import org.bridgehead.render.JsonText;
import org.bridgehead.whatif.Comparison;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The interactive page in a real browser: what it answers is what {@code whatif} and {@code sweep} answer, for every
 * single failure, and clicking shows it. Skipped where {@code src/test/browser/install.sh} has not been run.
 */
class PageInChromiumTest {
    private static final String KINDS = "(link|site|server|connector|node):.*";

    @Nullable
    private static Chromium chromium;

    @TempDir
    Path folder;

    @BeforeAll
    static void needsABrowser() {
        chromium = Chromium.orSkip();
    }

    @Test
    void contosoAnswersAsWhatifAndSweep() throws Exception {
        answersAsTheCommandLine(Path.of("topologies/contoso.yaml"));
    }

    @Test
    void contosoThatGoesRoundFailuresToo() throws Exception {
        String text = Files.readString(Path.of("topologies/contoso.yaml"));
        Path rerouted = folder.resolve("rerouted.yaml");
        Files.writeString(rerouted, text.replace("onFailure: hold", "onFailure: reroute"));
        answersAsTheCommandLine(rerouted);
    }

    @Test
    void everySingleFailureOfALargeNetwork() throws Exception {
        Path file = folder.resolve("network.yaml");
        // Time grows with the cube; -Dpage.sites=200 is the whole-forest case.
        run("generate --sites " + Integer.getInteger("page.sites", 100) + " --degree 2.45 --seed 7 -O " + file);
        Topology topology = TopologyFile.load(file).organization().topology();
        List<String> items = items(topology);
        Comparison.Base base = Comparison.Base.of(topology);
        List<String> digests =
                Workers.map(items.size(), at -> digest(base.failing(List.of(items.get(at)))), done -> {});
        Map<String, String> byItem = new LinkedHashMap<>();
        for (int at = 0; at < items.size(); at++) {
            byItem.put(items.get(at), digests.get(at));
        }
        inTheBrowser(
                file,
                "{\"clicks\":12,\"digests\":" + JsonText.line(byItem) + "}",
                "digests equal to whatif: " + items.size());
    }

    private void answersAsTheCommandLine(Path file) throws Exception {
        Topology topology = TopologyFile.load(file).organization().topology();
        List<String> items = items(topology);
        List<String> answers = new ArrayList<>();
        for (String item : items) {
            answers.add(answer(file, List.of(item)));
        }
        long seed = Long.getLong("bridgehead.seed", System.nanoTime());
        System.out.println("pairs of failures on the page: seed " + seed);
        Random random = new Random(seed);
        for (int i = 0; i < 60; i++) {
            List<String> two = new ArrayList<>(items);
            Collections.shuffle(two, random);
            answers.add(answer(file, two.subList(0, 2)));
        }
        String beside = items.get(random.nextInt(topology.links().size()));
        String rankings = "{\"down\":[],\"results\":" + results(file, "-n 1", "") + "},{\"down\":[\"" + beside
                + "\"],\"results\":" + results(file, "-n 2", beside) + "}";
        inTheBrowser(
                file,
                "{\"clicks\":1000,\"answers\":[" + String.join(",", answers) + "],\"rankings\":[" + rankings + "]}",
                "answers equal to whatif: " + (items.size() + 60));
    }

    private static List<String> items(Topology topology) {
        List<String> items = new ArrayList<>();
        topology.links().keySet().forEach(name -> items.add("link:" + name));
        topology.sites().keySet().forEach(name -> items.add("site:" + name));
        topology.servers().values().forEach(server -> {
            items.add("server:" + server.name());
            server.mailbox()
                    .filter(role -> role.nodes().size() > 1)
                    .ifPresent(role -> role.nodes().forEach(node -> items.add("node:" + node.name())));
        });
        topology.sendConnectors().keySet().forEach(name -> items.add("connector:" + name));
        assertThat(items).allMatch(item -> item.matches(KINDS));
        return items;
    }

    private static String answer(Path file, List<String> down) {
        return "{\"down\":" + JsonText.line(down) + ",\"answer\":"
                + run("whatif " + file + " --down " + String.join(" --down ", down) + " -o json -q") + "}";
    }

    /** The results of a sweep, those with one item only, in their order. */
    private static String results(Path file, String depth, String item) {
        List<String> kept = new ArrayList<>();
        String json = run("sweep " + file + " " + depth + " -o json -q");
        String list = json.substring(json.indexOf("\"results\": [ {") + 13, json.lastIndexOf("} ]") + 1);
        for (String one : list.split("(?<=\\}), (?=\\{)")) {
            if (item.isEmpty() || one.contains("\"" + item + "\"")) {
                kept.add(one);
            }
        }
        return "[" + String.join(",", kept) + "]";
    }

    /** As the page writes it, which knows no sentences about mail that goes round. */
    private static String digest(Comparison answer) {
        Map<String, @Nullable Object> fields = ComparisonFields.of(answer);
        List<Map<String, @Nullable Object>> changed = new ArrayList<>();
        answer.changed().forEach(pair -> {
            Map<String, @Nullable Object> one = ComparisonFields.changed(pair);
            if (pair.after().isPresent()) {
                one.put("why", null);
            }
            changed.add(one);
        });
        fields.put("changed", changed);
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256")
                            .digest(JsonText.line(fields).getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Exit code 1 is an answer too. */
    private static String run(String line) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = Main.execute(new PrintWriter(out), new PrintWriter(err), line.split(" +"));
        assertThat(exitCode).as(line + ": " + err).isLessThanOrEqualTo(ExitCode.BAD_ANSWER);
        return out.toString();
    }

    private void inTheBrowser(Path file, String expected, String report) throws IOException, InterruptedException {
        Path page = folder.resolve("page.html");
        run("draw " + file + " -O " + page);
        assertThat(Files.size(page)).isLessThan(5L << 20);
        Path answers = Files.writeString(folder.resolve("expected.json"), expected);
        Path picture = folder.resolve("page.png");
        String said = Objects.requireNonNull(chromium)
                .run(folder, "page.mjs", page.toString(), answers.toString(), picture.toString());
        assertThat(said).contains(report);
        assertThat(Files.size(picture)).isPositive();
    }
}
