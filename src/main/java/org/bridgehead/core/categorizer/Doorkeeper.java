package org.bridgehead.core.categorizer;

import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bridgehead.core.directory.Answer;
import org.bridgehead.core.directory.DirectoryEntry;
import org.bridgehead.core.directory.DirectoryEntry.Contact;
import org.bridgehead.core.directory.DirectoryEntry.Mailbox;
import org.bridgehead.core.directory.Page;
import org.bridgehead.core.directory.Question;
import org.bridgehead.core.directory.Restrictions;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.topology.Names;
import org.jspecify.annotations.Nullable;

/**
 * Knows the sender of a message, its limits, and who takes mail from it (BEHAVIOUR 2.3, 2.4). Most entries are decided
 * on at once. Where lists have to be searched, entries wait here, at most a page of them, while the directory is asked:
 * for the sender once, for each list once. Owned by a {@link Categorization}.
 */
final class Doorkeeper implements Asker {
    /** Takes what was decided. */
    interface Verdicts {
        void admitted(Pending asking, DirectoryEntry entry);

        void refused(Pending asking, DirectoryEntry entry, Refusal why);
    }

    private record Guest(Pending asking, DirectoryEntry entry) {}

    /** Lists whose outcome is remembered: they repeat, but a million different ones must not fill the memory. */
    private static final int REMEMBERED = 1_000;

    private final CategorizerRequest request;
    private final Submission submission;
    private final ResolverRules rules;
    private final Verdicts verdicts;
    private final ArrayDeque<Guest> guests = new ArrayDeque<>(0);
    private final Map<List<String>, Boolean> searched = new LinkedHashMap<>(0);
    private boolean senderDue;
    private @Nullable DirectoryEntry sender;
    private @Nullable GroupSearch search;
    private List<String> searching = List.of();

    Doorkeeper(CategorizerRequest request, ResolverRules rules, Verdicts verdicts) {
        this.request = request;
        this.submission = request.submission();
        this.rules = rules;
        this.verdicts = verdicts;
        this.senderDue = !submission.isExempt()
                && submission.authenticated()
                && submission.sender().filter(rules::isAskedFor).isPresent();
    }

    /** Who the sender is, to be asked along with the first recipients; empty when nobody needs to know it yet. */
    Optional<Question> firstQuestion() {
        return senderDue && submission.first() && !request.resolved()
                ? submission.sender().map(Question.ByAddress::new)
                : Optional.empty();
    }

    /** The answer to {@link #firstQuestion}. */
    void sender(Answer answer) {
        senderDue = false;
        if (answer instanceof Answer.Found found) {
            sender = found.entry();
        }
    }

    /** What keeps the whole message back: limits of its sender, which the first hub alone holds it to. */
    Optional<Refusal> limit() {
        if (!submission.first() || !(sender instanceof Mailbox mailbox)) {
            return Optional.empty();
        }
        if (submission.size() > mailbox.maxSendSize().orElse(Long.MAX_VALUE)) {
            return Optional.of(Refusal.SENT_TOO_BIG);
        }
        int most = mailbox.maxRecipients().orElse(Integer.MAX_VALUE);
        return request.recipients().size() > most ? Optional.of(Refusal.TOO_MANY) : Optional.empty();
    }

    /** Decides on an entry, at once or after some pages; a hub before this one may have done so already. */
    void decide(Pending asking, DirectoryEntry entry) {
        Restrictions restrictions = entry.restrictions();
        if (request.resolved() || submission.isExempt()) {
            verdicts.admitted(asking, entry);
        } else if (restrictions.authenticatedOnly() && !submission.authenticated()) {
            verdicts.refused(asking, entry, Refusal.AUTHENTICATION);
        } else if (!restrictions.haveLists()) {
            verdicts.admitted(asking, entry);
        } else {
            guests.addLast(new Guest(asking, entry));
            decideWaiting();
        }
    }

    /** Entries waiting for a decision. */
    int size() {
        return guests.size();
    }

    @Override
    public Optional<Step.Ask> ask() {
        if (guests.isEmpty()) {
            return Optional.empty();
        }
        return senderDue
                ? submission
                        .sender()
                        .map(address -> new Step.Ask(List.of(new Question.ByAddress(address)), Optional.empty()))
                : Optional.ofNullable(search).flatMap(GroupSearch::ask);
    }

    @Override
    public void answered(Page page) {
        if (senderDue) {
            sender(page.answers().get(0));
        } else if (search != null) {
            search.answered(page);
            if (search.isOver()) {
                remember(search.hasFound());
            }
        }
        decideWaiting();
    }

    private void remember(boolean found) {
        if (searched.size() >= REMEMBERED) {
            searched.clear();
        }
        searched.put(searching, found);
        search = null;
    }

    private void decideWaiting() {
        while (!senderDue && search == null && !guests.isEmpty()) {
            Guest guest = guests.getFirst();
            Restrictions restrictions = guest.entry().restrictions();
            boolean rejected = isAmong(restrictions.rejectFrom());
            boolean accepted = restrictions.acceptFrom().isEmpty()
                    || !rejected && isBelieved() && isAmong(restrictions.acceptFrom());
            if (search != null) {
                return;
            }
            guests.removeFirst();
            if (rejected || !accepted) {
                verdicts.refused(guest.asking(), guest.entry(), Refusal.NOT_AUTHORIZED);
            } else {
                verdicts.admitted(guest.asking(), guest.entry());
            }
        }
    }

    /** A stranger who says to be somebody of the organisation is not taken at his word. */
    boolean isBelieved() {
        return submission.authenticated()
                || submission.sender().filter(rules::isOwn).isEmpty();
    }

    /** Whether the sender is on a list; begins a search when that is not known yet. */
    private boolean isAmong(List<String> names) {
        if (search != null || names.isEmpty()) {
            return false;
        }
        Boolean known = searched.get(names);
        if (known == null && names.stream().noneMatch(this::isSender)) {
            searching = names;
            search = new GroupSearch(names, this::isSender);
            return false;
        }
        return known == null || known;
    }

    /** The first pass: the list names the sender. */
    private boolean isSender(String name) {
        return sender != null && Names.same(name, sender.name())
                || submission
                        .sender()
                        .filter(from -> Names.same(name, from.toString()))
                        .isPresent();
    }

    /** Whether an entry is the sender's. */
    boolean isSender(DirectoryEntry entry) {
        EmailAddress from = submission.sender().orElseThrow();
        return entry.addresses().contains(from)
                || entry instanceof Contact contact && contact.target().equals(from);
    }
}
