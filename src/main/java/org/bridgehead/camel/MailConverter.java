package org.bridgehead.camel;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import org.apache.camel.Converter;

/**
 * Lets routes ask for a mail as {@link MimeMessage}, and use one where octets are wanted. Stateless; a message that was
 * made of octets keeps them as long as nobody changes it.
 */
@Converter(generateLoader = true)
public final class MailConverter {
    private MailConverter() {}

    /** Of its octets. */
    @Converter
    public static MimeMessage toMimeMessage(byte[] octets) throws MessagingException {
        return toMimeMessage(new ByteArrayInputStream(octets));
    }

    /** Of its octets, read to the end. */
    @Converter
    public static MimeMessage toMimeMessage(InputStream octets) throws MessagingException {
        return new MimeMessage(Session.getInstance(new Properties()), octets);
    }

    /** Its octets. */
    @Converter
    public static byte[] toOctets(MimeMessage message) throws IOException, MessagingException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        message.writeTo(out);
        return out.toByteArray();
    }

    /** Its octets. */
    @Converter
    public static InputStream toStream(MimeMessage message) throws IOException, MessagingException {
        return new ByteArrayInputStream(toOctets(message));
    }
}
