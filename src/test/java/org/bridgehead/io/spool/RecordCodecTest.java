package org.bridgehead.io.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.zip.CRC32C;
import org.bridgehead.core.hub.RecipientBits;
import org.bridgehead.core.hub.SpoolRecord;
import org.bridgehead.core.mail.BodyRef;
import org.bridgehead.core.mail.CopyId;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.mail.Envelope;
import org.bridgehead.core.mail.Facts;
import org.bridgehead.core.mail.HeaderFacts;
import org.bridgehead.core.mail.InternalId;
import org.bridgehead.core.mail.MessageId;
import org.bridgehead.core.mail.Recipient;
import org.bridgehead.core.mail.TransferState;
import org.bridgehead.core.mail.TransportId;
import org.bridgehead.core.mail.Treatment;
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

    /** Records of before messages had an origin, rules, and copies senders of their own. */
    @Test
    void olderRecordsAreStillRead() throws TornException {
        CopyId copy = new CopyId(new InternalId(7), 1);
        Recipient anna = Recipient.of(EmailAddress.of("anna@t.test"));
        SpoolRecord made = new SpoolRecord.CopyMade(
                copy, CopyId.original(copy.message()), List.of(anna), List.of("all"), Optional.empty(), Treatment.NONE);
        byte[] payload = Frame.unwrap(RecordCodec.encode(made)).payload();
        int treatment = new PayloadWriter()
                .texts(List.of())
                .texts(List.of())
                .flag(false)
                .toByteArray()
                .length;
        byte[] second = Arrays.copyOf(payload, payload.length - treatment);
        assertThat(RecordCodec.decode(Frame.wrap(RecordCodec.COPY_MADE_2, second)))
                .isEqualTo(made);
        byte[] first = Arrays.copyOf(second, second.length - 1);
        assertThat(RecordCodec.decode(Frame.wrap(RecordCodec.COPY_MADE, first))).isEqualTo(made);

        Instant noon = Instant.parse("2026-03-02T12:00:00Z");
        Envelope envelope = Envelope.of(Optional.empty(), List.of(anna));
        PayloadWriter old = new PayloadWriter().longNumber(7);
        MailCodec.envelope(old, envelope);
        old.longNumber(1).longNumber(2).instant(noon).longNumber(5).optional(Optional.of("anna"), old::text);
        old.list(List.of(), none -> {}).texts(List.of("all")).texts(List.of()).texts(List.of("HT1"));
        old.text("<1@t>").text("hi").number(1).flag(false).flag(false).optional(Optional.<String>empty(), old::text);
        old.instant(noon).text("smtp").text("body").longNumber(5);
        TransferState state = TransferState.fresh(new TransportId(1, 2), noon, 5, Optional.of("anna"))
                .withExpanded("all")
                .tracedBy("HT1");
        HeaderFacts header = new HeaderFacts(new MessageId("<1@t>"), "hi", 1, false, false, Optional.empty());
        assertThat(RecordCodec.decode(Frame.wrap(RecordCodec.ACCEPTED, old.toByteArray())))
                .isEqualTo(new SpoolRecord.Accepted(
                        new InternalId(7), envelope, new Facts(state, header, noon, "smtp"), new BodyRef("body", 5)));
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
