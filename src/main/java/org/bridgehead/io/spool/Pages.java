package org.bridgehead.io.spool;

import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Walks over records page by page, so that nothing is locked or pinned between pages. For one thread. */
final class Pages {
    private final Store store;
    private final byte[] to;
    private byte[] from;
    private Iterator<Store.Entry> page = List.<Store.Entry>of().iterator();
    private boolean ended;

    Pages(Store store, byte[] from, byte[] to) {
        this.store = store;
        this.from = from;
        this.to = to;
    }

    /** The next record; null at the end. */
    Store.@Nullable Entry next() throws IOException {
        if (!page.hasNext() && !ended) {
            List<Store.Entry> entries = store.scan(from, to);
            ended = entries.isEmpty();
            page = entries.iterator();
        }
        if (ended) {
            return null;
        }
        Store.Entry entry = page.next();
        from = Keys.next(entry.key());
        return entry;
    }
}
