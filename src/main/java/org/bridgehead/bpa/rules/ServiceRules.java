package org.bridgehead.bpa.rules;

import java.util.List;
import org.bridgehead.bpa.Rule;
import org.bridgehead.bpa.Unchecked;

/** The rules about mailbox servers, recipients and settings, by number. */
public final class ServiceRules {
    /** Those that look. */
    public static final List<Rule> ALL = List.of();

    /** Those that cannot. */
    public static final List<Unchecked> UNCHECKED = List.of();

    private ServiceRules() {}
}
