package org.bridgehead.core.smtp;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * What client and server of SCRAM-SHA-256 (RFC 5802, RFC 7677) share: the key derivation. Channel binding is not
 * offered. Secrets are printable ASCII: SASLprep, which other characters would need, is not built. Stateless, safe
 * for any thread.
 */
public final class Scram {
    /** The SASL name of the mechanism. */
    public static final String MECHANISM = "SCRAM-SHA-256";

    static final int MIN_ITERATIONS = 4_096;
    static final int MAX_ITERATIONS = 1_000_000;

    private Scram() {}

    /**
     * A secret hashed with one salt. Deriving it is meant to be slow (PBKDF2), so a caller that connects often keeps
     * it and hands it to the next {@link ScramClient}. Immutable.
     */
    public static final class Salted {
        private final String secret;
        private final byte[] salt;
        private final int iterations;
        private final byte[] password;

        private Salted(String secret, byte[] salt, int iterations, byte[] password) {
            this.secret = secret;
            this.salt = salt;
            this.iterations = iterations;
            this.password = password;
        }

        /**
         * Derives it.
         *
         * @throws IllegalArgumentException when the secret is empty or not printable ASCII, the salt is empty, or
         *     iterations are not 4,096 to 1,000,000
         */
        public static Salted of(String secret, byte[] salt, int iterations) {
            if (secret.isEmpty() || !secret.chars().allMatch(c -> c >= 0x20 && c < 0x7F)) {
                throw new IllegalArgumentException("a secret is printable ASCII");
            }
            if (salt.length == 0 || iterations < MIN_ITERATIONS || iterations > MAX_ITERATIONS) {
                throw new IllegalArgumentException("salt of " + salt.length + " octets, iterations " + iterations);
            }
            byte[] own = salt.clone();
            return new Salted(secret, own, iterations, pbkdf2(secret, own, iterations));
        }

        boolean isFor(String otherSecret, byte[] otherSalt, int otherIterations) {
            return secret.equals(otherSecret) && Arrays.equals(salt, otherSalt) && iterations == otherIterations;
        }

        byte[] clientKey() {
            return hmac(password, ascii("Client Key"));
        }

        byte[] serverKey() {
            return hmac(password, ascii("Server Key"));
        }
    }

    /** What a server keeps instead of the secret: stored key, server key, salt and iterations. Immutable. */
    public static final class Credentials {
        final byte[] storedKey;
        final byte[] serverKey;
        final byte[] salt;
        final int iterations;

        private Credentials(Salted salted) {
            this.storedKey = sha256(salted.clientKey());
            this.serverKey = salted.serverKey();
            this.salt = salted.salt;
            this.iterations = salted.iterations;
        }

        /**
         * Derives them; slow on purpose, so once per server and not per connection.
         *
         * @throws IllegalArgumentException as {@link Salted#of}
         */
        public static Credentials of(String secret, byte[] salt, int iterations) {
            return of(Salted.of(secret, salt, iterations));
        }

        /** The same from what was derived already: quick. */
        public static Credentials of(Salted salted) {
            return new Credentials(salted);
        }
    }

    static byte[] hmac(byte[] key, byte[] text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }

    static byte[] sha256(byte[] text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    static byte[] xor(byte[] a, byte[] b) {
        byte[] out = a.clone();
        for (int i = 0; i < out.length; i++) {
            out[i] ^= b[i];
        }
        return out;
    }

    static String base64(byte[] octets) {
        return Base64.getEncoder().encodeToString(octets);
    }

    static byte[] unbase64(String text) throws ScramException {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw malformed("base64");
        }
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** The value of the attribute {@code name} that a message part must be. */
    static String attribute(char name, String part) throws ScramException {
        if (part.length() < 3 || part.charAt(0) != name || part.charAt(1) != '=') {
            throw malformed("attribute " + name);
        }
        return part.substring(2);
    }

    static String nonce(String text) throws ScramException {
        if (text.isEmpty() || text.length() > 512 || !text.chars().allMatch(c -> c > 0x20 && c < 0x7F && c != ',')) {
            throw malformed("nonce");
        }
        return text;
    }

    static ScramException malformed(String what) {
        return new ScramException("malformed SCRAM message: " + what);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] pbkdf2(String secret, byte[] salt, int iterations) {
        PBEKeySpec spec = new PBEKeySpec(secret.toCharArray(), salt, iterations, 256);
        try {
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(spec)
                    .getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has PBKDF2WithHmacSHA256", e);
        } finally {
            spec.clearPassword();
        }
    }
}
