package org.bridgehead.io.mailstore;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
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
}
