package org.bridgehead.io.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.bridgehead.core.directory.DirectoryDefinition;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.mail.EnhancedStatus;
import org.bridgehead.core.mail.HeaderField;
import org.bridgehead.core.topology.NameRule;
import org.bridgehead.core.topology.TransportRule;
import org.bridgehead.core.topology.TransportRule.Action;
import org.bridgehead.core.topology.TransportRule.Conditions;
import org.bridgehead.core.topology.TransportRule.HeaderWords;

/** The section {@code rules}. */
final class RuleReader {
    /** What a rejected sender reads by default. */
    static final EnhancedStatus STATUS = EnhancedStatus.of("5.7.1");

    private static final List<String> ACTIONS =
            List.of("reject", "redirect", "addRecipient", "setHeader", "disclaimer");

    private static final Pattern FIELD = Pattern.compile("[A-Za-z0-9-]{1,70}");

    /** A field that is set stays within one line of RFC 5322, section 2.1.1. */
    private static final int LONGEST_TEXT = 900;

    private final boolean othersElsewhere;
    private final Known recipients = new Known("recipient");

    /** Groups are those of {@code directory}; more of them may be in files or servers that it names. */
    RuleReader(DirectoryDefinition directory) {
        this.othersElsewhere = !directory.ldif().isEmpty() || directory.ldap().isPresent();
        directory
                .recipients()
                .forEach(recipient -> recipients.add(recipient.entry().name()));
    }

    /** All rules in file order. */
    List<TransportRule> read(YamlValue value) {
        List<TransportRule> rules = new ArrayList<>();
        for (YamlEntry entry : value.named("rules")) {
            entry.obey(NameRule.ANY, value.problems());
            entry.value()
                    .map(Shape.RULE)
                    .flatMap(map -> rule(entry.name(), map))
                    .ifPresent(rules::add);
        }
        return rules;
    }

    private Optional<TransportRule> rule(String name, YamlMap map) {
        Conditions when = conditions(map);
        Conditions except = map.get("except")
                .flatMap(v -> v.map(Shape.RULE_EXCEPTIONS))
                .map(this::conditions)
                .orElse(Conditions.NONE);
        return action(map).map(action -> new TransportRule(name, when, except, action));
    }

    private Optional<? extends Action> action(YamlMap map) {
        Optional<EnhancedStatus> status = map.get("status").flatMap(RuleReader::status);
        List<String> written =
                ACTIONS.stream().filter(key -> map.get(key).isPresent()).toList();
        if (written.size() != 1) {
            map.value().error("a rule does one thing, found " + written.size(), "write one of " + ACTIONS);
            return Optional.empty();
        }
        if (!written.contains("reject")) {
            map.forbid(List.of("status"), "only a rule that rejects has this", "remove it");
        }
        return map.get("reject")
                .flatMap(v -> v.text("what the sender is told"))
                .<Action>map(text -> new TransportRule.Reject(status.orElse(STATUS), text.strip()))
                .or(() -> map.get("redirect").flatMap(YamlValue::address).map(TransportRule.Redirect::new))
                .or(() -> map.get("addRecipient").flatMap(YamlValue::address).map(TransportRule.AddRecipient::new))
                .or(() -> map.get("setHeader").flatMap(RuleReader::fields).map(TransportRule.SetHeader::new))
                .or(() -> map.get("disclaimer")
                        .flatMap(v -> v.text("the text of a disclaimer"))
                        .map(text -> new TransportRule.Disclaimer(text.strip())));
    }

    /** Empty when there is none, which has been said then. */
    private static Optional<List<HeaderField>> fields(YamlValue value) {
        List<HeaderField> fields = new ArrayList<>();
        for (YamlEntry entry : value.named("header fields and their text")) {
            if (isField(value, entry)) {
                entry.value()
                        .parsed(
                                "one line of text",
                                text -> Optional.of(text.strip())
                                        .filter(line -> !line.isEmpty()
                                                && line.length() <= LONGEST_TEXT
                                                && line.chars().noneMatch(Character::isISOControl)))
                        .ifPresent(text -> fields.add(new HeaderField(entry.name(), text)));
            }
        }
        return fields.isEmpty() ? Optional.empty() : Optional.of(fields);
    }

    private static boolean isField(YamlValue value, YamlEntry entry) {
        boolean legal = FIELD.matcher(entry.name()).matches();
        if (!legal) {
            value.problems().error(entry.place(), "not the name of a header field", "use letters, digits and hyphens");
        }
        return legal;
    }

    private static Optional<EnhancedStatus> status(YamlValue value) {
        return value.parsed(
                "an enhanced status of refusals such as 5.7.1",
                text -> EnhancedStatus.tryParse(text).filter(status -> !status.isTransient() && status.kind() == 5));
    }

    private Conditions conditions(YamlMap map) {
        return new Conditions(
                patterns(map, "from"),
                groups(map, "memberOf"),
                patterns(map, "to"),
                groups(map, "toMemberOf"),
                map.get("subject")
                        .map(v -> v.list("words", item -> item.text("words")))
                        .orElse(List.of()),
                map.get("header").map(RuleReader::header).orElse(List.of()),
                SiteReader.asLong(map.get("largerThan").flatMap(v -> v.size(0))));
    }

    private static List<HeaderWords> header(YamlValue value) {
        List<HeaderWords> all = new ArrayList<>();
        for (YamlEntry entry : value.named("header fields and words in them")) {
            if (isField(value, entry)) {
                all.add(new HeaderWords(entry.name(), entry.value().list("words", item -> item.text("words"))));
            }
        }
        return all;
    }

    /** Names of groups under a key. */
    List<String> groups(YamlMap map, String key) {
        return map.get(key).map(v -> v.list("groups", this::group)).orElse(List.of());
    }

    /** Addresses and patterns of them under a key. */
    static List<String> patterns(YamlMap map, String key) {
        return map.get(key).map(v -> v.list("addresses", RuleReader::pattern)).orElse(List.of());
    }

    private static Optional<String> pattern(YamlValue value) {
        return value.parsed(
                "an address, or *@domain",
                text -> EmailAddress.tryParse(text.replaceFirst("^\\*@", "any@"))
                        .map(address -> text.toLowerCase(Locale.ROOT)));
    }

    private Optional<String> group(YamlValue value) {
        Optional<String> text = value.text("the name of a group");
        return othersElsewhere && text.filter(recipients::contains).isEmpty()
                ? text
                : text.flatMap(name -> recipients.resolve(value, name));
    }
}
