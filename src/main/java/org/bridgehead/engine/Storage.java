package org.bridgehead.engine;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import org.bridgehead.io.mailstore.MailStoreSettings;
import org.bridgehead.io.spool.RocksSpool;
import org.bridgehead.io.spool.Spool;

/**
 * How what lasts is kept on disk. There is one way, {@link #DURABLE}; tests put in mutants, which they have to catch.
 *
 * @param spools opens the spool of a folder
 * @param mailboxes of the embedded stores
 */
record Storage(Spools spools, MailStoreSettings mailboxes) {
    /** Everything is synced before it is acknowledged. */
    static final Storage DURABLE = new Storage(RocksSpool::open, MailStoreSettings.DEFAULT);

    /** Opens spools. */
    interface Spools {
        /** The spool in {@code folder}, made when there is none. */
        Spool open(Path folder) throws IOException;
    }

    /**
     * The spool in {@code folder}.
     *
     * @throws IOException when it cannot be had; the message says what to look at
     */
    Spool openSpool(Path folder) throws IOException {
        try {
            return spools.open(folder);
        } catch (AccessDeniedException e) {
            throw new IOException("the data folder cannot be used: no permission for " + e.getFile(), e);
        } catch (FileAlreadyExistsException | NotDirectoryException e) {
            throw new IOException("the data folder cannot be used: " + e.getFile() + " is no folder", e);
        } catch (FileSystemException e) {
            throw new IOException("the data folder cannot be used: " + e.getMessage(), e);
        }
    }
}
