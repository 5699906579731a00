package org.bridgehead.io.net;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import org.bridgehead.core.smtp.DotStuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The octets of a message as they go over the wire, part by part. The last part comes only once the whole message was
 * read: a part is never taken for the whole. For one thread.
 */
final class OutgoingBody implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(OutgoingBody.class);
    private static final int PART = 64 * 1024;

    private final DotStuffer stuffer = new DotStuffer();
    private final boolean dotted;
    private final InputStream octets;
    private final byte[] part;
    private long left;
    private boolean complete;

    /**
     * Opens a message.
     *
     * @param dotted whether dots are doubled and a final one is added (DATA), or not (BDAT)
     */
    OutgoingBody(BodySource body, boolean dotted) throws BodyException {
        this.dotted = dotted;
        this.left = body.size();
        this.part = new byte[(int) Math.min(PART, left)];
        try {
            this.octets = body.open();
        } catch (IOException e) {
            throw new BodyException("cannot open the message: " + e.getMessage(), e);
        }
    }

    /** Whether the last part has been handed out. */
    boolean isComplete() {
        return complete;
    }

    /** The next part; good until the next call. */
    ByteBuffer next() throws BodyException {
        if (left == 0) {
            complete = true;
            return ByteBuffer.wrap(dotted ? stuffer.end() : new byte[0]);
        }
        int length = read((int) Math.min(part.length, left));
        left -= length;
        if (left == 0) {
            expectEnd();
        }
        return dotted ? ByteBuffer.wrap(stuffer.encode(part, 0, length)) : ByteBuffer.wrap(part, 0, length);
    }

    private int read(int most) throws BodyException {
        int length;
        try {
            length = octets.read(part, 0, most);
        } catch (IOException e) {
            throw new BodyException("cannot read the message: " + e.getMessage(), e);
        }
        if (length < 0) {
            throw new BodyException("the message has fewer octets than announced");
        }
        return length;
    }

    private void expectEnd() throws BodyException {
        int more;
        try {
            more = octets.read();
        } catch (IOException e) {
            throw new BodyException("cannot read the message: " + e.getMessage(), e);
        }
        if (more >= 0) {
            throw new BodyException("the message has more octets than announced");
        }
    }

    /** Nothing more is read. */
    @Override
    public void close() {
        try {
            octets.close();
        } catch (IOException e) {
            LOG.debug("closing a message that was read: {}", e.toString());
        }
    }
}
