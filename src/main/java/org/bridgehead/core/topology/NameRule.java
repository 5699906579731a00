package org.bridgehead.core.topology;

import java.util.regex.Pattern;

/** What the name of a part of an organisation may look like. */
public enum NameRule {
    /** Sites, links, connectors, recipients: anything printable without blanks at its ends. */
    ANY("[^\\p{Cntrl}\\s](?:[^\\p{Cntrl}]*[^\\p{Cntrl}\\s])?", "use printable characters, no blank at either end"),
    /** Servers and nodes: host names, since Received lines and greetings carry them. */
    HOST("[\\p{L}\\p{N}](?:[\\p{L}\\p{M}\\p{N}._-]*[\\p{L}\\p{M}\\p{N}])?", "use letters, digits and hyphens"),
    /** Storage groups and databases: parts of SERVER/GROUP/DATABASE. */
    STORE("[^\\p{Cntrl}\\s/](?:[^\\p{Cntrl}/]*[^\\p{Cntrl}\\s/])?", "use printable characters, no slash");

    /** The most characters of any name. */
    public static final int LONGEST = 128;

    private final Pattern pattern;
    private final String hint;

    NameRule(String pattern, String hint) {
        this.pattern = Pattern.compile(pattern);
        this.hint = hint;
    }

    /** Whether the name obeys. */
    public boolean allows(String name) {
        return name.length() <= LONGEST
                && (isOrdinary(name) || pattern.matcher(name).matches());
    }

    /** Letters, digits and hyphens of ASCII, as every rule allows; large files hold tens of thousands of such names. */
    private static boolean isOrdinary(String name) {
        int last = name.length() - 1;
        for (int i = 0; i <= last; i++) {
            char c = name.charAt(i);
            boolean sign = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
            if (!sign && (c != '-' || i == 0 || i == last)) {
                return false;
            }
        }
        return last >= 0;
    }

    /** What would be right in place of a name that does not obey. */
    public String hint(String name) {
        return name.length() > LONGEST ? "use at most " + LONGEST + " characters" : hint;
    }
}
