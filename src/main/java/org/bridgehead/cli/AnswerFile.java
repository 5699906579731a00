package org.bridgehead.cli;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Puts answers into files: whoever reads the file meanwhile sees the old or the new one. Stateless. */
final class AnswerFile {
    /** Writes the answer. */
    interface Writing {
        void to(Appendable out) throws IOException;
    }

    private AnswerFile() {}

    /**
     * Writes into a file, over what stood there.
     *
     * @throws Failure when the file cannot be written
     */
    static void save(Path file, Writing writing) {
        try {
            if (Files.exists(file) && !Files.isRegularFile(file)) {
                into(file, writing); // a device or a pipe is not replaced
                return;
            }
            Path target = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
            Path fresh = target.resolveSibling(target.getFileName() + ".tmp");
            try {
                into(fresh, writing);
                Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(fresh);
            }
        } catch (IOException e) {
            throw FileTrouble.writing(file, e);
        }
    }

    private static void into(Path file, Writing writing) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
            writing.to(out);
        }
    }
}
