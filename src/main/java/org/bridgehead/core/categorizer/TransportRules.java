package org.bridgehead.core.categorizer;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import org.bridgehead.core.directory.Page;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.mail.HeaderField;
import org.bridgehead.core.mail.Lists;
import org.bridgehead.core.topology.Names;
import org.bridgehead.core.topology.TransportRule;
import org.bridgehead.core.topology.TransportRule.Conditions;
import org.bridgehead.core.topology.TransportRule.HeaderWords;
import org.jspecify.annotations.Nullable;

/**
 * The transport rules that a message is subject to (BEHAVIOUR 2.1): those that its sender, subject and size select, of
 * the ones that no hub before has applied. Which groups the sender is in, and who is in the groups that recipients have to
 * be in, is asked before any recipient is resolved.
 * Reports are subject to none. Owned by a {@link Categorization}.
 */
final class TransportRules implements Asker {
    /** A group condition that only the directory can answer. */
    private record Due(TransportRule rule, List<String> groups, boolean wanted) {}

    private final Doorkeeper door;
    private final GroupSets sets;
    private final List<TransportRule> rules;
    private final ArrayDeque<Due> due = new ArrayDeque<>(0);
    private final TreeSet<String> once = Names.set();
    private @Nullable GroupSearch search;

    TransportRules(CategorizerRequest request, Doorkeeper door, GroupSets sets) {
        this.door = door;
        this.sets = sets;
        List<TransportRule> all = request.settings().rules();
        this.rules = all.isEmpty()
                        || request.resolved()
                        || request.submission().sender().isEmpty()
                ? List.of()
                : new ArrayList<>(Lists.filter(all, rule -> selects(rule, request.submission())));
        for (TransportRule rule : rules) {
            expect(rule, rule.when().memberOf(), true);
            expect(rule, rule.except().memberOf(), false);
        }
        next();
    }

    private static boolean selects(TransportRule rule, Submission message) {
        Conditions when = rule.when();
        Conditions except = rule.except();
        return message.rules().stream().noneMatch(name -> Names.same(name, rule.name()))
                && (when.from().isEmpty() || isFrom(when, message))
                && (when.subject().isEmpty() || isAbout(when, message))
                && (when.header().isEmpty() || isMarked(when, message))
                && (when.largerThan().isEmpty() || isLarger(when, message))
                && !isFrom(except, message)
                && !isAbout(except, message)
                && !isMarked(except, message)
                && !isLarger(except, message);
    }

    private static boolean isFrom(Conditions its, Submission message) {
        return message.sender().filter(from -> isIn(its.from(), from)).isPresent();
    }

    private static boolean isAbout(Conditions its, Submission message) {
        return its.subject().stream().anyMatch(words -> contains(message.subject(), words));
    }

    private static boolean isMarked(Conditions its, Submission message) {
        return its.header().stream()
                .anyMatch(wanted -> message.fields().stream().anyMatch(field -> isSo(field, wanted)));
    }

    private static boolean isSo(HeaderField field, HeaderWords wanted) {
        return Names.same(field.name(), wanted.field())
                && (wanted.words().isEmpty()
                        || wanted.words().stream().anyMatch(words -> contains(field.value(), words)));
    }

    private static boolean contains(String text, String words) {
        return text.toLowerCase(Locale.ROOT).contains(words.toLowerCase(Locale.ROOT));
    }

    private static boolean isLarger(Conditions its, Submission message) {
        return message.size() > its.largerThan().orElse(Long.MAX_VALUE);
    }

    /** Whether an address is one of those written, or in one of the domains. */
    static boolean isIn(List<String> patterns, EmailAddress address) {
        for (String pattern : patterns) {
            boolean all = pattern.startsWith("*@") && Names.same(pattern.substring(2), address.domain());
            if (all || pattern.equalsIgnoreCase(address.toString())) {
                return true;
            }
        }
        return false;
    }

    private void expect(TransportRule rule, List<String> groups, boolean wanted) {
        if (!groups.isEmpty()) {
            due.add(new Due(rule, groups, wanted));
        }
    }

    private void next() {
        while (!due.isEmpty() && !door.isBelieved()) {
            decided(due.removeFirst(), false);
        }
        if (due.isEmpty()) {
            search = null;
            rules.forEach(this::wantRecipients);
        } else {
            search = new GroupSearch(due.getFirst().groups(), door::isSender);
        }
    }

    private void wantRecipients(TransportRule rule) {
        sets.want(rule.when().toMemberOf());
        sets.want(rule.except().toMemberOf());
    }

    private void decided(Due one, boolean found) {
        if (found != one.wanted()) {
            rules.remove(one.rule());
        }
    }

    @Override
    public Optional<Step.Ask> ask() {
        return search == null ? Optional.empty() : search.ask();
    }

    @Override
    public void answered(Page page) {
        if (search != null) {
            search.answered(page);
            if (search.isOver()) {
                decided(due.removeFirst(), search.hasFound());
                next();
            }
        }
    }

    /** The rules that hold for a recipient, in their order. */
    List<TransportRule> of(EmailAddress recipient) {
        return rules.isEmpty() ? rules : Lists.filter(rules, rule -> holds(rule, recipient));
    }

    private boolean holds(TransportRule rule, EmailAddress recipient) {
        List<String> to = rule.when().to();
        List<String> toMemberOf = rule.when().toMemberOf();
        return (to.isEmpty() || isIn(to, recipient))
                && (toMemberOf.isEmpty() || isMember(toMemberOf, recipient))
                && !isIn(rule.except().to(), recipient)
                && !isMember(rule.except().toMemberOf(), recipient);
    }

    private boolean isMember(List<String> groups, EmailAddress recipient) {
        return !groups.isEmpty() && sets.has(groups, recipient);
    }

    /** True the first time for each rule. */
    boolean isFirst(TransportRule rule) {
        return once.add(rule.name());
    }
}
