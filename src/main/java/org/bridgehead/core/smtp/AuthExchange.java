package org.bridgehead.core.smtp;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The server's side of one AUTH dialogue (RFC 4954): PLAIN, LOGIN, EXTERNAL, SCRAM-SHA-256. One per command. */
final class AuthExchange {
    /** What comes next. */
    sealed interface Step {
        /** A 334 with this text, in base64. */
        record Challenge(String text) implements Step {}

        /** The peer is who it says. */
        record Success(PeerTrust trust) implements Step {}

        /**
         * It is not.
         *
         * @param counts whether it was an attempt to log on, and not only malformed
         */
        record Failure(Reply reply, boolean counts) implements Step {}
    }

    private static final Step REFUSED =
            new Step.Failure(Reply.of(535, "5.7.8", "Authentication credentials invalid"), true);
    private static final Step MALFORMED =
            new Step.Failure(Reply.of(501, "5.5.2", "Malformed authentication response"), false);

    private final String mechanism;
    private final Peer peer;
    private final List<String> certificateNames;
    private final ReceivePolicy policy;
    private final @Nullable ScramServer scram;
    private int round;
    private String login = "";

    AuthExchange(
            String mechanism,
            Peer peer,
            List<String> certificateNames,
            ReceivePolicy policy,
            Optional<ScramServer> scram) {
        this.mechanism = mechanism;
        this.peer = peer;
        this.certificateNames = certificateNames;
        this.policy = policy;
        this.scram = scram.orElse(null);
    }

    /** Begins; {@code =} is an empty initial response. */
    Step begin(Optional<String> initial) {
        if (initial.isEmpty()) {
            return challenge(mechanism.equals("LOGIN") ? "Username:" : "");
        }
        return respond(initial.get().equals("=") ? "" : initial.get());
    }

    /** Takes a line that answers a challenge. */
    Step respond(String line) {
        if (line.equals("*")) {
            return new Step.Failure(Reply.of(501, "5.7.0", "Authentication cancelled"), false);
        }
        byte[] octets;
        try {
            octets = Base64.getDecoder().decode(line);
        } catch (IllegalArgumentException e) {
            return MALFORMED;
        }
        String text = new String(octets, StandardCharsets.UTF_8);
        switch (mechanism) {
            case "PLAIN":
                return plain(text);
            case "LOGIN":
                return login(text);
            case "EXTERNAL":
                return external(text);
            default:
                return scram(text);
        }
    }

    /** RFC 4616. */
    private Step plain(String text) {
        String[] parts = text.split("\0", -1);
        if (parts.length != 3) {
            return MALFORMED;
        }
        return parts[0].isEmpty() || parts[0].equals(parts[1]) ? user(parts[1], parts[2]) : REFUSED;
    }

    private Step login(String text) {
        if (round++ == 0) {
            login = text;
            return challenge("Password:");
        }
        return user(login, text);
    }

    private Step user(String name, String password) {
        return policy.user(peer, name, password)
                .<Step>map(user -> new Step.Success(new PeerTrust.User(user)))
                .or(() -> policy.userUndecided(peer, name, password).map(reply -> new Step.Failure(reply, false)))
                .orElse(REFUSED);
    }

    /** RFC 4422 appendix A: the identity was proved by the certificate. */
    private Step external(String claimed) {
        for (String name : certificateNames) {
            Optional<String> server =
                    claimed.isEmpty() || claimed.equalsIgnoreCase(name) ? policy.server(peer, name) : Optional.empty();
            if (server.isPresent()) {
                return new Step.Success(new PeerTrust.Server(server.get()));
            }
        }
        return REFUSED;
    }

    private Step scram(String text) {
        if (scram == null) {
            return REFUSED;
        }
        try {
            switch (round++) {
                case 0:
                    return challenge(scram.first(text));
                case 1:
                    return challenge(scram.last(text));
                default:
                    return proved(scram.authenticatedName(), text);
            }
        } catch (ScramException e) {
            return REFUSED;
        }
    }

    /** SMTP has no data with success: our own proof was a challenge, to be answered by an empty line. */
    private Step proved(String name, String answer) {
        if (!answer.isEmpty()) {
            return MALFORMED;
        }
        return policy.server(peer, name)
                .<Step>map(server -> new Step.Success(new PeerTrust.Server(server)))
                .orElse(REFUSED);
    }

    private static Step challenge(String text) {
        return new Step.Challenge(Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)));
    }
}
