package org.bridgehead.core.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The same octets, cut in other places, are the same dialogue; and no octets whatever upset a session. */
class ReceiveFuzzTest {
    private static final ReceiveConfig CONFIG = ReceiveConfig.smtp(
                    "BER-HT1", "Berlin", new ReceiveLimits(20_000, 3_000, 4, 5, 12, 3, 40, 512, 2_000))
            .withAuth(true, true, true);

    private static final String[] COMMANDS = {
        "EHLO client.test",
        "HELO c",
        "MAIL FROM:<a@x.test>",
        "MAIL FROM:<> SIZE=30000",
        "MAIL FROM:<\u00C3\u00A4@x.test> SMTPUTF8",
        "RCPT TO:<b@y.test>",
        "RCPT TO:<unknown@y.test>",
        "RCPT TO:<c@y.test> NOTIFY=NEVER",
        "RSET",
        "NOOP",
        "HELP",
        "VRFY x",
        "XFOO",
        "AUTH PLAIN",
        "AUTH LOGIN",
        "AUTH SCRAM-SHA-256 biws",
        "*",
        "XSTATE id=1",
        "MAIL FROM:<a@x.test> SIZE=1 BODY=8BITMIME",
        "RCPT TO:<\"q\\\"q\"@y.test>",
        "",
        "DATA",
        "BDAT 0",
        "BDAT 0 LAST"
    };

