package org.bridgehead.io.ldap;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bridgehead.core.directory.Answer;
import org.bridgehead.core.directory.Cursor;
import org.bridgehead.core.directory.Directory;
import org.bridgehead.core.directory.Page;
import org.bridgehead.core.directory.Question;
import org.bridgehead.core.mail.Lists;

/**
 * A directory in front of another one, as a topology file with recipients of its own stands in front of the domain
 * controllers: whom the first one knows, the second is not asked for. Safe for any thread if both are.
 */
final class LayeredDirectory implements Directory {
    private static final String OF_FIRST = "1:";
    private static final String OF_SECOND = "2:";

    private final Directory first;
    private final Directory second;

    LayeredDirectory(Directory first, Directory second) {
        this.first = first;
        this.second = second;
    }

    @Override
    public Page ask(List<Question> questions, Optional<Cursor> from) {
        return questions.size() == 1 && questions.get(0) instanceof Question.MembersOf members
                ? members(members, from)
                : new Page(
                        completed(
                                questions,
                                first.ask(questions, Optional.empty()).answers()),
                        Optional.empty());
    }

    /** What the first one does not know, the second one may. */
    private List<Answer> completed(List<Question> questions, List<Answer> known) {
        List<Integer> open = new ArrayList<>();
        for (int i = 0; i < known.size(); i++) {
            if (known.get(i) instanceof Answer.NotFound) {
                open.add(i);
            }
        }
        if (open.isEmpty()) {
            return known;
        }
        List<Answer> answers = new ArrayList<>(known);
        for (int at = 0; at < open.size(); at += BATCH) {
            List<Integer> batch = open.subList(at, Math.min(open.size(), at + BATCH));
            List<Answer> found = second.ask(Lists.map(batch, questions::get), Optional.empty())
                    .answers();
            for (int i = 0; i < found.size(); i++) {
                answers.set(batch.get(i), found.get(i));
            }
        }
        return answers;
    }

    private Page members(Question.MembersOf group, Optional<Cursor> from) {
        if (from.isPresent() && from.get().token().startsWith(OF_SECOND)) {
            return marked(second.ask(List.of(group), unmarked(from)), OF_SECOND);
        }
        Page page = first.ask(List.of(group), unmarked(from));
        if (from.isEmpty() && page.answers().equals(List.of(new Answer.NotFound(group.group())))) {
            return marked(second.ask(List.of(group), Optional.empty()), OF_SECOND);
        }
        List<Question> names = Lists.map(page.answers(), LayeredDirectory::name);
        List<Answer> answers = completed(names, page.answers());
        Optional<Answer> trouble =
                answers.stream().filter(Answer.Unavailable.class::isInstance).findFirst();
        return trouble.isPresent()
                ? new Page(List.of(trouble.get()), Optional.empty())
                : marked(new Page(answers, page.next()), OF_FIRST);
    }

    private static Question name(Answer member) {
        return new Question.ByName(member instanceof Answer.NotFound missing ? missing.what() : "");
    }

    private static Optional<Cursor> unmarked(Optional<Cursor> from) {
        return from.map(cursor -> new Cursor(cursor.token().replaceFirst("^[12]:", "")));
    }

    private static Page marked(Page page, String mark) {
        return new Page(page.answers(), page.next().map(cursor -> new Cursor(mark + cursor.token())));
    }
}
