package org.bridgehead.bpa;

import java.util.List;

/** One best practice (BEHAVIOUR 9). Stateless; safe for any thread. */
public interface Rule {
    /** Stable name in lower case and hyphens, such as {@code mailbox-site-without-hub}. */
    String id();

    /** The number in BEHAVIOUR 9; from 101 on for rules of our own. */
    int number();

    /** The severity its findings usually have. */
    Severity severity();

    /** What it looks for, one line for {@code check --list}. */
    String title();

    /** What is wrong, in the order of names; empty when nothing is. */
    List<Finding> check(Subject subject);
}
