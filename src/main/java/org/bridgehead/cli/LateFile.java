package org.bridgehead.cli;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A file that is opened by its first octet: an engine that refuses leaves what stood there as it was. A file that cannot
 * be written is a {@link Failure}. One thread.
 */
final class LateFile extends OutputStream {
    private final Path file;
    private @Nullable OutputStream out;

    LateFile(Path file) {
        this.file = file;
    }

    @Override
    public void write(int octet) {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] octets, int from, int count) {
        try {
            if (out == null) {
                out = new BufferedOutputStream(Files.newOutputStream(file));
            }
            out.write(octets, from, count);
        } catch (IOException e) {
            throw FileTrouble.writing(file, e);
        }
    }

    @Override
    public void close() {
        if (out == null) {
            return;
        }
        try {
            out.close();
        } catch (IOException e) {
            throw FileTrouble.writing(file, e);
        }
    }
}
