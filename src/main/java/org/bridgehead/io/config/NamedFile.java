package org.bridgehead.io.config;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** Files that a file names, relative to its own folder. */
final class NamedFile {
    private NamedFile() {}

    /** A file without which the organisation is incomplete: missing is an error. */
    static Optional<String> needed(YamlValue value, Path folder) {
        Optional<String> name = name(value, folder);
        name.filter(n -> !Files.isRegularFile(folder.resolve(n)))
                .ifPresent(
                        n -> value.error("there is no file " + folder.resolve(n), "the name is relative to this file"));
        return name;
    }

    /** A secret that may be put there later: missing is a warning. */
    static Optional<String> secret(YamlValue value, Path folder) {
        Optional<String> name = name(value, folder);
        name.filter(n -> !Files.isRegularFile(folder.resolve(n)))
                .ifPresent(n -> value.problems()
                        .warn(value.place(), "there is no file " + folder.resolve(n), "create it before it is needed"));
        return name;
    }

    private static Optional<String> name(YamlValue value, Path folder) {
        return value.parsed("a file name", text -> {
            try {
                return text.isBlank()
                        ? Optional.empty()
                        : Optional.of(folder.resolve(text)).map(path -> text);
            } catch (InvalidPathException e) {
                return Optional.empty();
            }
        });
    }
}
