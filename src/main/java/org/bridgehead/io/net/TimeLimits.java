package org.bridgehead.io.net;

import java.time.Duration;
import org.bridgehead.core.smtp.SendAction.Stage;

/**
 * How long a client waits for its peer; those of {@link #rfc5321()} unless the operator knows better.
 *
 * @param connect for the TCP connection
 * @param banner for the greeting
 * @param command for the reply to a command, and for each step of a TLS handshake
 * @param dataInit for the reply to DATA
 * @param dataBlock for the peer to take a part of the message
 * @param finalReply for the reply after the message
 * @param quit for the reply to QUIT
 */
public record TimeLimits(
        Duration connect,
        Duration banner,
        Duration command,
        Duration dataInit,
        Duration dataBlock,
        Duration finalReply,
        Duration quit) {
    /** RFC 5321 section 4.5.3.2; 30 seconds to connect, 2 to say good-bye. */
    public static TimeLimits rfc5321() {
        return new TimeLimits(
                Duration.ofSeconds(30),
                Duration.ofMinutes(5),
                Duration.ofMinutes(5),
                Duration.ofMinutes(2),
                Duration.ofMinutes(3),
                Duration.ofMinutes(10),
                Duration.ofSeconds(2));
    }

    /** The same limit everywhere. */
    public static TimeLimits all(Duration limit) {
        return new TimeLimits(limit, limit, limit, limit, limit, limit, limit);
    }

    Duration of(Stage stage) {
        return switch (stage) {
            case CONNECT -> connect;
            case BANNER -> banner;
            case EHLO, STARTTLS, AUTH, MAIL, RCPT -> command;
            case DATA -> dataInit;
            case FINAL -> finalReply;
            case QUIT -> quit;
        };
    }
}
