package org.bridgehead.core.categorizer;

import java.util.List;
import java.util.Optional;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.topology.JournalRule;

/**
 * The journal rules that a message is subject to (BEHAVIOUR 2.1). Reports are subject to none, nor is what a hub before
 * this one has resolved: that one put it on record. Owned by a {@link Categorization}.
 */
final class Journals {
    private final ResolverRules rules;
    private final GroupSets groups;
    private final List<JournalRule> all;
    private final Optional<EmailAddress> sender;

    Journals(CategorizerRequest request, ResolverRules rules, GroupSets groups) {
        this.rules = rules;
        this.groups = groups;
        this.sender = request.submission().sender();
        this.all = request.resolved() || sender.isEmpty()
                ? List.of()
                : request.settings().journal();
        for (JournalRule rule : all) {
            groups.want(rule.memberOf());
        }
    }

    /** Names of the rules that want this recipient on record, with where it ends. */
    List<String> of(EmailAddress recipient, Destination destination) {
        return all.isEmpty()
                ? List.of()
                : all.stream()
                        .filter(rule -> isWithin(rule.scope(), recipient, destination) && concerns(rule, recipient))
                        .map(JournalRule::name)
                        .toList();
    }

    private boolean isWithin(JournalRule.Scope scope, EmailAddress recipient, Destination destination) {
        boolean inside = sender.filter(rules::isOwn).isPresent()
                && (destination instanceof Destination.InMailbox || rules.isOwn(recipient));
        return scope == JournalRule.Scope.GLOBAL || inside == (scope == JournalRule.Scope.INTERNAL);
    }

    private boolean concerns(JournalRule rule, EmailAddress recipient) {
        boolean everybody = rule.of().isEmpty() && rule.memberOf().isEmpty();
        return everybody
                || isNamed(rule, recipient)
                || sender.filter(from -> isNamed(rule, from)).isPresent();
    }

    private boolean isNamed(JournalRule rule, EmailAddress address) {
        return TransportRules.isIn(rule.of(), address)
                || !rule.memberOf().isEmpty() && groups.has(rule.memberOf(), address);
    }
}
