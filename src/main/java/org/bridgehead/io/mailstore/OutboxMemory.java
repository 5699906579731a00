package org.bridgehead.io.mailstore;

import java.io.IOException;
import java.util.List;
import java.util.TreeMap;

/** An Outbox that dies with the process. */
final class OutboxMemory implements OutboxStore {
    private final TreeMap<Long, Kept> letters = new TreeMap<>();

    @Override
    public void keep(Kept letter) {
        letters.put(letter.number(), letter);
    }

    @Override
    public byte[] octets(long number) throws IOException {
        Kept letter = letters.get(number);
        if (letter == null) {
            throw new IOException("no letter " + number + " in the Outbox");
        }
        return letter.octets();
    }

    @Override
    public void remove(long number) {
        letters.remove(number);
    }

    @Override
    public List<Kept> recover() {
        return List.copyOf(letters.values());
    }
}
