package org.bridgehead.io.ldap;

import java.util.List;

/** LDIF files that cannot be used, with every mistake found in them. */
public final class LdifException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    /** Reports mistakes, each naming its file and its line or entry. */
    public LdifException(List<String> problems) {
        super(String.join("\n", problems));
        this.problems = List.copyOf(problems);
    }

    /** One line each, in file order; at least one. */
    public List<String> problems() {
        return problems;
    }
}
