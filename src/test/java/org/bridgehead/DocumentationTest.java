package org.bridgehead;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every package and every public type says what it is for. The compiler checks how it is written; a line per parameter nobody asks for. */
class DocumentationTest {
    private static final Path SOURCES = Path.of("src/main/java");
    private static final Pattern PACKAGE = Pattern.compile("(?m)^package [\\w.]+;");
    private static final Pattern NULL_MARKED = Pattern.compile("(?m)^@([\\w.]+\\.)?NullMarked$");
    private static final Pattern PUBLIC_TYPE =
            Pattern.compile("(?m)^public [a-z\\- ]*(class|interface|record|enum|@interface) \\w+");
    private static final Pattern STATEMENT = Pattern.compile("(?m)^(import|package) ");

    @Test
    void everyPackageSaysWhatItIsForAndIsNullMarked() {
        List<String> wrong = new ArrayList<>();
        for (Path folder : new TreeSet<>(javaFiles().map(Path::getParent).toList())) {
            Path info = folder.resolve("package-info.java");
            if (!Files.exists(info)) wrong.add(folder + ": no package-info.java");
            else if (!isDocumented(read(info), PACKAGE)) wrong.add(info + ": no Javadoc");
            else if (!NULL_MARKED.matcher(read(info)).find()) wrong.add(info + ": not @NullMarked");
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void everyPublicTypeHasJavadoc() {
        assertThat(javaFiles().filter(file -> !isDocumented(read(file), PUBLIC_TYPE)))
                .isEmpty();
    }

    /** True when nothing but annotations stands between a Javadoc comment and what is declared, or when nothing is declared. */
    private static boolean isDocumented(String source, Pattern declaration) {
        Matcher found = declaration.matcher(source);
        if (!found.find()) return true;
        String before = source.substring(0, found.start());
        int end = before.lastIndexOf("*/");
        return end >= 0
                && before.startsWith("/**", before.lastIndexOf("/*", end))
                && !STATEMENT.matcher(before.substring(end)).find();
    }

    private static Stream<Path> javaFiles() {
        if (!Files.exists(SOURCES)) return Stream.empty();
        try (Stream<Path> files = Files.walk(SOURCES)) {
            return files.filter(f -> f.toString().endsWith(".java")).sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
