package org.bridgehead.io.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Counts the kinds of keys in an overlay. Stateless. */
final class OverlayKeys {
    /** Sections whose first keys are names of the file's author. */
    private static final List<String> NAMED =
            List.of("sites", "siteLinks", "servers", "receiveConnectors", "connectors", "internet");

    private OverlayKeys() {}

    /** How often each kind of key is in a section: a key below a name, a key that is none, or whole entries. */
    static Map<String, Integer> kinds(String section, Map<String, Object> content) {
        Map<String, Integer> kinds = new LinkedHashMap<>();
        if (NAMED.contains(section)) {
            content.values().forEach(entry -> count(entry, kinds));
        } else if (section.equals("directory")) {
            content.forEach((key, value) -> directory(key, value, kinds));
        } else {
            content.keySet().forEach(key -> kinds.merge(key, 1, Integer::sum));
        }
        return kinds;
    }

    private static void directory(String key, Object value, Map<String, Integer> kinds) {
        if (key.equals("recipients") && value instanceof Map<?, ?> recipients) {
            recipients.values().forEach(entry -> count(entry, kinds));
        } else {
            kinds.merge(key, 1, Integer::sum);
        }
    }

    private static void count(Object entry, Map<String, Integer> kinds) {
        if (entry instanceof Map<?, ?> keys) {
            keys.keySet().forEach(key -> kinds.merge(key.toString(), 1, Integer::sum));
        } else {
            kinds.merge("others", 1, Integer::sum);
        }
    }
}
