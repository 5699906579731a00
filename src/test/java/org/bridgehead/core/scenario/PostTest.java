package org.bridgehead.core.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.mail.Priority;
import org.junit.jupiter.api.Test;

class PostTest {
    /** Some of these fill a line to the last octet, some are one octet off, some need many whole blocks of lines. */
    @Test
    void writesLettersOfExactlyTheSizeThatIsAskedForInLinesThatAnyServerTakes() {
        for (int size = 200; size < 12_000; size++) {
            Letter letter = letter(size);

            assertThat(letter.octets()).hasSize(size);
            assertThat(letter.defect()).as("%d octets", size).isEmpty();
            assertThat(new String(letter.octets(), StandardCharsets.US_ASCII).split("\r\n", -1))
                    .as("%d octets", size)
                    .allMatch(line -> line.length() <= 76)
                    .endsWith("");
        }
    }

    private static Letter letter(int size) {
        Send send = new Send(
                Optional.of(EmailAddress.of("ada@contoso.test")),
                List.of(EmailAddress.of("bob@contoso.test")),
                "hub-1",
                false,
                "mail",
                "",
                size,
                1,
                Priority.NORMAL,
                Optional.empty());
        return new Post().written(send).get(0);
    }
}
