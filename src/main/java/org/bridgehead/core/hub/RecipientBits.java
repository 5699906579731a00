package org.bridgehead.core.hub;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.stream.IntStream;

/** An immutable set of recipient indices of one copy. */
public final class RecipientBits {
    private static final RecipientBits NONE = new RecipientBits(new long[0]);
    private final long[] words;

    private RecipientBits(long[] words) {
        this.words = words;
    }

    /** No recipient. */
    public static RecipientBits none() {
        return NONE;
    }

    /** These indices. */
    public static RecipientBits of(Collection<Integer> indices) {
        BitSet bits = new BitSet();
        indices.forEach(bits::set);
        return new RecipientBits(bits.toLongArray());
    }

    /** From the words of {@link #words()}. */
    public static RecipientBits ofWords(long[] words) {
        return new RecipientBits(BitSet.valueOf(words).toLongArray());
    }

    /** The first {@code count} indices. */
    public static RecipientBits firstOf(int count) {
        BitSet bits = new BitSet();
        bits.set(0, count);
        return new RecipientBits(bits.toLongArray());
    }

    /** Both sets together. */
    public RecipientBits or(RecipientBits other) {
        BitSet bits = BitSet.valueOf(words);
        bits.or(BitSet.valueOf(other.words));
        return new RecipientBits(bits.toLongArray());
    }

    /** Whether {@code index} is in the set. */
    public boolean has(int index) {
        int word = index >> 6;
        return word < words.length && (words[word] >>> index & 1) != 0;
    }

    /** How many. */
    public int count() {
        return BitSet.valueOf(words).cardinality();
    }

    /** The indices in order. */
    public IntStream stream() {
        return BitSet.valueOf(words).stream();
    }

    /** 64 indices a word, lowest first; a copy. */
    public long[] words() {
        return words.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RecipientBits that && Arrays.equals(words, that.words);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(words);
    }

    @Override
    public String toString() {
        return BitSet.valueOf(words).toString();
    }
}
