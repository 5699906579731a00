package org.bridgehead.core.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.bridgehead.core.smtp.SendConfig.Protocol;
import org.junit.jupiter.api.Test;

/** However the peer's octets are cut on their way, dialogue and outcomes are the same. */
class SendSplitTest {
    private static final String[] REPLIES = {
        "250 ok",
        "250 2.1.5 ok",
        "250-a\r\n250-b\r\n250 c",
        "450 4.2.1 busy",
        "550-5.1.1 no\r\n550 5.1.1 such user",
        "354 go",
        "421 4.3.2 closing",
        "452 too many",
        "rubbish",
        "250-x\r\n251 y",
        "251 \u00fc",
        "500 \u0001"
    };

    @Test
    void cutsDoNotMatter() {
        long seed = System.nanoTime();
        System.out.println("SendSplitTest seed " + seed);
        Random random = new Random(seed);
        int different = 0;
        for (int round = 0; round < 3_000; round++) {
            long peer = random.nextLong();
            String whole = talk(peer, new Random(1), Integer.MAX_VALUE);
            String cut = talk(peer, new Random(random.nextLong()), 4);
            assertThat(cut).as("seed %d round %d", seed, round).isEqualTo(whole);
            different += whole.contains("Delivered") ? 1 : 0;
        }
        assertThat(different).isGreaterThan(100);
    }

    /** Three messages to a peer that answers as {@code peerSeed} will have it; what was said and what came of it. */
    private static String talk(long peerSeed, Random cuts, int longestCut) {
        Random peer = new Random(peerSeed);
        Protocol protocol = peer.nextBoolean() ? Protocol.SMTP : Protocol.LMTP;
        List<String> offers = new ArrayList<>(List.of("SIZE 1000"));
        offers.addAll(peer.nextBoolean() ? List.of("PIPELINING") : List.of());
        offers.addAll(peer.nextBoolean() ? List.of("CHUNKING") : List.of());
        SendDialogue dialogue =
                SendDialogue.ready(SendConfig.plain("me.example", protocol), offers.toArray(String[]::new));
        StringBuilder log = new StringBuilder();
        for (int message = 0; message < 3 && dialogue.session.usable(); message++) {
            dialogue.transmit(
                    Outgoing.ascii(SendDialogue.envelope("a@x.example", "b@y.example", "c@y.example")), ".x\r\n");
            ArrayDeque<String> due = new ArrayDeque<>();
            while (dialogue.session.outcomes().isEmpty()) {
                log.append(answers(dialogue, peer, due));
                feed(dialogue, due.isEmpty() ? "250 spare" : String.join("\r\n", due), cuts, longestCut);
                due.clear();
            }
            log.append(dialogue.outcomes()).append('\n');
        }
        return log.append(dialogue.session.usable()).toString();
    }

    /** Notes what the client said and puts one answer for each of its commands into {@code due}. */
    private static String answers(SendDialogue dialogue, Random peer, ArrayDeque<String> due) {
        String said = dialogue.sent.toString(StandardCharsets.UTF_8);
        dialogue.sent.reset();
        boolean dotted = said.endsWith("\r\n.\r\n") || said.equals(".\r\n");
        int commands =
                dotted ? 1 : (int) said.lines().filter(l -> !l.equals(".x")).count();
        for (int i = 0; i < commands; i++) {
            boolean data = i == commands - 1 && said.endsWith("DATA\r\n");
            int dice = peer.nextInt(30);
            due.add(dice < REPLIES.length ? REPLIES[dice] : data ? "354 go" : "250 ok");
        }
        return said;
    }

    private static void feed(SendDialogue dialogue, String reply, Random cuts, int longestCut) {
        byte[] octets = (reply + "\r\n").getBytes(StandardCharsets.UTF_8);
        for (int at = 0; at < octets.length; ) {
            int length = Math.min(octets.length - at, 1 + cuts.nextInt(Math.min(longestCut, 1000)));
            length = longestCut == Integer.MAX_VALUE ? octets.length : length;
            dialogue.perform(dialogue.session.received(octets, at, length));
            at += length;
        }
    }
}
