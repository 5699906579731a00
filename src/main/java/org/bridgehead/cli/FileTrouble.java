package org.bridgehead.cli;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Files that cannot be read or written, in words. The JDK's messages of these exceptions are mostly the bare path, which
 * tells nobody what to do. Stateless.
 */
final class FileTrouble {
    private FileTrouble() {}

    /** {@code cannot write FILE: reason}, which somebody at this machine can mend. */
    static Failure writing(Path file, IOException e) {
        return Failure.environment("cannot write " + file + ": " + reason(file, e), e);
    }

    /** {@code cannot read FILE: reason}, which somebody at this machine can mend. */
    static Failure reading(Path file, IOException e) {
        return Failure.environment("cannot read " + file + ": " + reason(file, e), e);
    }

    /** Why, without the path: there is no such folder, no such file, no permission. */
    static String reason(Path file, IOException e) {
        Path folder = file.toAbsolutePath().getParent();
        if (Files.isDirectory(file)) {
            return "it is a folder";
        }
        if (e instanceof NoSuchFileException) {
            return folder != null && !Files.isDirectory(folder) ? "there is no folder " + folder : "no such file";
        }
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (e instanceof FileAlreadyExistsException || e instanceof DirectoryNotEmptyException) {
            return "there is something of that name already";
        }
        if (e instanceof CharacterCodingException) {
            return "it is not UTF-8 text";
        }
        return e instanceof FileSystemException system && system.getReason() != null
                ? system.getReason()
                : e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
}
