package org.bridgehead.core.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Real and malformed mail of many programs passes byte for byte, or is refused for an octet that may not be. */
@Tag("large")
class SharedMailTest {
    private static final Path FOLDER = Path.of("../shared/data/mail");

    @Test
    void everyFilePassesOrIsRefusedForItsOctets() throws IOException {
        assumeTrue(Files.isDirectory(FOLDER), "no shared mail at ../shared/data/mail");
        List<Path> files;
        try (Stream<Path> walk = Files.walk(FOLDER)) {
            files = walk.filter(file -> file.toString().endsWith(".eml"))
                    .sorted()
                    .toList();
        }
        int refused = 0;
        for (Path file : files) {
            byte[] message = withCrLf(Files.readAllBytes(file));
            String byData = pass(file, message, false);
            assertThat(pass(file, message, true)).as("%s by BDAT", file).isEqualTo(byData);
            if (byData.startsWith("550 5.6.11 Bare CR") || byData.startsWith("550 5.6.11 NUL")) {
                System.out.println("SharedMailTest refused " + file.getFileName() + ": " + byData.strip());
                refused++;
            } else {
                assertThat(byData).as("%s", file).isEqualTo("250 2.0.0 Queued\r\n");
            }
        }
        System.out.println("SharedMailTest " + files.size() + " files, " + refused + " refused");
        assertThat(refused * 100).isLessThan(files.size());
    }

    private static String pass(Path file, byte[] message, boolean chunk) {
        ReceiveDriver driver = ReceiveDriver.greeted(ReceiveDriver.CONFIG);
        driver.send("MAIL FROM:<a@x.test>\r\nRCPT TO:<b@y.test>\r\n"
                + (chunk ? "BDAT " + message.length + " LAST" : "DATA") + "\r\n");
        driver.said.setLength(0);
        DotStuffer stuffer = new DotStuffer();
        driver.send(chunk ? message : stuffer.encode(message, 0, message.length));
        if (!chunk) {
            driver.send(stuffer.end());
        }
        if (!driver.accepted.isEmpty()) {
            byte[] octets = driver.only().octets();
            int prefix = octets.length - message.length;
            assertThat(Arrays.copyOfRange(octets, prefix, octets.length))
                    .as("%s", file)
                    .isEqualTo(message);
        }
        return driver.said.toString();
    }

    /** Bare LF becomes CR LF, and one is added at the end; a bare CR stays. */
    private static byte[] withCrLf(byte[] file) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int before = -1;
        for (byte octet : file) {
            if (octet == '\n' && before != '\r') {
                out.write('\r');
            }
            out.write(octet);
            before = octet;
        }
        if (before != '\n') {
            out.write('\r');
            out.write('\n');
        }
        return out.toByteArray();
    }
}
