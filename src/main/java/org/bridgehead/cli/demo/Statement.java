package org.bridgehead.cli.demo;

/**
 * One thing that can be said about a scene.
 *
 * @param about what, a word or two
 * @param text for people, one line or several
 * @param exact the whole truth in a form that can be compared; the text may leave things out
 */
record Statement(String about, String text, String exact) {}
