package org.bridgehead.core.hub;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.function.IntConsumer;
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
        int last = -1;
        for (int index : indices) {
            last = Math.max(last, index);
        }
        if (last < 0) {
            return NONE;
        }
        long[] words = new long[(last >> 6) + 1];
        for (int index : indices) {
            words[index >> 6] |= 1L << index;
        }
        return new RecipientBits(words);
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
        if (words.length < other.words.length) {
            return other.or(this);
        }
        if (other.words.length == 0) {
            return this;
        }
        long[] both = words.clone();
        for (int i = 0; i < other.words.length; i++) {
            both[i] |= other.words[i];
        }
        return new RecipientBits(both);
    }

    /** Whether {@code index} is in the set. */
    public boolean has(int index) {
        int word = index >> 6;
        return word < words.length && (words[word] >>> index & 1) != 0;
    }

    /** How many. */
    public int count() {
        int count = 0;
        for (long word : words) {
            count += Long.bitCount(word);
        }
        return count;
    }

    /** The indices in order. */
    public IntStream stream() {
        return BitSet.valueOf(words).stream();
    }

    /** Calls {@code action} with each index in order. */
    public void forEach(IntConsumer action) {
        for (int i = 0; i < words.length; i++) {
            for (long left = words[i]; left != 0; left &= left - 1) {
                action.accept(i * Long.SIZE + Long.numberOfTrailingZeros(left));
            }
        }
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
