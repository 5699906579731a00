package org.bridgehead.whatif;

import java.io.IOException;
import java.io.StringWriter;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/**
 * Code that is broken on purpose: one place in one source file is replaced, compiled, and loaded before the product.
 *
 * @param what in a few words
 * @param file below {@code org/bridgehead}, without {@code .java}
 * @param right the text that is there, once
 * @param wrong what stands there instead
 */
record Mutant(String what, String file, String right, String wrong) {
    private static final Path SOURCES = Path.of("src", "main", "java", "org", "bridgehead");

    /** Loads the classes of the organisation anew, the broken ones first; libraries are shared. */
    private static final class Loader extends URLClassLoader {
        Loader(URL... urls) {
            super(urls, Mutant.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            synchronized (getClassLoadingLock(name)) {
                if (!name.startsWith("org.bridgehead.")) {
                    return super.loadClass(name, resolve);
                }
                Class<?> known = findLoadedClass(name);
                return known != null ? known : findClass(name);
            }
        }
    }

    /** Compiles it into a folder. */
    private void compile(Path folder) throws IOException {
        String source = Files.readString(SOURCES.resolve(file + ".java"));
        int first = source.indexOf(right);
        if (first < 0 || source.indexOf(right, first + 1) >= 0) {
            throw new IllegalStateException(
                    "mutant '" + what + "' does not fit any more: its text must stand once in " + file);
        }
        Path changed = folder.resolve(Path.of(file + ".java").getFileName());
        Files.writeString(changed, source.replace(right, wrong));
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            List<String> options = List.of(
                    "-proc:none", "-nowarn", "-d", folder.toString(), "-cp", System.getProperty("java.class.path"));
            boolean good = compiler.getTask(
                            messages, files, null, options, null, files.getJavaFileObjects(changed.toFile()))
                    .call();
            if (!good) {
                throw new IllegalStateException("mutant '" + what + "' does not compile: " + messages);
            }
        }
    }

    private Loader load(Path folder) throws IOException {
        compile(folder);
        return new Loader(folder.toUri().toURL(), place(Simulation.class), place(Hunt.class));
    }

    private static URL place(Class<?> type) {
        return type.getProtectionDomain().getCodeSource().getLocation();
    }

    /** The first seed that catches it and by which invariant; empty = none does. */
    String hunt(Path folder, long seeds) throws IOException, ReflectiveOperationException {
        try (Loader loader = load(folder)) {
            return (String) loader.loadClass(Hunt.class.getName())
                    .getMethod("first", long.class, long.class)
                    .invoke(null, 1L, seeds);
        }
    }

    /** Which tests of a class it fails. */
    List<String> failing(Path folder, String tests) throws IOException, ReflectiveOperationException {
        try (Loader loader = load(folder)) {
            Class<?> loaded = loader.loadClass(tests);
            List<String> failing = new ArrayList<>();
            for (Method method : loaded.getDeclaredMethods()) {
                if (method.isAnnotationPresent(Test.class) && fails(loaded, method.getName())) {
                    failing.add(method.getName());
                }
            }
            return failing;
        }
    }

    private static boolean fails(Class<?> loaded, String name) throws ReflectiveOperationException {
        Constructor<?> constructor = loaded.getDeclaredConstructor();
        constructor.setAccessible(true);
        Method method = loaded.getDeclaredMethod(name);
        method.setAccessible(true);
        try {
            method.invoke(constructor.newInstance());
            return false;
        } catch (InvocationTargetException thrown) {
            return true;
        }
    }
}
