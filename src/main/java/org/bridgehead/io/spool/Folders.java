package org.bridgehead.io.spool;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.stream.Stream;

/** Folders that survive a power cut: an entry is durable only when the folder it stands in has been synced. */
final class Folders {
    private Folders() {}

    /** Makes a folder and those above it, each synced into the one above. */
    static void create(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        Path above = folder.toAbsolutePath().getParent();
        if (above != null) {
            create(above);
        }
        Files.createDirectories(folder);
        if (above != null) {
            sync(above);
        }
    }

    /** Forces the entries of {@code folder} to stable storage. */
    static void sync(Path folder) throws IOException {
        try (FileChannel entries = FileChannel.open(folder, StandardOpenOption.READ)) {
            entries.force(true);
        }
    }

    /** Forces the octets of {@code file} to stable storage. */
    static void syncFile(Path file) throws IOException {
        try (FileChannel octets = FileChannel.open(file, StandardOpenOption.WRITE)) {
            octets.force(true);
        }
    }

    /** Deletes a folder with all that is in it, if it is there. */
    static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }
}
