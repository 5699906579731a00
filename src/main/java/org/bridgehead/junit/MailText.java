package org.bridgehead.junit;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetHeaders;
import jakarta.mail.internet.MimeUtility;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.james.mime4j.MimeException;
import org.apache.james.mime4j.stream.EntityState;
import org.apache.james.mime4j.stream.MimeTokenStream;

/** Reads from the octets of a message what assertions ask for. */
final class MailText {
    private static final Pattern STATUS = Pattern.compile("(?im)^Status:[ \\t]*([245]\\.\\d{1,3}\\.\\d{1,3})");

    private MailText() {}

    /** The value of the first field of a name, unfolded and decoded. */
    static Optional<String> header(byte[] message, String name) {
        try {
            String[] values = new InternetHeaders(new ByteArrayInputStream(message), true).getHeader(name);
            return values == null
                    ? Optional.empty()
                    : Optional.of(MimeUtility.decodeText(MimeUtility.unfold(values[0])));
        } catch (MessagingException | IOException e) {
            throw new IllegalArgumentException("the header of the message cannot be read: " + e.getMessage(), e);
        }
    }

    /** The Status fields of a delivery report (RFC 3464); none for other messages. */
    static List<String> reportedStatuses(byte[] message) {
        List<String> statuses = new ArrayList<>();
        MimeTokenStream tokens = new MimeTokenStream();
        tokens.parse(new ByteArrayInputStream(message));
        try {
            for (EntityState state = tokens.getState(); state != EntityState.T_END_OF_STREAM; state = tokens.next()) {
                if (state == EntityState.T_BODY
                        && tokens.getBodyDescriptor().getMimeType().equals("message/delivery-status")) {
                    byte[] part = tokens.getDecodedInputStream().readAllBytes();
                    Matcher matcher = STATUS.matcher(new String(part, StandardCharsets.UTF_8));
                    while (matcher.find()) {
                        statuses.add(matcher.group(1));
                    }
                }
            }
        } catch (MimeException | IOException e) {
            throw new IllegalArgumentException("the message is no MIME message: " + e.getMessage(), e);
        }
        return statuses;
    }
}
