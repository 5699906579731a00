package org.bridgehead.core.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DotStufferTest {
    @ParameterizedTest
    @CsvSource(textBlock = """
        '',             '.|'
        'a',            'a|.|'
        'a|',           'a|.|'
        '.',            '..|.|'
        '.|.|..|a.|',   '..|..|...|a.|.|'
        '||.a',         '||..a|.|'
        """)
    void table(String plain, String encoded) {
        assertThat(encode(crlf(plain).getBytes(StandardCharsets.US_ASCII), new Random(1)))
                .isEqualTo(crlf(encoded));
    }

    @Test
    void onlyCrLfMakesALine() {
        assertThat(encode("a\n.b\r.c\r\r\n.d".getBytes(StandardCharsets.US_ASCII), new Random(2)))
                .isEqualTo("a\n.b\r.c\r\r\n..d\r\n.\r\n");
    }

    @Test
    void howItIsCutDoesNotMatter() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 2_000; round++) {
            byte[] body = new byte[random.nextInt(40)];
            for (int i = 0; i < body.length; i++) {
                body[i] = (byte) "..\r\n\r\nx".charAt(random.nextInt(7));
            }
            DotStuffer whole = new DotStuffer();
            String expected = new String(whole.encode(body, 0, body.length), StandardCharsets.US_ASCII)
                    + new String(whole.end(), StandardCharsets.US_ASCII);
            assertThat(encode(body, random)).as("seed %d round %d", seed, round).isEqualTo(expected);
        }
        System.out.println("DotStufferTest seed " + seed);
    }

    private static String encode(byte[] body, Random random) {
        DotStuffer stuffer = new DotStuffer();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int at = 0; at < body.length; ) {
            int length = Math.min(body.length - at, 1 + random.nextInt(3));
            out.writeBytes(stuffer.encode(body, at, length));
            at += length;
        }
        out.writeBytes(stuffer.end());
        return out.toString(StandardCharsets.US_ASCII);
    }

    private static String crlf(String text) {
        return text.replace("|", "\r\n");
    }
}
