package org.bridgehead.io.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32C;
import org.bridgehead.core.hub.RecipientBits;
import org.bridgehead.core.hub.SpoolRecord;
import org.bridgehead.core.mail.CopyId;
import org.bridgehead.core.mail.InternalId;
import org.junit.jupiter.api.Test;

class RecordCodecTest {
    @Test
    void everyTypeComesBackAsItWas() throws TornException {
        for (long seed = 1; seed <= 2000; seed++) {
            for (SpoolRecord record : new RandomRecords(seed).ofEachType()) {
                SpoolRecord back = RecordCodec.decode(RecordCodec.encode(record));
                // Addresses that differ in letter case are equal; what was written is kept all the same.
                assertThat(back.toString()).as("seed %d", seed).isEqualTo(record.toString());
                assertThat(back).as("seed %d", seed).isEqualTo(record);
            }
        }
    }

    @Test
    void everyChangedOctetIsNoticed() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (SpoolRecord record : new RandomRecords(seed).ofEachType()) {
            byte[] value = RecordCodec.encode(record);
            for (int at = 0; at < value.length; at++) {
                byte[] torn = value.clone();
                torn[at] ^= (byte) (1 << random.nextInt(8));
                assertThatThrownBy(() -> RecordCodec.decode(torn))
                        .as("seed %d, octet %d of %s", seed, at, record)
                        .isInstanceOf(TornException.class);
            }
        }
    }

    @Test
    void everyCutIsNoticed() {
        for (SpoolRecord record : new RandomRecords(7).ofEachType()) {
            byte[] value = RecordCodec.encode(record);
            for (int length = 0; length < value.length; length++) {
                byte[] torn = java.util.Arrays.copyOf(value, length);
                assertThatThrownBy(() -> RecordCodec.decode(torn)).isInstanceOf(TornException.class);
            }
        }
    }

    @Test
    void aVersionOfTheFutureIsTornAndNotGuessedAt() {
        byte[] value = RecordCodec.encode(new SpoolRecord.Expanded(CopyId.original(new InternalId(1))));
        value[0] = 2;
        CRC32C crc = new CRC32C();
        crc.update(value, 0, value.length - 4);
        ByteBuffer.wrap(value).putInt(value.length - 4, (int) crc.getValue());
        assertThatThrownBy(() -> RecordCodec.decode(value)).hasMessageContaining("version 2");
    }

    @Test
    void settledPartsAddUp() throws TornException {
        CopyId copy = CopyId.original(new InternalId(3));
        byte[] one = RecordCodec.encode(new SpoolRecord.Settled(copy, RecipientBits.of(List.of(1, 70))));
        byte[] other = RecordCodec.encode(new SpoolRecord.Settled(copy, RecipientBits.of(List.of(2, 70))));
        assertThat(RecordCodec.decode(Changes.concat(one, other)))
                .isEqualTo(new SpoolRecord.Settled(copy, RecipientBits.of(List.of(1, 2, 70))));
    }

    /** The form on disk is for ever: a store of an older build must be readable. */
    @Test
    void theFormOnDiskIsTheOneOfVersionOne() {
        byte[] value =
                RecordCodec.encode(new SpoolRecord.Settled(new CopyId(new InternalId(5), 2), RecipientBits.firstOf(3)));
        assertThat(java.util.HexFormat.of().formatHex(value))
                .startsWith(
                        "01" + "03" + "00000018" + "0000000000000005" + "00000002" + "00000001" + "0000000000000007");
    }
}
