package org.bridgehead.core.directory;

import java.util.List;
import java.util.Optional;

/**
 * One answer page.
 *
 * @param answers for {@link Question.ByAddress} and {@link Question.ByName} one per question in order; for
 *     {@link Question.MembersOf} the members of this page, or a single {@link Answer.Unavailable}
 * @param next where the next page begins; empty = this was the last
 */
public record Page(List<Answer> answers, Optional<Cursor> next) {
    /** Copies the list. */
    public Page {
        answers = List.copyOf(answers);
    }
}
