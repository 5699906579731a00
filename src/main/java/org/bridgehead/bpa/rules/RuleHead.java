package org.bridgehead.bpa.rules;

import org.bridgehead.bpa.Finding;
import org.bridgehead.bpa.Rule;
import org.bridgehead.bpa.Severity;

/** The head of a rule; the subclass looks. Stateless. */
abstract class RuleHead implements Rule {
    private final int number;
    private final String id;
    private final Severity severity;
    private final String title;

    RuleHead(int number, String id, Severity severity, String title) {
        this.number = number;
        this.id = id;
        this.severity = severity;
        this.title = title;
    }

    @Override
    public final int number() {
        return number;
    }

    @Override
    public final String id() {
        return id;
    }

    @Override
    public final Severity severity() {
        return severity;
    }

    @Override
    public final String title() {
        return title;
    }

    /** A finding of the rule's own severity. */
    final Finding finding(String where, String message, String hint) {
        return finding(severity, where, message, hint);
    }

    final Finding finding(Severity its, String where, String message, String hint) {
        return new Finding(id, its, where, message, hint);
    }
}
