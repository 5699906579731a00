package org.bridgehead.core.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.bridgehead.core.mail.BodyType;
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
            Letter looked = lookedThrough(letter);
            assertThat(looked.defect()).as("%d octets", size).isEmpty();
            assertThat(letter.defect()).as("%d octets", size).isEmpty();
            assertThat(letter.envelope()).isEqualTo(looked.envelope());
            assertThat(new String(letter.octets(), StandardCharsets.US_ASCII).split("\r\n", -1))
                    .as("%d octets", size)
                    .allMatch(line -> line.length() <= 76)
                    .endsWith("");
        }
    }

    /** What makes up the size is not looked through, and what is said is. */
    @Test
    void looksForDefectsInWhatIsSaid() {
        Letter letter = letter(5_000);
        letter.octets()[40] = (byte) 0xC4;
        assertThat(letter.envelope().body()).isEqualTo(BodyType.EIGHT_BIT_MIME);
        letter.octets()[40] = 0;
        assertThat(letter.defect()).contains("NUL at octet 40");
        assertThat(letter.filler()).isBetween(4_000, 4_990);
    }

    /** The same letter, as if it had come from a file. */
    private static Letter lookedThrough(Letter letter) {
        return new Letter(
                letter.number(),
                letter.label(),
                letter.from(),
                letter.to(),
                letter.via(),
                letter.anonymous(),
                letter.octets(),
                0);
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
