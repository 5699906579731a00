package org.bridgehead.core.scenario;

/**
 * Something will go wrong at the next contacts with a server, mailbox server or host outside; several troubles of one
 * target are used up in turn.
 *
 * @param at name of the server, mailbox server or host
 * @param mishap what goes wrong
 * @param times how often, at least once
 */
public record Trouble(String at, Mishap mishap, int times) implements Step {
    /** Checks the number. */
    public Trouble {
        if (times < 1) {
            throw new IllegalArgumentException("how often? " + times);
        }
    }
}
