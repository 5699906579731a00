package org.bridgehead.core.directory;

import java.util.List;
import java.util.Optional;

/**
 * The questions a hub asks. Implementations are safe for many threads and may block; in {@code core} nobody calls
 * this, the hub emits a look-up effect instead.
 */
public interface Directory {
    /** Most questions of {@link Question.ByAddress} and {@link Question.ByName} in one page (BEHAVIOUR 2.2). */
    int BATCH = 20;

    /**
     * Answers one page. Never throws for trouble with the directory: that is {@link Answer.Unavailable}.
     *
     * @param questions up to {@link #BATCH} of {@link Question.ByAddress} and {@link Question.ByName}, or a single {@link Question.MembersOf}
     * @param from empty for the first page
     */
    Page ask(List<Question> questions, Optional<Cursor> from);
}
