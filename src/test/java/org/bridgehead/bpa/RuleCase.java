package org.bridgehead.bpa;

import java.nio.file.Path;
import java.util.List;
import org.bridgehead.core.directory.DirectoryDefinition;
import org.bridgehead.core.directory.Organization;
import org.bridgehead.core.topology.Topology;
import org.bridgehead.io.config.TopologyFile;
import org.bridgehead.io.config.TopologyFileException;

/**
 * An organisation that trips a rule and a twin, as alike as can be, that does not.
 *
 * @param rule the rule's id
 * @param trips where it finds something
 * @param clean where it finds nothing
 * @param says words that its first finding must contain in {@code where}, {@code message} or {@code hint}
 */
record RuleCase(String rule, Subject trips, Subject clean, List<String> says) {
    RuleCase {
        says = List.copyOf(says);
    }

    /** Two topology files; the version and an organisation are added where the text has none. */
    static RuleCase of(String rule, String trips, String clean, String... says) {
        return new RuleCase(rule, parse(rule, trips), parse(rule, clean), List.of(says));
    }

    /** Two topologies made by code, for what a file cannot say. */
    static RuleCase of(String rule, Topology trips, Topology clean, String... says) {
        return new RuleCase(rule, of(trips), of(clean), List.of(says));
    }

    /** One file, and what to replace in it for the clean twin. */
    static RuleCase edit(String rule, String trips, String from, String to, String... says) {
        if (!trips.contains(from)) {
            throw new IllegalArgumentException(rule + ": nothing to replace, no '" + from + "'");
        }
        return of(rule, trips, trips.replace(from, to), says);
    }

    /** The subject of a topology file. */
    static Subject parse(String name, String yaml) {
        String organization = yaml.startsWith("organization:") ? "" : "organization: { name: Contoso }\n";
        String text = yaml.startsWith("bridgehead:") ? yaml : "bridgehead: 1\n" + organization + yaml;
        try {
            return Subject.of(TopologyFile.parse(name, text, Path.of("")).organization());
        } catch (TopologyFileException e) {
            throw new IllegalArgumentException(name + ":\n" + text + "\n" + e.getMessage(), e);
        }
    }

    private static Subject of(Topology topology) {
        return Subject.of(new Organization(topology, DirectoryDefinition.EMPTY));
    }

    @Override
    public String toString() {
        return rule;
    }
}
