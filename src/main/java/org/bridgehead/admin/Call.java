package org.bridgehead.admin;

import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One request, taken apart.
 *
 * @param method of HTTP
 * @param path segments, decoded
 * @param query parameters in order, each with its values
 * @param body what was sent along; read once
 * @param mostBody octets of it that are taken
 */
record Call(String method, List<String> path, Map<String, List<String>> query, InputStream body, int mostBody) {
    private static final int MOST_PARAMETERS = 1000;

    /** Takes a path and a query apart, both as they stand in the request line. */
    static Call of(String method, String rawPath, String rawQuery, InputStream body, int mostBody) {
        List<String> path = Arrays.stream(rawPath.split("/"))
                .skip(1)
                .map(Call::decodedSegment)
                .toList();
        Map<String, List<String>> query = new LinkedHashMap<>();
        String[] parameters = rawQuery.isEmpty() ? new String[0] : rawQuery.split("&");
        if (parameters.length > MOST_PARAMETERS) {
            throw new Problem(414, "more than " + MOST_PARAMETERS + " parameters", "");
        }
        for (String parameter : parameters) {
            int equals = parameter.indexOf('=');
            String name = decoded(equals < 0 ? parameter : parameter.substring(0, equals));
            String value = equals < 0 ? "" : decoded(parameter.substring(equals + 1));
            query.computeIfAbsent(name, n -> new ArrayList<>()).add(value);
        }
        return new Call(method, path, query, body, mostBody);
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw Problem.badRequest("badly encoded: " + text, "percent signs begin an octet: %5C");
        }
    }

    /** In a path a plus sign is a plus sign. */
    private static String decodedSegment(String text) {
        return decoded(text.replace("+", "%2B"));
    }

    boolean isPost() {
        return method.equals("POST");
    }

    /** The only value of a parameter; empty when it is not there. */
    Optional<String> parameter(String name) {
        List<String> values = query.getOrDefault(name, List.of());
        if (values.size() > 1) {
            throw Problem.badRequest("parameter " + name + " is there " + values.size() + " times", "");
        }
        return values.stream().findFirst();
    }

    List<String> all(String name) {
        return query.getOrDefault(name, List.of());
    }

    /** A whole number from 0 to {@code most}. */
    int number(String name, int otherwise, int most) {
        return number(name, otherwise, 0, most);
    }

    /** How many are wanted at most: at least one. */
    int limit(int otherwise, int most) {
        return number("limit", otherwise, 1, most);
    }

    private int number(String name, int otherwise, int least, int most) {
        Optional<String> text = parameter(name);
        if (text.isEmpty()) {
            return otherwise;
        }
        if (!text.get().matches("\\d{1,9}")
                || Integer.parseInt(text.get()) > most
                || Integer.parseInt(text.get()) < least) {
            throw Problem.badRequest(name + "=" + text.get(), "write a number from " + least + " to " + most);
        }
        return Integer.parseInt(text.get());
    }

    boolean flag(String name, boolean otherwise) {
        return parameter(name)
                .map(text -> switch (text) {
                    case "true" -> true;
                    case "false" -> false;
                    default -> throw Problem.badRequest(name + "=" + text, "write true or false");
                })
                .orElse(otherwise);
    }

    /** Refuses parameters that nobody would look at. */
    void allow(String... names) {
        for (String name : query.keySet()) {
            if (!Arrays.asList(names).contains(name)) {
                throw Problem.badRequest(
                        "no parameter " + name + " here" + Nearest.after(name, Arrays.asList(names)),
                        names.length == 0 ? "there is none" : "there are " + String.join(", ", names));
            }
        }
    }

    /** All of the body. */
    byte[] octets() throws IOException {
        byte[] octets = body.readNBytes(mostBody + 1);
        if (octets.length > mostBody) {
            throw new Problem(413, "more than " + mostBody + " octets", "");
        }
        return octets;
    }
}
