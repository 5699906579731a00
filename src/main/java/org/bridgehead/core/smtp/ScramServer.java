package org.bridgehead.core.smtp;

import java.security.MessageDigest;
import java.util.Locale;

/**
 * The server's side of one SCRAM-SHA-256 exchange (RFC 5802): {@link #first}, then {@link #last}. Authorization
 * identities and channel binding are refused. One exchange per instance; not thread-safe.
 */
public final class ScramServer {
    private final Scram.Credentials credentials;
    private final String serverNonce;
    private String name = "";
    private String gs2 = "";
    private String nonce = "";
    private String transcript = "";
    private boolean proved;

    /**
     * A fresh exchange.
     *
     * @param credentials of the secret that all clients share
     * @param serverNonce random, printable ASCII without comma, never used before
     */
    public ScramServer(Scram.Credentials credentials, String serverNonce) {
        this.credentials = credentials;
        this.serverNonce = serverNonce;
    }

    /** Answers the client's first message. */
    public String first(String clientFirst) throws ScramException {
        String[] parts = clientFirst.split(",", -1);
        if (!transcript.isEmpty() || parts.length < 4) {
            throw Scram.malformed("client-first");
        }
        if (!(parts[0].equals("n") || parts[0].equals("y")) || !parts[1].isEmpty()) {
            throw new ScramException("channel binding and authorization identities are not supported");
        }
        name = unescape(Scram.attribute('n', parts[2]));
        nonce = Scram.nonce(Scram.attribute('r', parts[3])) + serverNonce;
        gs2 = parts[0] + ",,";
        String answer = "r=" + nonce + ",s=" + Scram.base64(credentials.salt) + ",i=" + credentials.iterations;
        transcript = clientFirst.substring(gs2.length()) + "," + answer;
        return answer;
    }

    /** Checks the client's proof and answers with the server's own. */
    public String last(String clientFinal) throws ScramException {
        int end = clientFinal.lastIndexOf(",p=");
        if (transcript.isEmpty() || proved || end < 0) {
            throw Scram.malformed("client-final");
        }
        String bare = clientFinal.substring(0, end);
        String[] parts = bare.split(",", -1);
        if (parts.length < 2
                || !Scram.attribute('c', parts[0]).equals(Scram.base64(Scram.utf8(gs2)))
                || !Scram.attribute('r', parts[1]).equals(nonce)) {
            throw Scram.malformed("channel binding or nonce");
        }
        byte[] message = Scram.utf8(transcript + "," + bare);
        byte[] proof = Scram.unbase64(clientFinal.substring(end + 3));
        byte[] signature = Scram.hmac(credentials.storedKey, message);
        if (proof.length != signature.length
                || !MessageDigest.isEqual(Scram.sha256(Scram.xor(proof, signature)), credentials.storedKey)) {
            throw new ScramException("wrong secret");
        }
        proved = true;
        return "v=" + Scram.base64(Scram.hmac(credentials.serverKey, message));
    }

    /** The name the client has proved to be allowed to use. */
    public String authenticatedName() throws ScramException {
        if (!proved) {
            throw new ScramException("not authenticated");
        }
        return name;
    }

    private static String unescape(String saslName) throws ScramException {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < saslName.length(); i++) {
            char c = saslName.charAt(i);
            if (c == '=') {
                String code = saslName.substring(i, Math.min(i + 3, saslName.length()))
                        .toUpperCase(Locale.ROOT);
                if (!code.equals("=2C") && !code.equals("=3D")) {
                    throw Scram.malformed("name");
                }
                out.append(code.equals("=2C") ? ',' : '=');
                i += 2;
            } else if (Character.isISOControl(c)) {
                throw Scram.malformed("name");
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }
}
