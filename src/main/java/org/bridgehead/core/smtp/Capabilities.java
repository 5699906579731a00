package org.bridgehead.core.smtp;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a peer offered in its answer to EHLO or LHLO (RFC 5321 section 4.1.1.1). Immutable.
 *
 * @param peer the first word of the answer: who the peer says it is
 * @param keywords extension keywords in upper case with their parameters in upper case
 */
public record Capabilities(String peer, SortedMap<String, List<String>> keywords) {
    /** Copies the map. */
    public Capabilities {
        TreeMap<String, List<String>> copy = new TreeMap<>();
        for (Map.Entry<String, List<String>> entry : keywords.entrySet()) {
            copy.put(entry.getKey(), List.copyOf(entry.getValue()));
        }
        keywords = Collections.unmodifiableSortedMap(copy);
    }

    /** Reads the lines of the answer; words that are no keywords are kept and harm nothing. */
    static Capabilities of(List<String> lines) {
        TreeMap<String, List<String>> keywords = new TreeMap<>();
        for (String line : lines.subList(1, lines.size())) {
            String text = line.strip().toUpperCase(Locale.ROOT);
            // Some servers still write AUTH=LOGIN, as drafts of RFC 2554 did.
            String[] words = (text.startsWith("AUTH=") ? "AUTH " + text.substring(5) : text).split(" +");
            keywords.computeIfAbsent(words[0], k -> new ArrayList<>())
                    .addAll(List.of(words).subList(1, words.length));
        }
        return new Capabilities(lines.get(0).strip().split(" +")[0], keywords);
    }

    /** Of a peer that only knows HELO. */
    static Capabilities none(String peer) {
        return new Capabilities(peer.strip().split(" +")[0], new TreeMap<>());
    }

    /** Whether the extension {@code keyword} (upper case) is offered. */
    public boolean offers(String keyword) {
        return keywords.containsKey(keyword);
    }

    /** Whether {@code mechanism} is among those of AUTH. */
    public boolean offersAuth(String mechanism) {
        return keywords.getOrDefault("AUTH", List.of()).contains(mechanism);
    }

    /** The largest message in octets; empty when the peer named none (RFC 1870). */
    public Optional<Long> maxSize() {
        return keywords.getOrDefault("SIZE", List.of()).stream()
                .findFirst()
                .filter(text -> text.matches("[0-9]{1,18}"))
                .map(Long::valueOf)
                .filter(size -> size > 0);
    }
}
