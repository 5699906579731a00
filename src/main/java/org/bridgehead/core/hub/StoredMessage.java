package org.bridgehead.core.hub;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.bridgehead.core.mail.CopyId;

/**
 * A message as the spool gives it back: after a crash, or when a copy put out of memory is due.
 *
 * @param accepted the message
 * @param copies made by expansion so far, in order
 * @param settled recipients that need nothing more, by copy
 * @param expanded copies whose groups are wholly expanded
 */
public record StoredMessage(
        SpoolRecord.Accepted accepted,
        List<SpoolRecord.CopyMade> copies,
        SortedMap<CopyId, RecipientBits> settled,
        List<CopyId> expanded) {
    /** Copies the collections. */
    public StoredMessage {
        copies = List.copyOf(copies);
        settled = Collections.unmodifiableSortedMap(new TreeMap<>(settled));
        expanded = List.copyOf(expanded);
    }

    /**
     * From the records of one message, oldest first.
     *
     * @throws IllegalArgumentException when there is no {@link SpoolRecord.Accepted} among them
     */
    public static StoredMessage of(List<SpoolRecord> records) {
        SpoolRecord.Accepted accepted = null;
        List<SpoolRecord.CopyMade> copies = new ArrayList<>();
        SortedMap<CopyId, RecipientBits> settled = new TreeMap<>();
        List<CopyId> expanded = new ArrayList<>();
        for (SpoolRecord record : records) {
            if (record instanceof SpoolRecord.Accepted first) {
                accepted = accepted == null ? first : accepted;
            } else if (record instanceof SpoolRecord.CopyMade made) {
                copies.add(made);
            } else if (record instanceof SpoolRecord.Settled more) {
                settled.merge(more.copy(), more.recipients(), RecipientBits::or);
            } else if (record instanceof SpoolRecord.Expanded whole) {
                expanded.add(whole.parent());
            }
        }
        if (accepted == null) {
            throw new IllegalArgumentException("no accepted message among the records");
        }
        return new StoredMessage(accepted, copies, settled, expanded);
    }
}