    private static final String[] PIECES = {
        "Subject: x\r\n",
        "Received: from a by b\r\n",
        "Message-ID:\r\n <1@x>\r\n",
        "\r\n",
        ".",
        "..",
        "\r\n.",
        "text",
        " ",
        "x: y\r\n",
        "\r\n\r\n",
        "\tfolded\r\n",
        "\u00E4\u00FF",
        "From me Thu\r\n",
        ":\r\n",
        "Auto-Submitted: auto-replied\r\n"
    };

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);

    @Test
    void cutsDoNotMatter() {
        System.out.println("ReceiveFuzzTest.cutsDoNotMatter seed " + seed);
        int messages = 0;
        int refused = 0;
        for (int round = 0; round < 600; round++) {
            byte[] dialogue = ReceiveDriver.octets(dialogue());
            ReceiveDriver whole = new ReceiveDriver(CONFIG);
            whole.send(dialogue);
            ReceiveDriver cut = new ReceiveDriver(CONFIG);
            int most = 1 + random.nextInt(random.nextBoolean() ? 3 : 300);
            for (int at = 0; at < dialogue.length; ) {
                int next = Math.min(dialogue.length, at + 1 + random.nextInt(most));
                cut.send(Arrays.copyOfRange(dialogue, at, next));
                at = next;
            }
            same(round, whole, cut);
            messages += whole.accepted.size();
            refused += whole.events.contains("abort") ? 1 : 0;
        }
        System.out.println(messages + " messages accepted, " + refused + " dialogues with a refused one");
        assertThat(messages).isGreaterThan(300);
        assertThat(refused).isGreaterThan(50);
    }

    private void same(int round, ReceiveDriver whole, ReceiveDriver cut) {
        assertThat(cut.said.toString()).as("seed %d, round %d", seed, round).isEqualTo(whole.said.toString());
        assertThat(cut.events).as("seed %d, round %d", seed, round).isEqualTo(whole.events);
        assertThat(cut.accepted).hasSameSizeAs(whole.accepted);
        for (int i = 0; i < cut.accepted.size(); i++) {
            assertThat(cut.accepted.get(i).octets())
                    .as("seed %d, round %d", seed, round)
                    .isEqualTo(whole.accepted.get(i).octets());
            assertThat(cut.accepted.get(i).facts())
                    .isEqualTo(whole.accepted.get(i).facts());
            assertThat(cut.accepted.get(i).envelope())
                    .isEqualTo(whole.accepted.get(i).envelope());
        }
    }

    @Test
    void bodiesArriveUnchanged() {
        System.out.println("ReceiveFuzzTest.bodiesArriveUnchanged seed " + seed);
        int dotted = 0;
        for (int round = 0; round < 2_000; round++) {
            byte[] body = body();
            boolean chunks = random.nextBoolean();
            ReceiveDriver driver = ReceiveDriver.greeted(ReceiveDriver.CONFIG);
            driver.send("MAIL FROM:<a@x.test>\r\nRCPT TO:<b@y.test>\r\n");
            if (chunks) {
                sendChunks(driver, body);
            } else {
                driver.send("DATA\r\n");
                DotStuffer stuffer = new DotStuffer();
                byte[] stuffed = stuffer.encode(body, 0, body.length);
                driver.send(stuffed);
                driver.send(stuffer.end());
                dotted += stuffed.length > body.length ? 1 : 0;
            }
            byte[] expected = chunks || endsWithCrLf(body) ? body : withCrLf(body);
            byte[] octets = driver.only().octets();
            assertThat(driver.only().facts().state().size()).isEqualTo(expected.length);
            int prefix = octets.length - expected.length;
            assertThat(Arrays.copyOfRange(octets, prefix, octets.length))
                    .as("seed %d, round %d", seed, round)
                    .isEqualTo(expected);
            String head = new String(octets, 0, prefix, java.nio.charset.StandardCharsets.US_ASCII);
            assertThat(head)
                    .as("seed %d, round %d", seed, round)
                    .matches("Received: from [^\r\n]+(\r\n\t[^\r\n]+)*\r\n(Message-ID: <[^\r\n]+>\r\n)?(\r\n)?");
        }
        assertThat(dotted).isGreaterThan(200);
    }

    @Test
    void noiseUpsetsNothing() {
        System.out.println("ReceiveFuzzTest.noiseUpsetsNothing seed " + seed);
        for (int round = 0; round < 2_000; round++) {
            byte[] dialogue = ReceiveDriver.octets(dialogue());
            for (int i = 1 + random.nextInt(20); i > 0 && dialogue.length > 0; i--) {
                dialogue[random.nextInt(dialogue.length)] = (byte) random.nextInt(256);
            }
            ReceiveDriver driver = new ReceiveDriver(CONFIG);
            for (int at = 0; at < dialogue.length; ) {
                int next = Math.min(dialogue.length, at + 1 + random.nextInt(500));
                driver.send(Arrays.copyOfRange(dialogue, at, next));
                at = next;
            }
            driver.perform(driver.session.closed());
            assertThat(driver.said.toString())
                    .as("seed %d, round %d", seed, round)
                    .matches("(?s)([2-5][0-9][0-9][ -][ -~]*\r\n)+");
            long begun = driver.events.stream().filter("begin"::equals).count();
            long aborted = driver.events.stream().filter("abort"::equals).count();
            assertThat(begun).as("seed %d, round %d", seed, round).isEqualTo(aborted + driver.accepted.size());
        }
    }

    private String dialogue() {
        StringBuilder out = new StringBuilder("EHLO client.test\r\n");
        for (int i = random.nextInt(12); i >= 0; i--) {
            if (random.nextInt(3) > 0) {
                out.append("MAIL FROM:<a@x.test>\r\nRCPT TO:<b@y.test>\r\n").append(message());
            } else {
                out.append(COMMANDS[random.nextInt(COMMANDS.length)]).append("\r\n");
            }
        }
        return out.append(random.nextInt(3) == 0 ? "QUIT\r\n" : "").toString();
    }

    private String message() {
        String body = new String(body(), java.nio.charset.StandardCharsets.ISO_8859_1);
        if (random.nextInt(8) == 0) {
            int at = random.nextInt(body.length() + 1);
            String[] bad = {"\n", "\r", "\0", "\r\r\n", "\n.\r\n", "x".repeat(2_500), "\r\n" + "y".repeat(19_000)};
            body = body.substring(0, at) + bad[random.nextInt(bad.length)] + body.substring(at);
        }
        if (random.nextBoolean()) {
            return "BDAT " + body.length() + " LAST\r\n" + body;
        }
        String stuffed = body.replace("\r\n.", "\r\n..");
        return "DATA\r\n" + (stuffed.startsWith(".") ? "." : "") + stuffed + "\r\n.\r\n";
    }

    private byte[] body() {
        StringBuilder out = new StringBuilder();
        for (int i = random.nextInt(30); i > 0; i--) {
            out.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return ReceiveDriver.octets(out.toString());
    }

    private void sendChunks(ReceiveDriver driver, byte[] body) {
        List<byte[]> parts = new ArrayList<>();
        for (int at = 0; at < body.length; ) {
            int next = Math.min(body.length, at + 1 + random.nextInt(200));
            parts.add(Arrays.copyOfRange(body, at, next));
            at = next;
        }
        for (byte[] part : parts) {
            driver.send("BDAT " + part.length + "\r\n");
            driver.send(part);
        }
        driver.send("BDAT 0 LAST\r\n");
    }

    private static boolean endsWithCrLf(byte[] body) {
        int n = body.length;
        return n == 0 || (n >= 2 && body[n - 2] == '\r' && body[n - 1] == '\n');
    }

    private static byte[] withCrLf(byte[] body) {
        byte[] out = Arrays.copyOf(body, body.length + 2);
        out[body.length] = '\r';
        out[body.length + 1] = '\n';
        return out;
    }
}
