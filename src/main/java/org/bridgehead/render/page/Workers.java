package org.bridgehead.render.page;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/** Computes parts of a page, perhaps on several threads. */
public interface Workers {
    /** One after the other, in the calling thread. */
    Workers NONE = new Workers() {
        @Override
        public <T> List<T> map(int parts, IntFunction<T> work) {
            List<T> results = new ArrayList<>();
            for (int part = 0; part < parts; part++) {
                results.add(work.apply(part));
            }
            return results;
        }
    };

    /**
     * The results of all parts in their order.
     *
     * @param work from a part's number, 0 to {@code parts - 1}; safe for any thread
     */
    <T> List<T> map(int parts, IntFunction<T> work);
}
