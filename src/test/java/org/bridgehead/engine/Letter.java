package org.bridgehead.engine;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bridgehead.core.mail.BodyType;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.mail.Envelope;
import org.bridgehead.core.mail.Recipient;
import org.bridgehead.core.mail.RecipientOutcome;
import org.bridgehead.core.smtp.Outgoing;
import org.bridgehead.core.smtp.SendConfig;
import org.bridgehead.core.smtp.SendConfig.Protocol;
import org.bridgehead.io.net.BodySource;
import org.bridgehead.io.net.SmtpConnection;
import org.bridgehead.io.net.SmtpConnection.ConnectResult;
import org.bridgehead.io.net.TimeLimits;

/** A message with a token, and the means to hand it in. */
record Letter(String token, List<String> recipients, byte[] octets) {
    static Letter of(String token, int size, String... recipients) {
        String header = "From: <load@client.test>\r\nTo: <" + recipients[0] + ">\r\nSubject: load\r\nX-Token: " + token
                + "\r\nMessage-ID: <" + token + "@client.test>\r\n\r\n";
        byte[] octets = Arrays.copyOf(header.getBytes(StandardCharsets.US_ASCII), header.length() + size + 2);
        for (int i = header.length(); i < octets.length; i++) {
            int column = (i - header.length()) % 78;
            boolean last = i >= octets.length - 2;
            octets[i] = (byte)
                    (last ? (i == octets.length - 2 ? '\r' : '\n') : column == 76 ? '\r' : column == 77 ? '\n' : 'x');
        }
        return new Letter(token, List.of(recipients), mended(octets));
    }

    /** The fixed end may have cut a line end in two. */
    private static byte[] mended(byte[] octets) {
        int n = octets.length;
        if (octets[n - 3] == '\r') {
            octets[n - 3] = 'x';
        }
        return octets;
    }

    Envelope envelope() {
        return new Envelope(
                Optional.of(EmailAddress.of("load@client.test")),
                recipients.stream().map(r -> Recipient.of(EmailAddress.of(r))).toList(),
                BodyType.SEVEN_BIT,
                false,
                Optional.empty(),
                Optional.empty());
    }

    /** One per recipient. */
    List<RecipientOutcome> over(SmtpConnection connection) {
        return connection.transmit(new Outgoing(envelope(), Optional.empty(), false, false), BodySource.of(octets));
    }

    static Optional<SmtpConnection> connect(InetSocketAddress address, Protocol protocol) {
        ConnectResult result = SmtpConnection.connect(
                address,
                new SmtpConnection.Settings(
                        SendConfig.plain("client.test", protocol),
                        "",
                        Optional.empty(),
                        TimeLimits.all(Duration.ofSeconds(30)),
                        Optional.empty()));
        return result instanceof ConnectResult.Connected connected
                ? Optional.of(connected.connection())
                : Optional.empty();
    }
}
