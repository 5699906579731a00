package org.bridgehead.whatif;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bridgehead.core.directory.Answer;
import org.bridgehead.core.directory.Cursor;
import org.bridgehead.core.directory.Directory;
import org.bridgehead.core.directory.Page;
import org.bridgehead.core.directory.Question;

/** A directory that tells the members of groups a few at a time, so that a server may die between two pages. */
final class SmallPages implements Directory {
    private static final int MEMBERS = 3;

    private final Directory whole;

    SmallPages(Directory whole) {
        this.whole = whole;
    }

    @Override
    public Page ask(List<Question> questions, Optional<Cursor> from) {
        if (!(questions.get(0) instanceof Question.MembersOf)) {
            return whole.ask(questions, from);
        }
        int first = from.map(cursor -> Integer.parseInt(cursor.token())).orElse(0);
        List<Answer> members = members(questions);
        int last = Math.min(members.size(), first + MEMBERS);
        return new Page(
                members.subList(first, last),
                last < members.size() ? Optional.of(new Cursor(String.valueOf(last))) : Optional.empty());
    }

    private List<Answer> members(List<Question> questions) {
        List<Answer> members = new ArrayList<>();
        Optional<Cursor> cursor = Optional.empty();
        do {
            Page page = whole.ask(questions, cursor);
            members.addAll(page.answers());
            cursor = page.next();
        } while (cursor.isPresent());
        return members;
    }
}
