package org.bridgehead.whatif;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bridgehead.core.directory.Answer;
import org.bridgehead.core.directory.Cursor;
import org.bridgehead.core.directory.Directory;
import org.bridgehead.core.directory.Page;
import org.bridgehead.core.directory.Question;

/**
 * A directory that tells the members of groups a few at a time, so that a server may die between two pages. What it is
 * made of must not change. One thread.
 */
final class SmallPages implements Directory {
    private static final int MEMBERS = 3;

    private final Directory whole;
    private final Map<String, List<Answer>> members = new LinkedHashMap<>();

    SmallPages(Directory whole) {
        this.whole = whole;
    }

    @Override
    public Page ask(List<Question> questions, Optional<Cursor> from) {
        if (!(questions.get(0) instanceof Question.MembersOf group)) {
            return whole.ask(questions, from);
        }
        int first = from.map(cursor -> Integer.parseInt(cursor.token())).orElse(0);
        List<Answer> all = members.computeIfAbsent(group.group(), name -> members(questions));
        int last = Math.min(all.size(), first + MEMBERS);
        return new Page(
                all.subList(first, last),
                last < all.size() ? Optional.of(new Cursor(String.valueOf(last))) : Optional.empty());
    }

    private List<Answer> members(List<Question> questions) {
        List<Answer> all = new ArrayList<>();
        Optional<Cursor> cursor = Optional.empty();
        do {
            Page page = whole.ask(questions, cursor);
            all.addAll(page.answers());
            cursor = page.next();
        } while (cursor.isPresent());
        return all;
    }
}
