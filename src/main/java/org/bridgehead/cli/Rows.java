package org.bridgehead.cli;

import org.jspecify.annotations.Nullable;

/** A list of equal records, printed while it grows; {@link #close} completes it. One thread. */
interface Rows extends AutoCloseable {
    /** Prints one record: a value per column, null for none. */
    void row(@Nullable Object... values);

    @Override
    void close();
}
