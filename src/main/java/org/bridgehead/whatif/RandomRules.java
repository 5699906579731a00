package org.bridgehead.whatif;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.bridgehead.core.directory.DirectoryDefinition;
import org.bridgehead.core.directory.DirectoryEntry;
import org.bridgehead.core.directory.RecipientDefinition;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.mail.EnhancedStatus;
import org.bridgehead.core.mail.HeaderField;
import org.bridgehead.core.mail.Lists;
import org.bridgehead.core.topology.JournalRule;
import org.bridgehead.core.topology.Settings;
import org.bridgehead.core.topology.TransportRule;
import org.bridgehead.core.topology.TransportRule.Action;
import org.bridgehead.core.topology.TransportRule.Conditions;

/** Draws transport rules and journal rules for every third organisation. One thread; one organisation. */
final class RandomRules {
    private static final List<String> ANY = List.of();

    private final Dice dice;
    private final List<EmailAddress> mailboxes;
    private final List<String> groups;

    RandomRules(long seed, DirectoryDefinition directory) {
        this.dice = Dice.of(seed, "rules");
        List<DirectoryEntry> entries = Lists.map(directory.recipients(), RecipientDefinition::entry);
        this.mailboxes =
                Lists.map(Lists.only(DirectoryEntry.Mailbox.class, entries), DirectoryEntry.Mailbox::primaryAddress);
        this.groups = Lists.map(Lists.only(DirectoryEntry.Group.class, entries), DirectoryEntry.Group::name);
    }

    /** The same settings, perhaps with rules. */
    Settings of(Settings settings) {
        if (mailboxes.isEmpty() || dice.below(3) > 0) {
            return settings;
        }
        List<TransportRule> rules = new ArrayList<>();
        for (int i = dice.below(3); i > 0; i--) {
            Conditions except = dice.below(3) == 0 ? conditions() : Conditions.NONE;
            rules.add(new TransportRule("Rule " + i, conditions(), except, action()));
        }
        List<JournalRule> journal = new ArrayList<>();
        for (int i = dice.below(3); i > 0; i--) {
            journal.add(journal("Journal " + i));
        }
        return settings.withRules(rules, journal);
    }

    private Conditions conditions() {
        List<String> one = List.of(pick(mailboxes).toString());
        List<String> group = groups.isEmpty() ? ANY : List.of(pick(groups));
        return switch (dice.below(7)) {
            case 0 -> new Conditions(one, ANY, ANY, ANY, ANY, List.of(), OptionalLong.empty());
            case 1 -> new Conditions(ANY, group, ANY, ANY, ANY, List.of(), OptionalLong.empty());
            case 2 -> new Conditions(ANY, ANY, one, ANY, ANY, List.of(), OptionalLong.empty());
            case 3 -> new Conditions(ANY, ANY, ANY, group, ANY, List.of(), OptionalLong.empty());
            case 4 -> new Conditions(ANY, ANY, List.of("*@outside.test"), ANY, ANY, List.of(), OptionalLong.empty());
            case 5 -> new Conditions(ANY, ANY, ANY, ANY, ANY, List.of(), OptionalLong.of(1500));
            default -> Conditions.NONE;
        };
    }

    /** Most of them let the mail through: what is kept away tests nothing behind it. */
    private Action action() {
        return switch (dice.below(8)) {
            case 0 -> new TransportRule.Reject(EnhancedStatus.of("5.7.1"), "not that");
            case 1 -> new TransportRule.Redirect(pick(mailboxes));
            case 2 -> new TransportRule.AddRecipient(pick(mailboxes));
            case 3, 4 -> new TransportRule.Disclaimer("Inside mail.");
            default -> new TransportRule.SetHeader(List.of(new HeaderField("X-Rule", "seen")));
        };
    }

    private JournalRule journal(String name) {
        List<JournalRule.Scope> scopes = List.of(JournalRule.Scope.values());
        JournalRule.Scope scope = dice.below(2) == 0 ? JournalRule.Scope.GLOBAL : scopes.get(dice.below(scopes.size()));
        EmailAddress to = dice.below(4) == 0 ? EmailAddress.of("archive@outside.test") : pick(mailboxes);
        List<String> of = dice.below(2) == 0 ? ANY : List.of(pick(mailboxes).key());
        List<String> memberOf = groups.isEmpty() || dice.below(3) > 0 ? ANY : List.of(pick(groups));
        return new JournalRule(name, scope, of, memberOf, to);
    }

    private <T> T pick(List<T> list) {
        return list.get(dice.below(list.size()));
    }
}
