package org.bridgehead.admin;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.bridgehead.core.topology.HostPort;

/**
 * Where the admin server listens and who may talk to it.
 *
 * @param bind address and port; port 0 = a free one
 * @param token secret that every request has to show; empty only on loopback, where every program of this machine may
 *     ask then
 */
public record AdminSettings(HostPort bind, Optional<String> token) {
    private static final int LEAST_TOKEN = 16;

    /** Checks that what is open to a network has a token, and that a token is one. */
    public AdminSettings {
        if (token.isEmpty() && !isLoopback(bind.host())) {
            throw new IllegalArgumentException(
                    bind.host() + " can be reached from other machines: name a file with a secret by --token-file");
        }
        if (token.isPresent() && token.get().getBytes(StandardCharsets.UTF_8).length < LEAST_TOKEN) {
            throw new IllegalArgumentException("a token has at least " + LEAST_TOKEN + " octets");
        }
        if (token.isPresent() && !token.get().chars().allMatch(c -> c > ' ' && c < 127)) {
            throw new IllegalArgumentException("a token is printable ASCII without spaces");
        }
    }

    /** On a free port of loopback, for every program of this machine. */
    public static AdminSettings local() {
        return new AdminSettings(HostPort.LOOPBACK, Optional.empty());
    }

    /** Whether only this machine reaches the address. */
    static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
