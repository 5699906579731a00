package org.bridgehead.core.topology;

import java.util.List;

/**
 * A domain of the built-in Internet (DECISIONS 3.4).
 *
 * @param name lower case; {@code *} stands for every domain not named
 * @param mx its mail exchangers, best first; empty = one of the domain's own name
 */
public record InternetDomain(String name, List<String> mx) {
    /** Copies the list. */
    public InternetDomain {
        mx = List.copyOf(mx);
    }
}
