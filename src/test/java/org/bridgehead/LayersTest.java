package org.bridgehead;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.Source;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The architecture as tables: what each part may import, and what it may not touch. A part is a row of {@link #MAY_IMPORT}; a package that no
 * row covers is an error, so a new one has to be placed here first. To change a row, write an ADR. (A long file, because it is tables.)
 */
class LayersTest {
    private static final String ROOT = "org.bridgehead.";

    /** Part : parts it may import. "core" and "io" stand for all of theirs, "*" for everything. */
    private static final Map<String, List<String>> MAY_IMPORT = table(
            "core.mail              :",
            "core.smtp              : core.mail",
            "core.topology          : core.mail",
            "core.directory         : core.mail core.topology",
            "core.routing           : core.mail core.topology",
            "core.categorizer       : core.mail core.topology core.directory core.routing",
            "core.queue             : core.mail core.topology core.routing",
            "core.mailbox           : core.mail core.topology",
            "core.dumpster          : core.mail core.topology",
            "core.edge              : core.mail core.topology core.directory core.routing",
            "core.hub               : core.mail core.smtp core.topology core.directory core.routing core.categorizer"
                    + " core.queue core.mailbox core.dumpster core.edge",
            "core.scenario          : core",
            "io.config              : core",
            "io.spool               : core",
            "io.mailstore           : core",
            "io.net                 : core",
            "io.imap                : core",
            "io.ldap                : core",
            "io.dns                 : core",
            "io.tracking            : core",
            "io.tls                 : core",
            "engine                 : core io",
            "whatif                 : core",
            "bpa                    : core",
            "render                 : core whatif bpa",
            "admin                  : core io.config engine whatif bpa render",
            "camel                  : core io.config engine",
            "junit                  : core io.config engine render",
            "cli                    : *");

    /** Library : parts that may use it. One that is not listed is open to every part but {@code core}. */
    private static final Map<String, List<String>> MAY_USE = table(
            "org.jgrapht            : core.routing",
            "org.snakeyaml          : io.config cli",
            "com.fasterxml.jackson  : io.config io.tracking render admin camel junit cli",
            "org.rocksdb            : io.spool",
            "com.unboundid          : io.ldap io.tls",
            "org.xbill              : io.dns",
            "com.icegreen           : io.mailstore engine",
            "com.sun.net.httpserver : admin",
            "java.net.http          : admin",
            "io.micrometer          : admin",
            "io.opentelemetry       : admin",
            "org.apache.camel       : camel",
            "org.junit              : junit",
            "org.opentest4j         : junit",
            "org.assertj            : junit",
            "picocli                : cli",
            "me.tongfei             : cli",
            "org.jline              : cli",
            "ch.qos.logback         : cli");

    /** All that {@code core} may name of the outside world: JDK values, null annotations, and JGraphT where the table above allows it. */
    private static final Pattern CORE_KNOWS = anyOf(
            "java\\.(lang|util|time|math|text|nio|security)\\..*",
            "javax\\.crypto\\..*",
            "org\\.(jspecify|jgrapht)\\..*");

    /** Files, channels, threads, locks, clocks, chance and reflection within that. */
    private static final Pattern CORE_BANS = anyOf(
            "java\\.nio\\.(file|channels)\\..*",
            "java\\.util\\.concurrent\\.(?!TimeUnit$).*",
            "java\\.util\\.(logging|prefs|zip|jar|random)\\..*",
            "java\\.util\\.(Random|SplittableRandom|Timer|TimerTask|Scanner|ServiceLoader)",
            "java\\.security\\.SecureRandom",
            "java\\.time\\.(Clock|InstantSource)",
            "java\\.lang\\.(Thread|ThreadLocal|InheritableThreadLocal|Process|ProcessBuilder|ProcessHandle|Runtime)(\\$.*)?",
            "java\\.lang\\.(reflect|invoke|ref)\\..*");

    private static final Pattern CLOCKS = anyOf(
            "java\\.time\\.\\w+\\.now\\(.*",
            "java\\.time\\.Clock\\..*",
            "java\\.lang\\.System\\.(nanoTime|currentTimeMillis)\\(.*",
            "java\\.util\\.(Date|GregorianCalendar)\\.<init>\\(\\)",
            "java\\.util\\.Calendar\\.getInstance\\(.*");

    /** Chance that no seed governs. */
    private static final Pattern CHANCE = anyOf(
            "java\\.lang\\.Math\\.random\\(.*",
            "java\\.util\\.UUID\\.randomUUID\\(.*",
            "java\\.util\\.(Random|SplittableRandom)\\.<init>\\(\\)",
            "java\\.util\\.concurrent\\.ThreadLocalRandom\\.current\\(.*",
            "java\\.util\\.Collections\\.shuffle\\(java\\.util\\.List\\)",
            "java\\.security\\.SecureRandom\\..*");

    /** The machine that a decision happens to be made on; letter case by its language is the treacherous one. */
    private static final Pattern SURROUNDINGS = anyOf(
            "java\\.lang\\.System\\.(getenv|getProperty|getProperties|setProperty|lineSeparator|exit)\\(.*",
            "java\\.lang\\.(Integer\\.getInteger|Long\\.getLong|Boolean\\.getBoolean)\\(.*",
            "java\\.util\\.(Locale|TimeZone)\\.getDefault\\(.*",
            "java\\.time\\.ZoneId\\.systemDefault\\(.*",
            "java\\.nio\\.charset\\.Charset\\.defaultCharset\\(.*",
            "java\\.lang\\.String\\.(toLowerCase|toUpperCase|getBytes)\\(\\)");

    /** What iterates in another order on another JVM. Lists, sorted and linked collections don't. */
    private static final Pattern UNORDERED = anyOf(
            "java\\.util\\.(Set|Map)\\.(of|copyOf|ofEntries)\\(.*",
            "java\\.util\\.(HashMap|HashSet|IdentityHashMap|WeakHashMap|Hashtable)\\.<init>\\(.*",
            "java\\.util\\.stream\\.Collectors\\.(toSet|toUnmodifiableSet|toUnmodifiableMap|toConcurrentMap)\\(.*",
            "java\\.util\\.stream\\.Collectors\\.toMap\\((java\\.util\\.function\\.\\w+(, )?)+\\)(?<!Supplier\\))",
            "java\\.util\\.stream\\.Collectors\\.groupingBy\\(java\\.util\\.function\\.Function(,"
                    + " java\\.util\\.stream\\.Collector)?\\)",
            "java\\.util\\.stream\\.Collectors\\.groupingByConcurrent\\(.*",
            "java\\.lang\\.System\\.identityHashCode\\(.*");

    private static final Pattern PARALLEL = anyOf(
            ".*\\.parallelStream\\(\\)",
            "java\\.util\\.stream\\.\\w+\\.parallel\\(\\)",
            "java\\.util\\.Arrays\\.parallel\\w+\\(.*");

    private static final Pattern THREADS = anyOf(
            "java\\.lang\\.Thread\\.(<init>|ofVirtual|ofPlatform|startVirtualThread)\\(.*",
            "java\\.util\\.concurrent\\.Executors\\..*",
            "java\\.util\\.concurrent\\.(ThreadPoolExecutor|ScheduledThreadPoolExecutor|ForkJoinPool)\\.(<init>|commonPool)\\(.*",
            "java\\.util\\.concurrent\\.CompletableFuture\\.\\w+Async\\((?!.*java\\.util\\.concurrent\\.Executor\\)).*",
            "java\\.util\\.Timer\\.<init>\\(.*");

    private static final List<JavaClass> CLASSES = productClasses();

    @Test
    void everyPackageHasARowInTheTable() {
        assertThat(CLASSES.stream().filter(c -> part(c).isEmpty()).map(JavaClass::getName))
                .isEmpty();
    }

    @Test
    void partsImportOnlyWhatTheTableAllows() {
        assertThat(dependencies((part, target) -> target.startsWith(ROOT) && !mayImport(part, part(target))))
                .isEmpty();
    }

    @Test
    void librariesStayInTheirParts() {
        assertThat(dependencies((part, target) -> MAY_USE.entrySet().stream()
                        .anyMatch(row -> target.startsWith(row.getKey() + ".")
                                && !row.getValue().contains(part))))
                .isEmpty();
    }

    @Test
    void coreTouchesNothingOfTheOutsideWorld() {
        List<String> found = calls("core\\..*", CLOCKS, CHANCE, SURROUNDINGS);
        found.addAll(dependencies((part, target) -> part.startsWith("core.")
                && !target.startsWith(ROOT)
                && !isPrimitive(target)
                && (!matches(CORE_KNOWS, target) || matches(CORE_BANS, target))));
        assertThat(found).isEmpty();
    }

    @Test
    void simulationsRepeat() {
        List<String> found = calls("core\\..*|whatif", UNORDERED, PARALLEL);
        found.addAll(calls("whatif", CLOCKS, CHANCE));
        assertThat(found).isEmpty();
    }

    @Test
    void onlyTheEngineMakesThreads() {
        assertThat(calls("(?!engine$).*", THREADS, PARALLEL)).isEmpty();
    }

    /** What classes depend on (imports, calls, fields, parameters, annotations) where the rule, given the part and the name, says yes. */
    private static List<String> dependencies(BiPredicate<String, String> broken) {
        return CLASSES.stream()
                .flatMap(c -> c.getDirectDependenciesFromSelf().stream())
                .filter(d -> broken.test(
                        part(d.getOriginClass()),
                        d.getTargetClass().getBaseComponentType().getName()))
                .map(Dependency::getDescription)
                .distinct()
                .sorted()
                .toList();
    }

    /** Calls and references of methods and constructors, named as in {@code java.util.Map.of(java.lang.Object, java.lang.Object)}. */
    private static List<String> calls(String parts, Pattern... banned) {
        return CLASSES.stream()
                .filter(c -> part(c).matches(parts))
                .flatMap(c -> c.getAccessesFromSelf().stream())
                .filter(access -> Arrays.stream(banned)
                        .anyMatch(pattern -> matches(pattern, access.getTarget().getFullName())))
                .map(JavaAccess::getDescription)
                .distinct()
                .sorted()
                .collect(Collectors.toCollection(ArrayList::new));
    }

    private static boolean mayImport(String part, String other) {
        List<String> allowed = MAY_IMPORT.getOrDefault(part, List.of());
        return part.equals(other)
                || allowed.contains("*")
                || allowed.contains(other)
                || allowed.contains(other.split("\\.")[0]);
    }

    private static String part(JavaClass type) {
        return part(type.getName());
    }

    /** The row that holds a class: the nearest enclosing package in the table; empty when there is none. */
    private static String part(String className) {
        String name = className;
        while (name.startsWith(ROOT)) {
            String part = name.substring(ROOT.length());
            if (MAY_IMPORT.containsKey(part)) return part;
            name = name.substring(0, name.lastIndexOf('.'));
        }
        return "";
    }

    private static boolean isPrimitive(String name) {
        return !name.contains(".");
    }

    private static boolean matches(Pattern pattern, String text) {
        return pattern.matcher(text).matches();
    }

    private static Pattern anyOf(String... patterns) {
        return Pattern.compile(String.join("|", patterns));
    }

    private static Map<String, List<String>> table(String... rows) {
        Map<String, List<String>> table = new LinkedHashMap<>();
        for (String row : rows) {
            String[] sides = row.split(":", 2);
            table.put(sides[0].strip(), List.of(sides[1].strip().split(" +")));
        }
        return table;
    }

    /** Told from tests by their source, not by their folder of class files: that one differs between build directories. */
    private static List<JavaClass> productClasses() {
        ArchConfiguration.get()
                .setResolveMissingDependenciesFromClassPath(false); // names suffice, and it is much faster
        return new ClassFileImporter()
                .importPackages("org.bridgehead").stream()
                        .filter(c -> Stream.of("src/main/java", "src/generated/java")
                                .anyMatch(root -> Files.exists(Path.of(root, sourceOf(c)))))
                        .sorted(Comparator.comparing(JavaClass::getName))
                        .toList();
    }

    private static String sourceOf(JavaClass type) {
        String file = type.getSource().flatMap(Source::getFileName).orElse("");
        return type.getPackageName().replace('.', '/') + "/" + file;
    }
}
