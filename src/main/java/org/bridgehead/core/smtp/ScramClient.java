package org.bridgehead.core.smtp;

import java.security.MessageDigest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The client's side of one SCRAM-SHA-256 exchange (RFC 5802): {@link #first}, {@link #proof}, {@link #verify}. Only
 * after {@code verify} has the server proved itself, too. One exchange per instance; not thread-safe.
 */
public final class ScramClient {
    private static final String GS2 = "n,,";

    private final String secret;
    private final String clientNonce;
    private final String bare;
    private Scram.@Nullable Salted salted;
    private byte @Nullable [] expected;

    /**
     * A fresh exchange.
     *
     * @param name who the client is
     * @param secret printable ASCII
     * @param clientNonce random, printable ASCII without comma, never used before
     */
    public ScramClient(String name, String secret, String clientNonce) {
        this(name, secret, clientNonce, Optional.empty());
    }

    /** As above, with the {@link #salted()} of an earlier exchange, used when the server's salt is still the same. */
    public ScramClient(String name, String secret, String clientNonce, Optional<Scram.Salted> known) {
        this.secret = secret;
        this.clientNonce = clientNonce;
        this.salted = known.orElse(null);
        this.bare = "n=" + name.replace("=", "=3D").replace(",", "=2C") + ",r=" + clientNonce;
    }

    /** The client's first message. */
    public String first() {
        return GS2 + bare;
    }

    /** Answers the server's first message with the client's proof. */
    public String proof(String serverFirst) throws ScramException {
        String[] parts = serverFirst.split(",", -1);
        if (parts.length < 3) {
            throw Scram.malformed("server-first");
        }
        String nonce = Scram.nonce(Scram.attribute('r', parts[0]));
        if (!nonce.startsWith(clientNonce) || nonce.length() == clientNonce.length()) {
            throw Scram.malformed("nonce");
        }
        Scram.Salted derived =
                salt(Scram.unbase64(Scram.attribute('s', parts[1])), iterations(Scram.attribute('i', parts[2])));
        String end = "c=" + Scram.base64(Scram.utf8(GS2)) + ",r=" + nonce;
        byte[] message = Scram.utf8(bare + "," + serverFirst + "," + end);
        byte[] key = derived.clientKey();
        expected = Scram.hmac(derived.serverKey(), message);
        return end + ",p=" + Scram.base64(Scram.xor(key, Scram.hmac(Scram.sha256(key), message)));
    }

    /** Checks the server's last message. */
    public void verify(String serverFinal) throws ScramException {
        if (serverFinal.startsWith("e=")) {
            throw new ScramException("the server refused the proof");
        }
        byte[] signature = Scram.unbase64(Scram.attribute('v', serverFinal.split(",", 2)[0]));
        if (expected == null || !MessageDigest.isEqual(signature, expected)) {
            throw new ScramException("the server does not know the secret");
        }
    }

    /** What was derived from the secret, to be kept for the next exchange; empty before {@link #proof}. */
    public Optional<Scram.Salted> salted() {
        return Optional.ofNullable(salted);
    }

    private Scram.Salted salt(byte[] salt, int iterations) throws ScramException {
        Scram.Salted known = salted;
        if (known == null || !known.isFor(secret, salt, iterations)) {
            try {
                known = Scram.Salted.of(secret, salt, iterations);
            } catch (IllegalArgumentException e) {
                throw new ScramException(e.getMessage() == null ? "unusable secret or salt" : e.getMessage());
            }
            salted = known;
        }
        return known;
    }

    private static int iterations(String text) throws ScramException {
        if (!text.matches("[0-9]{1,7}")) {
            throw Scram.malformed("iterations");
        }
        return Integer.parseInt(text);
    }
}
