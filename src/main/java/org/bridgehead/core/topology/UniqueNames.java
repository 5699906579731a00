package org.bridgehead.core.topology;

import java.util.Map;
import java.util.TreeSet;

/** Gives out names that are unique ignoring case, with a number behind those that are wanted again. One thread. */
public final class UniqueNames {
    private final TreeSet<String> taken = Names.set();
    private final Map<String, Integer> last = Names.map();

    /** The name itself, or with the first free number from 2 behind a hyphen. */
    public String claim(String wanted) {
        if (taken.add(wanted)) {
            return wanted;
        }
        int number = last.getOrDefault(wanted, 1) + 1;
        while (!taken.add(wanted + "-" + number)) {
            number++;
        }
        last.put(wanted, number);
        return wanted + "-" + number;
    }

    /** Keeps the name from being given out by number. */
    public boolean reserve(String name) {
        return taken.add(name);
    }
}
