package org.bridgehead.render.draw;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How the parts of a picture look, for SVG and pixels alike.
 *
 * <p>A row is {@code SELECTOR PART : PROPERTY VALUE; …}. The selector is {@code *}, or a group's kind and state as in
 * {@code link.down}: the row then holds for parts inside such a group, and wins over {@code *}; among equals the later
 * row wins. The part {@code -} is the group itself. Properties are those of SVG; colours are names of {@link Theme}.
 */
final class StyleSheet {
    private final List<Rule> rules;

    private StyleSheet(List<Rule> rules) {
        this.rules = List.copyOf(rules);
    }

    /**
     * A row.
     *
     * @param selector kind and state, or {@code *}
     * @param part the part
     * @param properties by name
     */
    private record Rule(String selector, String part, SortedMap<String, String> properties) {
        boolean always() {
            return selector.equals("*");
        }

        boolean holds(List<Group> groups) {
            List<String> classes = List.of(selector.split("\\."));
            return always() || groups.stream().anyMatch(group -> group.classes().containsAll(classes));
        }

        String css(String scope) {
            StringBuilder css = new StringBuilder(scope);
            css.append(always() ? "" : " ." + selector).append(part.equals("-") ? "" : " ." + part);
            css.append('{');
            properties.forEach((name, value) -> {
                css.append(name).append(':').append(plain(value)).append(';');
                if (Theme.isColor(value)) {
                    // Programs that know no variables keep the line before.
                    css.append(name).append(":var(--").append(value).append(");");
                }
            });
            return css.append('}').toString();
        }

        private static String plain(String value) {
            return Theme.isColor(value) ? Theme.LIGHT.color(value) : value;
        }
    }

    /** Reads rows; empty lines are passed over. */
    static StyleSheet parse(String text) {
        List<Rule> rules = new ArrayList<>();
        for (String line : text.lines().filter(row -> !row.isBlank()).toList()) {
            String[] sides = line.split(" : ", 2);
            String[] subject = sides[0].strip().split(" +");
            SortedMap<String, String> properties = new TreeMap<>();
            for (String property : sides[1].split(";")) {
                String[] words = property.strip().split(" ", 2);
                properties.put(words[0], words[1]);
            }
            rules.add(new Rule(subject[0], subject[1], properties));
        }
        rules.sort(Comparator.comparing(rule -> !rule.always()));
        return new StyleSheet(rules);
    }

    /** The properties of a part inside these groups. */
    SortedMap<String, String> properties(String part, List<Group> groups) {
        SortedMap<String, String> properties = new TreeMap<>();
        rules.stream()
                .filter(rule -> rule.part.equals(part) && rule.holds(groups))
                .forEach(rule -> properties.putAll(rule.properties));
        return properties;
    }

    /** The rows for these parts as CSS, for elements inside {@code scope}. */
    String css(String scope, Collection<String> parts) {
        StringBuilder css = new StringBuilder();
        rules.stream()
                .filter(rule -> rule.part.equals("-") || parts.contains(rule.part))
                .forEach(rule -> css.append(rule.css(scope)).append('\n'));
        return css.toString();
    }

    /** The variables of the theme as CSS: by the reader's wish, unless {@code data-theme} says otherwise. */
    static String variables(String scope) {
        return scope + "{" + variables(Theme.LIGHT) + "}\n@media (prefers-color-scheme:dark){" + scope
                + ":not([data-theme=light]){" + variables(Theme.DARK) + "}}\n" + scope + "[data-theme=dark]{"
                + variables(Theme.DARK) + "}\n";
    }

    private static String variables(Theme theme) {
        StringBuilder css = new StringBuilder();
        Theme.names()
                .forEach(name -> css.append("--")
                        .append(name)
                        .append(':')
                        .append(theme.color(name))
                        .append(';'));
        return css.toString();
    }
}
