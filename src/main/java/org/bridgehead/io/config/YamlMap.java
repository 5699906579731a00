package org.bridgehead.io.config;

import java.util.List;
import java.util.Optional;

/** A map with a fixed set of keys; unknown ones were reported when it was made. */
final class YamlMap {
    private final YamlValue value;
    private final List<String> keys;
    private final List<YamlEntry> entries;

    YamlMap(YamlValue value, List<String> keys, List<YamlEntry> entries) {
        this.value = value;
        this.keys = keys;
        this.entries = entries;
        for (YamlEntry entry : entries) {
            if (!keys.contains(entry.name())) {
                unknown(entry);
            }
        }
    }

    private void unknown(YamlEntry entry) {
        value.problems()
                .error(
                        entry.place(),
                        "unknown key",
                        Text.didYouMean(entry.name(), keys, "known here: " + String.join(", ", keys)));
    }

    /** The value of {@code key}, which must be one of the shape's. */
    Optional<YamlValue> get(String key) {
        if (!keys.contains(key)) {
            throw new IllegalArgumentException(
                    key + " is not declared in the shape of " + value.key().keyPath());
        }
        for (YamlEntry entry : entries) {
            if (entry.name().equals(key)) {
                return Optional.of(entry.value());
            }
        }
        return Optional.empty();
    }

    /** As {@link #get}; a missing key is reported with {@code example}. */
    Optional<YamlValue> require(String key, String example) {
        Optional<YamlValue> found = get(key);
        if (found.isEmpty()) {
            value.problems().error(value.key(), "the key " + key + " is missing", "write " + key + ": " + example);
        }
        return found;
    }

    /** Reports each of {@code unwanted} that is present. */
    void forbid(List<String> unwanted, String message, String hint) {
        unwanted.forEach(key -> get(key).ifPresent(v -> value.problems().error(v.key(), message, hint)));
    }

    /** The map as a value. */
    YamlValue value() {
        return value;
    }
}
