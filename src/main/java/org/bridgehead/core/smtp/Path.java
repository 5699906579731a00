package org.bridgehead.core.smtp;

import org.bridgehead.core.mail.EmailAddress;

/**
 * The path of MAIL or RCPT (RFC 5321 section 4.1.2) and what follows it.
 *
 * @param text what stands between the angle brackets, a source route taken off; may be empty
 * @param rest the parameters
 */
record Path(String text, String rest) {
    /**
     * Splits the arguments.
     *
     * @param keyword {@code FROM:} or {@code TO:}
     */
    static Path read(String keyword, String arguments) throws CommandException {
        if (!arguments.regionMatches(true, 0, keyword, 0, keyword.length())) {
            throw CommandException.arguments(keyword + "<address> expected");
        }
        String text = arguments.substring(keyword.length()).stripLeading();
        int end = end(text);
        if (end < 0) {
            throw CommandException.arguments("The address stands in angle brackets");
        }
        String rest = text.substring(end + 1);
        if (!rest.isEmpty() && rest.charAt(0) != ' ') {
            throw CommandException.arguments("A blank stands between address and parameters");
        }
        return new Path(withoutRoute(text.substring(1, end)), rest.strip());
    }

    /** The closing bracket that no quotes enclose; -1 = there is none. */
    private static int end(String text) {
        if (text.isEmpty() || text.charAt(0) != '<') {
            return -1;
        }
        boolean quoted = false;
        for (int i = 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '>' && !quoted) {
                return i;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == '\\' && quoted) {
                i++;
            }
        }
        return -1;
    }

    /** RFC 5321 appendix C: source routes are accepted and ignored. */
    private static String withoutRoute(String path) throws CommandException {
        if (!path.startsWith("@")) {
            return path;
        }
        int colon = path.indexOf(':');
        if (colon < 0) {
            throw badRoute();
        }
        for (String hop : path.substring(0, colon).split(",", -1)) {
            if (!hop.startsWith("@")
                    || hop.startsWith("@[")
                    || EmailAddress.tryParse("x" + hop).isEmpty()) {
                throw badRoute();
            }
        }
        return path.substring(colon + 1);
    }

    private static CommandException badRoute() {
        return new CommandException(Reply.of(501, "5.1.3", "Bad source route"), false);
    }
}
