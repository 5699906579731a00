package org.bridgehead.render;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Pages made of a file beside the class and parts put into it. Stateless. */
public final class Template {
    private Template() {}

    /**
     * Puts parts in place of their names, {@code @NAME@}. One pass, so that what is put in is never looked through.
     *
     * @throws IllegalStateException when the template names a part that is not there
     */
    public static String filled(String template, Map<String, String> parts) {
        StringBuilder page = new StringBuilder();
        List<String> pieces = List.of(template.split("@", -1));
        for (int at = 0; at < pieces.size(); at++) {
            String part = at % 2 == 0 ? null : parts.get(pieces.get(at));
            if (at % 2 == 1 && part == null) {
                throw new IllegalStateException("the template of the page names @" + pieces.get(at) + "@");
            }
            page.append(part == null ? pieces.get(at) : part);
        }
        return page.toString();
    }

    /** Text as it stands in HTML, also within double quotes. */
    public static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    /** A file beside a class, in UTF-8. */
    public static String resource(Class<?> beside, String name) {
        try (InputStream in = beside.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
