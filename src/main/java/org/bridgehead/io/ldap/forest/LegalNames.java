package org.bridgehead.io.ldap.forest;

import java.util.regex.Pattern;
import org.bridgehead.core.topology.Guesses;
import org.bridgehead.core.topology.NameRule;
import org.bridgehead.core.topology.UniqueNames;

/** Gives the objects of one section of a topology names that are legal and unique there. One thread. */
final class LegalNames {
    private static final Pattern UNFIT = Pattern.compile("[\\p{Cntrl}\\s]+");
    private static final Pattern NO_HOST = Pattern.compile("[^\\p{L}\\p{M}\\p{N}._-]+");

    /** Leaves room for a number behind the name. */
    private static final int ROOM = 8;

    private final NameRule rule;
    private final String kind;
    private final Guesses<String> guesses;
    private final UniqueNames unique = new UniqueNames();

    /**
     * For objects that are called {@code kind} in what is told, in the plural.
     */
    LegalNames(NameRule rule, String kind, Guesses<String> guesses) {
        this.rule = rule;
        this.kind = kind;
        this.guesses = guesses;
    }

    /** The wanted name where it is legal and free, else one like it. */
    String claim(String wanted, String dn) {
        String legal = legal(wanted);
        if (!legal.equals(wanted)) {
            guesses.add(
                    "names of " + kind + " that cannot be names here are changed", dn, wanted + " becomes " + legal);
        }
        String first = unique.claim(legal);
        String name = rule.allows(first) ? first : unique.claim(cut(legal));
        if (!name.equals(legal)) {
            guesses.add("names of " + kind + " used before get a number", dn, legal + " becomes " + name);
        }
        return name;
    }

    private String legal(String wanted) {
        if (rule.allows(wanted)) {
            return wanted;
        }
        String text = switch (rule) {
            case HOST -> NO_HOST.matcher(wanted).replaceAll("-").replaceAll("^[\\p{M}._-]+|[._-]+$", "");
            case STORE ->
                UNFIT.matcher(wanted).replaceAll(" ").replace('/', '-').strip();
            case ANY -> UNFIT.matcher(wanted).replaceAll(" ").strip();
        };
        String cut = cut(text);
        return rule.allows(cut) ? cut : "unnamed";
    }

    private static String cut(String text) {
        int most = NameRule.LONGEST - ROOM;
        if (text.length() <= most) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most)
                .replaceAll("[\\s._-]+$", "");
    }
}
