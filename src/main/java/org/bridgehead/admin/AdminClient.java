package org.bridgehead.admin;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Talks to an admin server. Each call is one request; answers are maps, lists, texts, numbers, truth values and null.
 * Throws {@link AdminException} where the server says no, and {@link IOException} where nobody answers. Safe for any
 * thread.
 */
public final class AdminClient {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final URI base;
    private final Optional<String> token;
    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(CONNECT)
            .version(HttpClient.Version.HTTP_1_1)
            .build();

    /**
     * A client of the server at {@code base}.
     *
     * @param base {@code http://HOST:PORT}, or {@code HOST:PORT}
     * @param token secret to show; empty = none
     * @throws IllegalArgumentException when {@code base} is no such address
     */
    public AdminClient(String base, Optional<String> token) {
        String text = base.contains("://") ? base : "http://" + base;
        URI uri = URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
        boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
        if (!web || uri.getHost() == null || !String.valueOf(uri.getPath()).isEmpty()) {
            throw new IllegalArgumentException(base + " is no address of an admin server: write http://HOST:PORT");
        }
        this.base = uri;
        this.token = token;
    }

    /** Where it asks. */
    public URI base() {
        return base;
    }

    /**
     * All of a kind.
     *
     * @param query parameters, a pair of name and value each
     */
    public @Nullable Object list(String kind, List<Map.Entry<String, String>> query)
            throws IOException, InterruptedException {
        return json(get("/v1/" + kind, query));
    }

    /** One of a kind. */
    public @Nullable Object show(String kind, String name) throws IOException, InterruptedException {
        return json(get("/v1/" + kind + "/" + encoded(name), List.of()));
    }

    /** The octets of a message, into {@code out}. */
    public void export(String message, OutputStream out) throws IOException, InterruptedException {
        try (InputStream body = get("/v1/messages/" + encoded(message), List.of(Map.entry("octets", "true")))
                .body()) {
            body.transferTo(out);
        }
    }

    /**
     * Does something with one of a kind.
     *
     * @param body sent along; may be empty
     */
    public Map<String, @Nullable Object> tell(
            String kind, String name, String verb, List<Map.Entry<String, String>> query, byte[] body)
            throws IOException, InterruptedException {
        String path = "/v1/" + kind + "/" + encoded(name) + "/" + encoded(verb);
        HttpRequest.Builder request = request(path, query)
                .header("Content-Type", "application/octet-stream")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        return fields(json(send(request)));
    }

    /** An object of JSON as its fields; none when it is something else. */
    public static Map<String, @Nullable Object> fields(@Nullable Object value) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((name, field) -> fields.put(String.valueOf(name), field));
        }
        return fields;
    }

    private HttpResponse<InputStream> get(String path, List<Map.Entry<String, String>> query)
            throws IOException, InterruptedException {
        return send(request(path, query).GET());
    }

    private HttpRequest.Builder request(String path, List<Map.Entry<String, String>> query) {
        StringBuilder uri = new StringBuilder(base + path);
        char separator = '?';
        for (Map.Entry<String, String> parameter : query) {
            uri.append(separator)
                    .append(encoded(parameter.getKey()))
                    .append('=')
                    .append(encoded(parameter.getValue()));
            separator = '&';
        }
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(uri.toString())).timeout(PATIENCE);
        token.ifPresent(secret -> request.header("Authorization", "Bearer " + secret));
        return request;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private HttpResponse<InputStream> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<InputStream> response = http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        if (response.statusCode() == 200) {
            return response;
        }
        Map<String, @Nullable Object> said = Map.of();
        try (InputStream body = response.body()) {
            said = fields(JsonReader.read(body));
        } catch (IOException e) {
            // Whoever this is, it does not speak as an admin server does; the status says so.
            said = Map.of();
        }
        Object error = said.get("error");
        throw new AdminException(
                response.statusCode(),
                error == null ? base + " answers " + response.statusCode() : error.toString(),
                error == null
                        ? "is this an admin server of Bridgehead?"
                        : String.valueOf(said.getOrDefault("hint", "")));
    }

    private static @Nullable Object json(HttpResponse<InputStream> response) throws IOException {
        try (InputStream body = response.body()) {
            return JsonReader.read(body);
        }
    }
}
