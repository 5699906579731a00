package org.bridgehead.io.ldap.forest;

import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.Entry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.bridgehead.core.topology.Guesses;
import org.bridgehead.io.ldap.LdifRecipients;

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

    private final Map<String, ForestObject> objects = new LinkedHashMap<>();
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
        for (Attribute attribute : entry.getAttributes()) {
            add(clean, attribute);
        }
        objects.merge(LdifRecipients.key(dn), new ForestObject(clean), ForestObject::with);
    }

    private void add(Entry clean, Attribute attribute) {
        Matcher range = RANGE.matcher(attribute.getName());
        if (range.matches()) {
            String key = LdifRecipients.key(clean.getDN()) + "\n" + range.group(1).toLowerCase(Locale.ROOT);
            ranges.computeIfAbsent(key, k -> new Ranges(clean.getDN(), range.group(1)))
                    .add(range.group(2), range.group(3));
            clean.addAttribute(range.group(1), plain(attribute.getValues()));
        } else if (isExtended(attribute)) {
            clean.addAttribute(attribute.getBaseName(), plain(attribute.getValues()));
        } else {
            clean.addAttribute(attribute);
        }
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

    /** The object of that name, if it was read. */
    Optional<ForestObject> object(String dn) {
        return Optional.ofNullable(objects.get(LdifRecipients.key(dn)));
    }

    /** All objects in the order in which they came. */
    List<ForestObject> all() {
        return List.copyOf(objects.values());
    }

    /** The objects of one kind in the order in which they came. */
    List<ForestObject> all(Kind kind) {
        return objects.values().stream().filter(kind::matches).toList();
    }
}
