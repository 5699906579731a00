package org.bridgehead.core.categorizer;

import java.util.List;
import java.util.Optional;
import org.bridgehead.core.directory.Cursor;
import org.bridgehead.core.directory.Question;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.mail.Treatment;

/** What a categorization needs or yields next. */
public sealed interface Step {
    /**
     * Ask the directory for one page, then call {@link Categorization#answered}.
     *
     * @param questions what
     * @param cursor where the page begins
     */
    record Ask(List<Question> questions, Optional<Cursor> cursor) implements Step {}

    /**
     * Every direct recipient is a finding by now; expansion may follow.
     *
     * @param findings in order
     * @param dropped indices of recipients that turned out to be another recipient of the copy: they need nothing more
     */
    record Direct(List<Finding> findings, List<Integer> dropped) implements Step {}

    /**
     * A chunk of members is full, or the last one: make it durable before taking the next step.
     *
     * @param members at most {@code expansionChunk}, may be empty in the last chunk
     * @param sender who takes the place of the message's sender for all of them; empty = nobody
     * @param treatment what is done for all of them before they go on
     * @param findings since the step before
     * @param expanded names of the groups walked so far, where a member is a group that another server expands
     */
    record Chunk(
            List<Member> members,
            Optional<EmailAddress> sender,
            Treatment treatment,
            List<Finding> findings,
            List<String> expanded)
            implements Step {}

    /** A page is worked through in parts, and others should have their turn now; then call {@link Categorization#resumed}. */
    record Pause() implements Step {}

    /**
     * Nothing more comes.
     *
     * @param expandedIndices direct recipients that stood for groups and are now wholly expanded
     */
    record Done(List<Integer> expandedIndices) implements Step {}

    /**
     * The directory was unavailable; taking the next step asks again.
     *
     * @param why one line
     */
    record Unavailable(String why) implements Step {}
}
