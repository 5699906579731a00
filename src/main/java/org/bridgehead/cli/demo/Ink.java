package org.bridgehead.cli.demo;

/** Marks words by meaning, in colour where the terminal has it, else not at all. */
public interface Ink {
    /** Marks nothing. */
    Ink NONE = (meaning, text) -> text;

    /** What words can mean. */
    enum Meaning {
        /** A heading, a path. */
        STRONG,
        /** In order. */
        GOOD,
        /** Dead, lost, wrong. */
        BAD,
        /** Sites and servers. */
        NAME,
        /** What one may skip. */
        FAINT
    }

    /** The words as they are printed. */
    String mark(Meaning meaning, String text);
}
