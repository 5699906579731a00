package org.bridgehead.io.ldap;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.bridgehead.core.directory.Answer;
import org.bridgehead.core.directory.Cursor;
import org.bridgehead.core.directory.Directory;
import org.bridgehead.core.directory.Page;
import org.bridgehead.core.directory.Question;
import org.bridgehead.core.mail.EmailAddress;

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
                    : new Page(addresses(questions), Optional.empty());
        } catch (NobodyAnswersException e) {
            return new Page(List.of(shared.unavailable(e)), Optional.empty());
        }
    }

    /** One answer for each question: when nobody can be asked, also for those about which nothing is remembered. */
    private List<Answer> addresses(List<Question> questions) {
        Map<EmailAddress, Answer> known = new LinkedHashMap<>();
        List<EmailAddress> unknown = new ArrayList<>();
        for (Question question : questions) {
            EmailAddress address = address(question);
            Optional<Answer> remembered = shared.remembered(address);
            remembered.ifPresent(answer -> known.put(address, answer));
            if (remembered.isEmpty() && !unknown.contains(address)) {
                unknown.add(address);
            }
        }
        if (!unknown.isEmpty()) {
            List<Answer> answers = asked(unknown);
            for (int i = 0; i < unknown.size(); i++) {
                known.put(unknown.get(i), answers.get(i));
            }
        }
        return questions.stream()
                .map(question -> Objects.requireNonNull(known.get(address(question))))
                .toList();
    }

    private List<Answer> asked(List<EmailAddress> unknown) {
        try {
            return shared.ask(site, unknown);
        } catch (NobodyAnswersException e) {
            Answer unavailable = shared.unavailable(e);
            return unknown.stream().map(address -> unavailable).toList();
        }
    }

    private static EmailAddress address(Question question) {
        if (question instanceof Question.ByAddress byOne) {
            return byOne.address();
        }
        throw new IllegalArgumentException("members are asked for alone");
    }
}
