package org.bridgehead.io.mailstore;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.bridgehead.core.directory.DirectoryEntry;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.mail.TransferState;
import org.jspecify.annotations.Nullable;

/**
 * A message on its way into the store: written piece by piece, then committed once or closed. The first megabyte is
 * held in memory, a longer message in a temporary file. For one thread at a time.
 */
public final class IncomingMessage implements Closeable {
    /** Octets held in memory before a file is used. */
    static final int IN_MEMORY = 1 << 20;

    private final MailStore store;
    private final @Nullable Path temporary;
    private final CRC32C checksum = new CRC32C();
    private final ByteArrayOutputStream memory = new ByteArrayOutputStream(4096);
    private @Nullable Path file;
    private @Nullable FileChannel channel;
    private long size;
    private boolean closed;

    /**
     * An empty one.
     *
     * @param temporary folder for long messages; null keeps them in memory
     */
    IncomingMessage(MailStore store, @Nullable Path temporary) {
        this.store = store;
        this.temporary = temporary;
    }

    /**
     * Takes the next octets, as they shall be stored.
     *
     * @throws IOException when the temporary file cannot be written; close the message and answer 452
     */
    public void write(byte[] octets, int offset, int length) throws IOException {
        checkOpen();
        checksum.update(octets, offset, length);
        size += length;
        if (temporary != null && channel == null && size > IN_MEMORY) {
            spill(temporary);
        }
        if (channel == null) {
            memory.write(octets, offset, length);
        } else {
            writeFully(channel, ByteBuffer.wrap(octets, offset, length));
        }
    }

    /** Octets written so far. */
    public long size() {
        return size;
    }

    /**
     * Stores the message in the mailboxes, with a Return-Path line before its first octet, and closes it. Returns when
     * it would survive a power cut. A mailbox named twice gets it once; its second result is a duplicate.
     *
     * @param sender the reverse path; empty = the null sender
     * @param mailboxes as {@link MailStore#accepts} gave them
     * @param state the message's identity, and whether this copy was tried or delivered before
     * @param received now
     * @return one result per mailbox, in order
     */
    public List<DeliveryResult> commit(
            Optional<EmailAddress> sender,
            List<DirectoryEntry.Mailbox> mailboxes,
            TransferState state,
            Instant received) {
        checkOpen();
        try (this) {
            return store.commit(this, sender, mailboxes, state, received);
        }
    }

    /** Gives the message up; does nothing after a commit. */
    @Override
    public void close() {
        closed = true;
        memory.reset();
        try {
            if (channel != null) channel.close();
            if (file != null) Files.deleteIfExists(file);
        } catch (IOException e) {
            store.report("temporary file " + file + " remains: " + e);
        } finally {
            channel = null;
            file = null;
        }
    }

    /** CRC32C of the octets. */
    int checksum() {
        return (int) checksum.getValue();
    }

    /** Hands the octets to {@code sink}, any number of times. */
    void copyTo(Sink sink) throws IOException {
        if (channel == null) {
            sink.take(ByteBuffer.wrap(memory.toByteArray()));
            return;
        }
        ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
        for (long at = 0; at < size; ) {
            buffer.clear();
            int read = channel.read(buffer, at);
            if (read < 0) throw new IOException("temporary file " + file + " became shorter");
            at += read;
            sink.take(buffer.flip());
        }
    }

    /** Takes octets. */
    interface Sink {
        void take(ByteBuffer octets) throws IOException;
    }

    private void spill(Path temporary) throws IOException {
        Path created = Files.createTempFile(temporary, "incoming", ".eml");
        file = created;
        FileChannel opened = FileChannel.open(created, StandardOpenOption.READ, StandardOpenOption.WRITE);
        channel = opened;
        writeFully(opened, ByteBuffer.wrap(memory.toByteArray()));
        memory.reset();
    }

    private static void writeFully(FileChannel channel, ByteBuffer octets) throws IOException {
        while (octets.hasRemaining()) channel.write(octets);
    }

    private void checkOpen() {
        if (closed) throw new IllegalStateException("the message is committed or closed");
    }
}
