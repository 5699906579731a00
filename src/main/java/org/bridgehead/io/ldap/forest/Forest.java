package org.bridgehead.io.ldap.forest;

import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.Entry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.bridgehead.core.topology.Guesses;
import org.bridgehead.io.ldap.LdifRecipients;
import org.jspecify.annotations.Nullable;

/**
 * All objects that were read, by their distinguished names, in the order in which they came. An object that comes in
 * several parts (two files, two ranges of members) is one. Deleted objects and losers of name conflicts are left out.
 * One thread.
 */
final class Forest {
    /** {@code <GUID=…>;<SID=…>;} before a name. */
    private static final Pattern EXTENDED = Pattern.compile("(?:<[A-Za-z_]+=[^<>]*>;)+");

    /** A link that Samba keeps for replication although it was removed: bit 1 of its flags. */
    private static final Pattern REMOVED = Pattern.compile("<RMD_FLAGS=\\d*[13579]>;");

    private static final Pattern RANGE = Pattern.compile("(?i)([^;]+);range=(\\d{1,9})-(\\d{1,9}|\\*)");
    private static final Pattern GONE = Pattern.compile("(?i)(?:\\\\0A|\\n)(?:DEL|CNF):");

    private final Map<String, List<Entry>> parts = new LinkedHashMap<>();
    private @Nullable Map<String, ForestObject> objects;
    private final Map<String, Ranges> ranges = new LinkedHashMap<>();
    private final Guesses<String> guesses = new Guesses<>();
    private final List<String> problems = new ArrayList<>();

    /** What is assumed; places are files or distinguished names. */
    Guesses<String> guesses() {
        return guesses;
    }

    /** Notes what makes the whole import impossible. */
    void problem(String text) {
        problems.add(text);
    }

    /** What makes the import impossible, once everything was added. */
    List<String> problems() {
        List<String> all = new ArrayList<>(problems);
        ranges.values().forEach(its -> its.problem().ifPresent(all::add));
        return all;
    }

    /** Adds an object, or what was not known of one. */
    void add(Entry entry, String source) {
        String dn = plain(entry.getDN());
        if (dn.isBlank()) {
            return;
        }
        if (GONE.matcher(dn).find() || "TRUE".equalsIgnoreCase(entry.getAttributeValue("isDeleted"))) {
            guesses.add("deleted objects and losers of name conflicts are left out", source, dn);
            return;
        }
        Entry clean = new Entry(dn);
        List<Entry> its = parts.computeIfAbsent(LdifRecipients.key(dn), key -> new ArrayList<>(1));
        its.add(clean);
        for (Attribute attribute : entry.getAttributes()) {
            Matcher range = RANGE.matcher(attribute.getName());
            if (range.matches()) {
                its.add(range(dn, attribute, range));
            } else if (isExtended(attribute)) {
                clean.addAttribute(attribute.getBaseName(), plain(attribute.getValues()));
            } else {
                clean.addAttribute(attribute);
            }
        }
        objects = null;
    }

    /** A part of its own: put together by the library, parts of long lists would take for ever. */
    private Entry range(String dn, Attribute attribute, Matcher range) {
        String name = range.group(1);
        ranges.computeIfAbsent(
                        LdifRecipients.key(dn) + "\n" + name.toLowerCase(Locale.ROOT), key -> new Ranges(dn, name))
                .add(range.group(2), range.group(3));
        return new Entry(dn, new Attribute(name, plain(attribute.getValues())));
    }

    private static boolean isExtended(Attribute attribute) {
        return attribute.size() > 0 && attribute.getValue().startsWith("<");
    }

    private static String[] plain(String... values) {
        return Stream.of(values)
                .filter(value -> !REMOVED.matcher(value).find())
                .map(Forest::plain)
                .toArray(String[]::new);
    }

    private static String plain(String dn) {
        Matcher extended = EXTENDED.matcher(dn);
        return extended.lookingAt() ? dn.substring(extended.end()) : dn;
    }

    /** Puts the parts together, once all of them are there. */
    private Map<String, ForestObject> objects() {
        if (objects == null) {
            Map<String, ForestObject> whole = new LinkedHashMap<>();
            parts.forEach((key, its) -> whole.put(key, new ForestObject(its.size() == 1 ? its.get(0) : joined(its))));
            objects = whole;
        }
        return objects;
    }

    /** By hand, because the library compares each value to all others. */
    private static Entry joined(List<Entry> parts) {
        Map<String, Set<String>> values = new LinkedHashMap<>();
        for (Entry part : parts) {
            for (Attribute attribute : part.getAttributes()) {
                values.computeIfAbsent(attribute.getName().toLowerCase(Locale.ROOT), name -> new LinkedHashSet<>())
                        .addAll(List.of(attribute.getValues()));
            }
        }
        Entry joined = new Entry(parts.get(0).getDN());
        values.forEach((name, all) -> joined.addAttribute(new Attribute(name, all)));
        return joined;
    }

    /** Whether there is anything of an Exchange organisation in it. */
    boolean hasExchange() {
        return objects().values().stream()
                .anyMatch(o -> Kind.ORGANIZATION.matches(o) || Kind.EXCHANGE_SERVER.matches(o));
    }

    /** All objects in the order in which they came. */
    List<ForestObject> all() {
        return List.copyOf(objects().values());
    }

    /** The objects of one kind in the order in which they came. */
    List<ForestObject> all(Kind kind) {
        return objects().values().stream().filter(kind::matches).toList();
    }
}
