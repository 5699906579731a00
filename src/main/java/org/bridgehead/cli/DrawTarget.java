package org.bridgehead.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where a picture goes: a file, or stdout. */
final class DrawTarget {
    private final @Nullable Path file;
    private final Output output;
    private boolean binary;

    DrawTarget(@Nullable Path file, Output output) {
        this.file = file;
        this.output = output;
    }

    /** Before the work: whether it can go there at all. */
    void check(DrawFormat format) {
        binary = !format.isText();
        if (file == null && binary && Terminal.isStandardOutput()) {
            throw Failure.usage("a PNG is nothing for a terminal: write -O FILE.png, or send it on with | or >");
        }
    }

    void write(byte[] picture) {
        try {
            if (file != null) {
                Files.write(file, picture);
            } else if (binary) {
                output.text().flush();
                FileOutputStream out = new FileOutputStream(FileDescriptor.out);
                out.write(picture);
                out.flush();
            } else {
                PrintWriter out = output.text();
                out.print(new String(picture, StandardCharsets.UTF_8));
                out.flush();
            }
        } catch (IOException e) {
            throw file == null
                    ? Failure.environment("cannot write the picture: " + e.getMessage(), e)
                    : FileTrouble.writing(file, e);
        }
    }
}
