package org.bridgehead.core.smtp;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import org.bridgehead.core.smtp.SendConfig.Credentials;
import org.jspecify.annotations.Nullable;

/** The client's side of one AUTH dialogue (RFC 4954). One instance per dialogue; not thread-safe. */
final class Authentication {
    private final String command;
    private final ArrayDeque<String> answers = new ArrayDeque<>();
    private final @Nullable ScramClient scram;
    private int challenges;
    private boolean proved;

    private Authentication(String command, List<String> answers, @Nullable ScramClient scram) {
        this.command = command;
        this.answers.addAll(answers);
        this.scram = scram;
        this.proved = scram == null;
    }

    /** The dialogue for {@code credentials}; empty when the peer offers no mechanism that they may be used with. */
    static Optional<Authentication> choose(Credentials credentials, Capabilities peer, boolean tls) {
        if (credentials instanceof Credentials.Password password) {
            return tls || password.withoutTls() ? hidden(password, peer) : Optional.empty();
        }
        if (credentials instanceof Credentials.Organization us && peer.offersAuth(Scram.MECHANISM)) {
            ScramClient client = new ScramClient(us.name(), us.secret(), us.nonce(), us.known());
            return Optional.of(
                    new Authentication("AUTH " + Scram.MECHANISM + " " + base64(client.first()), List.of(), client));
        }
        if (credentials instanceof Credentials.External && tls && peer.offersAuth("EXTERNAL")) {
            return Optional.of(new Authentication("AUTH EXTERNAL =", List.of(), null));
        }
        return Optional.empty();
    }

    private static Optional<Authentication> hidden(Credentials.Password password, Capabilities peer) {
        if (!password.fitsScram() || !peer.offersAuth(Scram.MECHANISM)) {
            return password(password, peer);
        }
        ScramClient client = new ScramClient(
                password.user(), password.password(), password.nonce().orElseThrow());
        return Optional.of(
                new Authentication("AUTH " + Scram.MECHANISM + " " + base64(client.first()), List.of(), client));
    }

    /**
     * What to try when this was refused. A peer may know people by passwords and only servers by SCRAM, as our own
     * listeners do; that it may see the password was decided when SCRAM was begun.
     */
    Optional<Authentication> instead(Credentials credentials, Capabilities peer) {
        return scram != null && credentials instanceof Credentials.Password password
                ? password(password, peer)
                : Optional.empty();
    }

    private static Optional<Authentication> password(Credentials.Password password, Capabilities peer) {
        if (peer.offersAuth("PLAIN")) {
            String initial = base64("\0" + password.user() + "\0" + password.password());
            return Optional.of(new Authentication("AUTH PLAIN " + initial, List.of(), null));
        }
        List<String> answers = List.of(base64(password.user()), base64(password.password()));
        return peer.offersAuth("LOGIN")
                ? Optional.of(new Authentication("AUTH LOGIN", answers, null))
                : Optional.empty();
    }

    String command() {
        return command;
    }

    /** Answers a 334 with this text. */
    String respond(String challenge) throws ScramException {
        if (scram == null) {
            if (answers.isEmpty()) {
                throw new ScramException("one challenge too many");
            }
            return answers.remove();
        }
        String message = new String(Scram.unbase64(challenge.strip()), StandardCharsets.UTF_8);
        challenges++;
        if (challenges == 1) {
            return base64(scram.proof(message));
        }
        if (proved) {
            throw new ScramException("one challenge too many");
        }
        // RFC 4954 section 4: SMTP has no data with success, so the server's proof is a challenge with an empty answer.
        scram.verify(message);
        proved = true;
        return "";
    }

    /** Whether the peer has proved itself where the mechanism asks for it. */
    boolean isMutual() {
        return proved;
    }

    Optional<Scram.Salted> salted() {
        return scram == null ? Optional.empty() : scram.salted();
    }

    private static String base64(String text) {
        return Scram.base64(Scram.utf8(text));
    }
}
