package org.bridgehead.io.mailstore;

import com.icegreen.greenmail.store.StoredMessage.UidAwareMimeMessage;
import jakarta.mail.Flags;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.ref.SoftReference;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.util.Date;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A message in GreenMail's shape, with its flags. GreenMail parses every message and writes it out again, which
 * changes malformed header lines, and lets nobody but itself make its message class; so its constructor and one field
 * are reached by reflection (GreenMail 2.1.13), and the octets of the log are put in the place of the parsed ones. The
 * shape is made when it is first asked for and may be dropped when memory is short. Safe for any thread.
 */
final class ViewedMessage {
    private static final Logger LOG = LoggerFactory.getLogger(ViewedMessage.class);
    private static final Session SESSION = Session.getInstance(new Properties());

    private final MailStore store;
    private final StoredMessage stored;
    private final Flags flags = new Flags(Flags.Flag.RECENT);
    private SoftReference<com.icegreen.greenmail.store.StoredMessage> shape = new SoftReference<>(null);

    ViewedMessage(MailStore store, StoredMessage stored) {
        this.store = store;
        this.stored = stored;
    }

    StoredMessage stored() {
        return stored;
    }

    long uid() {
        return stored.uid();
    }

    boolean has(Flags.Flag flag) {
        synchronized (flags) {
            return flags.contains(flag);
        }
    }

    Flags flags() {
        synchronized (flags) {
            return new Flags(flags);
        }
    }

    void set(Flags changed, boolean value) {
        synchronized (flags) {
            if (value) flags.add(changed);
            else flags.remove(changed);
        }
    }

    void replace(Flags all) {
        synchronized (flags) {
            boolean recent = flags.contains(Flags.Flag.RECENT);
            flags.remove(new Flags(flags));
            flags.add(all);
            if (recent) flags.add(Flags.Flag.RECENT);
        }
    }

    /** The message for GreenMail's commands. */
    synchronized com.icegreen.greenmail.store.StoredMessage inGreenMail() {
        com.icegreen.greenmail.store.StoredMessage made = shape.get();
        if (made == null) {
            made = make();
            shape = new SoftReference<>(made);
        }
        return made;
    }

    private com.icegreen.greenmail.store.StoredMessage make() {
        try {
            byte[] octets = store.octets(stored);
            try {
                return make(new Raw(octets));
            } catch (ReflectiveOperationException | RuntimeException | MessagingException e) {
                LOG.debug("{} {}: structure cannot be read, shown as text", stored.mailbox(), uid(), e);
                return make(new Unstructured(octets));
            }
        } catch (IOException e) {
            // GreenMail only closes the session; somebody has to say why.
            LOG.error("{} {} cannot be shown", stored.mailbox(), uid(), e);
            throw new UncheckedIOException(e);
        } catch (ReflectiveOperationException | MessagingException e) {
            throw new IllegalStateException("this is not the GreenMail we know: " + e, e);
        }
    }

    private com.icegreen.greenmail.store.StoredMessage make(Raw source)
            throws ReflectiveOperationException, MessagingException {
        Date received = Date.from(stored.received());
        com.icegreen.greenmail.store.StoredMessage made = Shape.NEW.newInstance(source, received, uid());
        Shape.MIME_MESSAGE.set(made, new Viewed(source, received));
        return made;
    }

    /** What GreenMail keeps to itself. */
    private static final class Shape {
        static final Constructor<com.icegreen.greenmail.store.StoredMessage> NEW;
        static final Field MIME_MESSAGE;

        static {
            try {
                NEW = com.icegreen.greenmail.store.StoredMessage.class.getDeclaredConstructor(
                        MimeMessage.class, Date.class, long.class);
                NEW.setAccessible(true);
                MIME_MESSAGE = com.icegreen.greenmail.store.StoredMessage.class.getDeclaredField("mimeMessage");
                MIME_MESSAGE.setAccessible(true);
            } catch (ReflectiveOperationException e) {
                throw new ExceptionInInitializerError(e);
            }
        }
    }

    /** A parsed message that writes the octets it was parsed from. */
    private static class Raw extends MimeMessage {
        private final byte[] octets;

        Raw(byte[] octets) throws MessagingException {
            super(SESSION, new ByteArrayInputStream(octets));
            this.octets = octets;
        }

        @Override
        public void writeTo(OutputStream out, String @Nullable [] ignored) throws IOException {
            out.write(octets);
        }
    }

    /** A message whose MIME header or structure is too broken for GreenMail: shown as one text. */
    private static final class Unstructured extends Raw {
        Unstructured(byte[] octets) throws MessagingException {
            super(octets);
        }

        @Override
        public String getContentType() {
            return "text/plain";
        }

        @Override
        public String @Nullable [] getHeader(String name) throws MessagingException {
            return name.regionMatches(true, 0, "Content-", 0, 8) ? null : super.getHeader(name);
        }
    }

    /** What commands read from; its flags are the view's. */
    private final class Viewed extends UidAwareMimeMessage {
        private final byte[] octets;

        Viewed(Raw source, Date received) throws MessagingException {
            super(source, stored.uid(), received);
            this.octets = source.octets;
        }

        @Override
        public void writeTo(OutputStream out, String @Nullable [] ignored) throws IOException {
            out.write(octets);
        }

        @Override
        public int getSize() {
            return octets.length;
        }

        @Override
        public synchronized Flags getFlags() {
            return ViewedMessage.this.flags();
        }

        @Override
        public synchronized boolean isSet(Flags.Flag flag) {
            return has(flag);
        }

        @Override
        public synchronized void setFlags(Flags changed, boolean value) {
            set(changed, value);
        }
    }
}
