package org.bridgehead.cli.demo;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.bridgehead.core.scenario.Letter;
import org.bridgehead.core.scenario.Post;
import org.bridgehead.core.scenario.Send;
import org.bridgehead.io.config.LoadedScenario;

/** Writes and reads the letters of a scenario. */
final class Letters {
    private final LoadedScenario scenario;
    private final Optional<Path> otherMail;
    private final Post post = new Post();

    /** With {@code otherMail}, a file or folder in place of those that the scenario names. */
    Letters(LoadedScenario scenario, Optional<Path> otherMail) {
        this.scenario = scenario;
        this.otherMail = otherMail;
    }

    /** The letters of one step, in order. */
    List<Letter> of(Send send) throws IOException {
        List<Letter> letters = new ArrayList<>();
        if (send.mail().isPresent()) {
            Path mail = otherMail.orElseGet(() -> scenario.resolve(send.mail().orElseThrow()));
            for (Path file : files(mail)) {
                letters.add(post.letter(send, name(file), crlf(Files.readAllBytes(file))));
            }
        }
        letters.addAll(post.written(send));
        return letters;
    }

    private static List<Path> files(Path place) throws IOException {
        if (Files.isRegularFile(place)) {
            return List.of(place);
        }
        try (Stream<Path> all = Files.walk(place)) {
            List<Path> found = all.filter(
                            file -> name(file).toLowerCase(Locale.ROOT).endsWith(".eml") && Files.isRegularFile(file))
                    .sorted()
                    .toList();
            if (found.isEmpty()) {
                throw new IOException("no .eml files in " + place);
            }
            return found;
        }
    }

    private static String name(Path file) {
        Path name = file.getFileName();
        return name == null ? file.toString() : name.toString();
    }

    /** Every lone line feed made CR LF, and the last line ended; other octets as they are. */
    static byte[] crlf(byte[] octets) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(octets.length + octets.length / 40 + 2);
        byte before = 0;
        for (byte octet : octets) {
            if (octet == '\n' && before != '\r') {
                out.write('\r');
            }
            out.write(octet);
            before = octet;
        }
        if (before != '\n' && octets.length > 0) {
            out.write('\r');
            out.write('\n');
        }
        return out.toByteArray();
    }
}
