package org.bridgehead.io.mailstore;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.bridgehead.core.mailbox.LogPosition;
import org.junit.jupiter.api.Test;

class LogRecordTest {
    @Test
    void headersOfOlderLogsAreRead() throws IOException {
        LogRecord.Opened header = new LogRecord.Opened(3, 1_180_000_000, 7, 1_050_000, 0xCAFEBABEL, 4_711);
        assertThat(LogRecord.decode(header.type(), header.encoded())).isEqualTo(header);
        byte[] withoutFirstUid = Arrays.copyOf(header.encoded(), 40);
        assertThat(LogRecord.decode(header.type(), withoutFirstUid))
                .isEqualTo(new LogRecord.Opened(3, 1_180_000_000, 7, 1_050_000, 0xCAFEBABEL, 0));
        byte[] withoutChecksum = Arrays.copyOf(header.encoded(), 32);
        assertThat(LogRecord.decode(header.type(), withoutChecksum))
                .isEqualTo(new LogRecord.Opened(3, 1_180_000_000, 7, 1_050_000, LogRecord.Opened.NO_CHECKSUM, 0));
    }

    /** Their headers know how many UIDs to leave out, and not from where on. */
    @Test
    void whatOlderLogsLeaveOutIsLeftOutOnce() throws IOException {
        byte[] header = new LogRecord.Opened(1, 1_180_000_000, 500, 0, LogRecord.Opened.NO_CHECKSUM, 0).encoded();
        byte[] record = Arrays.copyOf(header, 40);
        LogFrame frame = LogFrame.of(LogRecord.Opened.TYPE, record, 0, 0);
        StoreCopy copy = StoreCopy.inMemory();
        LogStorage storage = copy.storage(Pair.SG1);
        storage.begin(1);
        storage.append(ByteBuffer.wrap(frame.encoded(new LogPosition(1, 0))));
        storage.append(ByteBuffer.wrap(record));
        for (int id = 1; id <= 3; id++) {
            try (MailStore store = Pair.open(copy, Activation.LOSSLESS)) {
                assertThat(store.torn()).isEmpty();
                assertThat(Pair.deliver(store, id, id).get(0).uid()).isEqualTo(500 + id);
            }
        }
    }
}
