package org.bridgehead.io.spool;

import java.util.List;
import java.util.Optional;
import org.bridgehead.core.hub.RecipientBits;
import org.bridgehead.core.hub.SpoolRecord;
import org.bridgehead.core.mail.CopyId;
import org.bridgehead.core.mail.InternalId;

/**
 * What the spool knows of one message, enough to bring it back into memory.
 *
 * @param records first {@code Accepted}, then {@code CopyMade}, {@code Settled} (one a copy, merged) and
 *     {@code Expanded}, each by copy number
 */
public record LoadedMessage(List<SpoolRecord> records) {
    /** Copies the list and checks that it begins with the acceptance. */
    public LoadedMessage {
        records = List.copyOf(records);
        if (records.isEmpty() || !(records.get(0) instanceof SpoolRecord.Accepted)) {
            throw new IllegalArgumentException("a message begins with its acceptance");
        }
    }

    /** Its number. */
    public InternalId id() {
        return accepted().id();
    }

    /** How it was accepted. */
    public SpoolRecord.Accepted accepted() {
        return (SpoolRecord.Accepted) records.get(0);
    }

    /** The further copies, by number. */
    public List<SpoolRecord.CopyMade> copies() {
        return records.stream()
                .filter(SpoolRecord.CopyMade.class::isInstance)
                .map(SpoolRecord.CopyMade.class::cast)
                .toList();
    }

    /** One further copy; empty when it was not made, or not asked for. */
    public Optional<SpoolRecord.CopyMade> copy(CopyId copy) {
        return copies().stream().filter(made -> made.copy().equals(copy)).findFirst();
    }

    /** Which recipients of {@code copy} need nothing more. */
    public RecipientBits settled(CopyId copy) {
        return records.stream()
                .filter(record -> record instanceof SpoolRecord.Settled settled
                        && settled.copy().equals(copy))
                .map(record -> ((SpoolRecord.Settled) record).recipients())
                .reduce(RecipientBits.none(), RecipientBits::or);
    }

    /** Whether every group of {@code copy} has become durable copies. */
    public boolean expanded(CopyId copy) {
        return records.contains(new SpoolRecord.Expanded(copy));
    }
}
