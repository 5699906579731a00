package org.bridgehead.core.categorizer;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.bridgehead.core.directory.Directory;
import org.bridgehead.core.directory.Question;
import org.bridgehead.core.mail.EmailAddress;

/** Addresses that are to be looked up, in batches (BEHAVIOUR 2.2). Owned by a {@link Resolution}. */
final class AddressQueue {
    private final ArrayDeque<Pending> pending;

    /** The recipients of a request; of one that was resolved before, those that still need something. */
    AddressQueue(CategorizerRequest request) {
        boolean[] open = new boolean[request.recipients().size()];
        pending = new ArrayDeque<>(open.length);
        for (int index : request.open()) {
            open[index] = true;
        }
        for (int i = 0; i < open.length; i++) {
            if (open[i] || !request.resolved()) {
                pending.add(Pending.direct(i, request.recipients().get(i), open[i]));
            }
        }
    }

    void add(Pending one) {
        pending.addLast(one);
    }

    int size() {
        return pending.size();
    }

    void clear() {
        pending.clear();
    }

    /** Takes those that no directory is asked about. */
    List<Pending> takeUnless(Predicate<EmailAddress> isAskedFor) {
        List<Pending> taken = new ArrayList<>(0);
        int count = pending.size();
        for (int i = 0; i < count; i++) {
            Pending next = pending.removeFirst();
            if (isAskedFor.test(next.address())) {
                pending.addLast(next);
            } else {
                taken.add(next);
            }
        }
        return taken;
    }

    /** Asks for the first addresses, and for {@code also} before them; empty when there is nothing to ask. */
    Optional<Step.Ask> ask(Optional<Question> also) {
        if (pending.isEmpty() && also.isEmpty()) {
            return Optional.empty();
        }
        List<Question> questions = new ArrayList<>(Math.min(pending.size() + 1, Directory.BATCH));
        also.ifPresent(questions::add);
        for (Pending one : pending) {
            if (questions.size() == Directory.BATCH) {
                break;
            }
            questions.add(new Question.ByAddress(one.address()));
        }
        return Optional.of(new Step.Ask(questions, Optional.empty()));
    }

    /** Takes the first ones, which have been answered. */
    List<Pending> take(int count) {
        List<Pending> taken = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            taken.add(pending.removeFirst());
        }
        return taken;
    }
}
