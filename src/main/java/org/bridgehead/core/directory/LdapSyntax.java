package org.bridgehead.core.directory;

import java.util.regex.Pattern;

/**
 * Whether texts are LDAP filters (RFC 4515) and distinguished names (RFC 4514). Only the syntax: what they mean is the
 * directory's business ({@code io.ldap}), and whatever passes here passes there.
 */
public final class LdapSyntax {
    private static final int MOST_DEPTH = 100;
    private static final String NAME = "(?:[A-Za-z][A-Za-z0-9-]*|\\d+(?:\\.\\d+)*)";
    private static final String DESCRIPTION = NAME + "(?:;[A-Za-z0-9-]+)*";
    private static final String OCTETS = "(?:[^()*\\\\\\x00]|\\\\[0-9A-Fa-f]{2})";
    private static final Pattern ITEM = Pattern.compile(DESCRIPTION
            + "(?:(?:>=|<=|~=)" + OCTETS + "+"
            + "|=(?:\\*|\\*?(?:" + OCTETS + "+\\*)*" + OCTETS + "*)"
            + "|(?::dn)?(?::" + NAME + ")?:=" + OCTETS + "*)");
    private static final String VALUE = "(?!\\s*#)(?:[^,+\"\\\\<>;=\\x00]|\\\\[ #,+\"\\\\<>;=]|\\\\[0-9A-Fa-f]{2})+";
    private static final String PAIR = "\\s*" + NAME + "\\s*=" + VALUE;
    private static final String RDN = PAIR + "(?:\\+" + PAIR + ")*";
    private static final Pattern DN = Pattern.compile(RDN + "(?:," + RDN + ")*");

    private final String text;
    private int at;

    private LdapSyntax(String text) {
        this.text = text;
    }

    /** Whether the text is a distinguished name that is not empty. */
    public static boolean isDn(String text) {
        return text.length() <= 2_000 && DN.matcher(text).matches();
    }

    /** Whether the text is a filter in parentheses. */
    public static boolean isFilter(String text) {
        LdapSyntax syntax = new LdapSyntax(text);
        return syntax.filter(0) && syntax.at == text.length();
    }

    private boolean filter(int depth) {
        if (depth > MOST_DEPTH || !take('(')) {
            return false;
        }
        boolean good;
        if (take('&') || take('|')) {
            good = true;
            while (good && at < text.length() && text.charAt(at) == '(') {
                good = filter(depth + 1);
            }
        } else {
            good = take('!') ? filter(depth + 1) : item();
        }
        return good && take(')');
    }

    private boolean item() {
        int end = text.indexOf(')', at);
        if (end < 0
                || end - at > 2_000
                || !ITEM.matcher(text.substring(at, end)).matches()) {
            return false;
        }
        at = end;
        return true;
    }

    private boolean take(char wanted) {
        if (at < text.length() && text.charAt(at) == wanted) {
            at++;
            return true;
        }
        return false;
    }
}
