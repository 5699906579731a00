package org.bridgehead.io.spool;

import java.io.IOException;

/** Where a contract test keeps its spool, and how it loses it. */
interface Home extends AutoCloseable {
    /** The spool as it is open now. */
    Spool spool();

    /** Closes and opens again; a store in memory lives on. */
    Spool reopen() throws IOException;

    /** Opens what is there if the process ends this moment, without any closing. */
    Spool crash() throws IOException;

    @Override
    void close() throws IOException;
}
