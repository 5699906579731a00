package org.bridgehead.admin;

import com.sun.net.httpserver.Headers;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Who may pass. On loopback the Host field has to name this machine, so that no web page reaches the server under a name
 * of its own (DNS rebinding); a request that a page of another origin makes is refused everywhere; where there is a
 * token, it has to be shown. Immutable; safe for any thread.
 */
final class Gate {
    private static final String SCHEME = "Bearer ";

    private final String bind;
    private final boolean loopback;
    private final Optional<byte[]> token;

    Gate(AdminSettings settings) {
        this.bind = settings.bind().host();
        this.loopback = AdminSettings.isLoopback(bind);
        this.token = settings.token().map(text -> text.getBytes(StandardCharsets.UTF_8));
    }

    /** Lets a request pass or throws the {@link Problem}. */
    void check(Headers headers, boolean open) {
        if (loopback && !isThisMachine(host(headers))) {
            throw new Problem(
                    421, "the Host field does not name this machine", "ask for http://127.0.0.1:PORT or localhost");
        }
        Optional<String> origin = Optional.ofNullable(headers.getFirst("Origin"));
        if (origin.isPresent() && !origin.get().equalsIgnoreCase("http://" + headers.getFirst("Host"))) {
            throw new Problem(403, "pages of other origins may not ask", "use a program, not a web page");
        }
        if (token.isPresent() && !open && !shows(headers, token.get())) {
            throw new Problem(
                    401,
                    headers.containsKey("Authorization") ? "this is not the token" : "a token is needed",
                    "Authorization: Bearer TOKEN; on the command line --token-file or BRIDGEHEAD_TOKEN");
        }
    }

    private static String host(Headers headers) {
        List<String> hosts = headers.getOrDefault("Host", List.of());
        if (hosts.size() != 1) {
            throw Problem.badRequest("one Host field is needed", "");
        }
        try {
            String host = URI.create("http://" + hosts.get(0)).getHost();
            return host == null ? "" : host.toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    private boolean isThisMachine(String host) {
        return host.equals("localhost")
                || host.equals("[::1]")
                || host.matches("127(\\.\\d{1,3}){3}")
                || host.equals(bind.toLowerCase(Locale.ROOT));
    }

    /** As long for a wrong token as for the right one. */
    private static boolean shows(Headers headers, byte[] token) {
        String given = headers.getFirst("Authorization");
        if (given == null || !given.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return false;
        }
        byte[] shown = given.substring(SCHEME.length()).strip().getBytes(StandardCharsets.UTF_8);
        return MessageDigest.isEqual(shown, token);
    }
}
