package org.bridgehead.io.ldap;

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
import org.bridgehead.core.mail.Lists;

/**
 * The directory that domain controllers near a site answer for. That there is no such object, that there are several and
 * that nobody can tell are three answers: the first two are given only by a controller whose answer is whole. Safe for any
 * thread; blocks while it asks.
 */
final class LdapDirectory implements Directory {
    private final String site;
    private final LdapDirectories shared;

    LdapDirectory(String site, LdapDirectories shared) {
        this.site = site;
        this.shared = shared;
    }

    @Override
    public Page ask(List<Question> questions, Optional<Cursor> from) {
        try {
            return questions.size() == 1 && questions.get(0) instanceof Question.MembersOf members
                    ? shared.members(site, members.group(), from)
                    : new Page(answers(questions), Optional.empty());
        } catch (NobodyAnswersException e) {
            return new Page(List.of(shared.unavailable(e)), Optional.empty());
        }
    }

    /** When nobody can be asked, what is remembered is answered all the same. */
    private List<Answer> answers(List<Question> questions) {
        List<Optional<Subject>> subjects = Lists.map(questions, Subject::of);
        Map<String, Answer> known = new LinkedHashMap<>();
        Map<String, Subject> unknown = new LinkedHashMap<>();
        for (Optional<Subject> asked : subjects) {
            asked.ifPresent(subject -> shared.remembered(subject.key())
                    .ifPresentOrElse(
                            answer -> known.put(subject.key(), answer), () -> unknown.put(subject.key(), subject)));
        }
        if (!unknown.isEmpty()) {
            List<Subject> open = List.copyOf(unknown.values());
            List<Answer> answers = asked(open);
            for (int i = 0; i < open.size(); i++) {
                known.put(open.get(i).key(), answers.get(i));
            }
        }
        List<Answer> answers = new ArrayList<>();
        for (int i = 0; i < questions.size(); i++) {
            Question question = questions.get(i);
            answers.add(subjects.get(i)
                    .map(subject -> known.get(subject.key()))
                    .orElseGet(() -> new Answer.NotFound(((Question.ByName) question).name())));
        }
        return answers;
    }

    private List<Answer> asked(List<Subject> unknown) {
        try {
            return shared.ask(site, unknown);
        } catch (NobodyAnswersException e) {
            Answer unavailable = shared.unavailable(e);
            return Lists.map(unknown, subject -> unavailable);
        }
    }
}
