package org.bridgehead.io.config;

import java.util.ArrayList;
import java.util.List;

/** An edit's text taken apart. */
final class EditPath {
    private static final String USAGE = "write PATH=VALUE, such as siteLinks.Berlin-Munich.exchangeCost=20";

    private final List<String> keys = new ArrayList<>();
    private final String value;

    /** Why a text is no edit. */
    static final class Malformed extends Exception {
        private static final long serialVersionUID = 1L;

        Malformed(String message) {
            super(message);
        }
    }

    /** What would be right. */
    static String usage() {
        return USAGE;
    }

    EditPath(String text) throws Malformed {
        StringBuilder key = new StringBuilder();
        char quote = 0;
        int at = 0;
        for (; at < text.length() && (quote != 0 || text.charAt(at) != '='); at++) {
            char c = text.charAt(at);
            if (quote != 0 ? c == quote : (c == '"' || c == '\'') && key.isEmpty()) {
                quote = quote != 0 ? 0 : c;
            } else if (quote == 0 && c == '.') {
                add(key);
            } else {
                key.append(c);
            }
        }
        if (quote != 0) {
            throw new Malformed("the quote is never closed");
        }
        if (at == text.length()) {
            throw new Malformed("there is no =");
        }
        add(key);
        value = text.substring(at + 1);
        if (value.isBlank()) {
            throw new Malformed("nothing stands behind the =");
        }
    }

    private void add(StringBuilder key) throws Malformed {
        String text = key.toString().strip();
        if (text.isEmpty()) {
            throw new Malformed("a key is empty");
        }
        keys.add(text);
        key.setLength(0);
    }

    /** At least one. */
    List<String> keys() {
        return keys;
    }

    /** YAML, not blank. */
    String value() {
        return value;
    }
}
