package org.bridgehead.core.categorizer;

import java.util.Optional;
import org.bridgehead.core.directory.Page;

/** A part of a {@link Categorization} that asks the directory, one page at a time. */
interface Asker {
    /** The page it needs next, the same again until it is answered; empty = none. */
    Optional<Step.Ask> ask();

    /** The page that {@link #ask} asked for; the directory was available. */
    void answered(Page page);
}
