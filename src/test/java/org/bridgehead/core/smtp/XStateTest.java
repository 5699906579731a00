package org.bridgehead.core.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.bridgehead.core.mail.CopyId;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.mail.Handover;
import org.bridgehead.core.mail.InternalId;
import org.bridgehead.core.mail.TransferState;
import org.bridgehead.core.mail.TransferState.Flag;
import org.bridgehead.core.mail.TransportId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class XStateTest {
    private static final TransferState BARE = TransferState.fresh(
            new TransportId(1, 0xAB), Instant.parse("2026-03-01T10:15:30.123456789Z"), 4711, Optional.empty());
    private static final String TEXT =
            "id=000000000000000100000000000000ab submitted=2026-03-01T10:15:30.123456789Z size=4711";

    @Test
    void theShortestState() {
        assertThat(XState.format(BARE)).isEqualTo(TEXT);
        assertThat(XState.parse(TEXT)).isEqualTo(BARE);
    }

    @Test
    void everyPart() {
        TransferState state = new TransferState(
                BARE.id(),
                BARE.submitted(),
                0,
                Optional.of("anna+x@contoso.example"),
                List.of(Flag.RESOLVED, Flag.FROZEN, Flag.NODSN, Flag.AGAIN),
                List.of("All Staff", "a,b=c+d"),
                List.of("link:BER-MUC", "site:Köln"),
                List.of("BER-EDGE1"),
                Optional.of(EmailAddress.of("anna+x@contoso.example")),
                List.of("No Secrets", "b"));
        String text = XState.format(state);
        assertThat(text)
                .endsWith("size=0 auth=anna+2Bx@contoso.example flags=resolved,frozen,nodsn,again"
                        + " expanded=All+20Staff,a+2Cb+3Dc+2Bd avoid=link:BER-MUC,site:K+C3+B6ln trace=BER-EDGE1"
                        + " origin=anna+2Bx@contoso.example rules=No+20Secrets,b");
        assertThat(XState.parse(text)).isEqualTo(state);
    }

    @Test
    void theTransferIsOfThisHopAndNotOfTheMessage() {
        Handover.Mark mark = new Handover.Mark(0xAB, new CopyId(new InternalId(4712), 3));
        String text = XState.format(BARE, Optional.of(mark));
        assertThat(text).isEqualTo(TEXT + " transfer=00000000000000ab-4712.3");
        assertThat(XState.read(text)).isEqualTo(new XState.Told(BARE, Optional.of(mark)));
        assertThat(XState.parse(text)).isEqualTo(BARE);
        assertThat(XState.read(TEXT).handover()).isEmpty();
        Handover.Mark largest =
                new Handover.Mark(-1, new CopyId(new InternalId(999_999_999_999_999_999L), 999_999_999));
        assertThat(XState.read(XState.format(BARE, Optional.of(largest))).handover())
                .contains(largest);
    }

    @Test
    void theTransferIsToldHoweverLongTheRestIs() {
        Handover.Mark mark = new Handover.Mark(1, CopyId.original(new InternalId(2)));
        TransferState state = new TransferState(
                BARE.id(),
                BARE.submitted(),
                BARE.size(),
                BARE.auth(),
                BARE.flags(),
                BARE.expanded(),
                BARE.avoid(),
                Collections.nCopies(8000, "BER-HT1-0123"),
                BARE.origin(),
                BARE.rules());
        String text = XState.format(state, Optional.of(mark));
        assertThat(text).hasSizeLessThanOrEqualTo(XState.MAX_ARGUMENT);
        assertThat(XState.read(text).handover()).contains(mark);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "transfer=",
                "transfer=ab-1.0",
                "transfer=00000000000000AB-1.0",
                "transfer=00000000000000ab-0.0",
                "transfer=00000000000000ab-1",
                "transfer=00000000000000ab-1.-1",
                "transfer=00000000000000ab-1.9999999999",
                "transfer=00000000000000ab-1.0+20"
            })
    void aTransferThatIsNone(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> XState.read(TEXT + " " + text));
    }

    @Test
    void unknownKeysAreIgnoredAndLetterCaseOfKeysToo() {
        assertThat(XState.parse("future=1+202 " + TEXT.replace("size", "SIZE") + "  x="))
                .isEqualTo(BARE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "id=000000000000000100000000000000ab size=1",
                "id=+00000000000000100000000000000ab submitted=2026-03-01T10:15:30Z size=1",
                "id=000000000000000100000000000000AB submitted=2026-03-01T10:15:30Z size=1",
                "id=000000000000000100000000000000ab submitted=yesterday size=1",
                "id=000000000000000100000000000000ab submitted=2026-03-01T10:15:30Z size=-1",
                "id=000000000000000100000000000000ab submitted=2026-03-01T10:15:30Z size=9999999999999999999"
            })
    void malformed(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> XState.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                " size=1",
                " flags=new",
                " flags=",
                " flags=RESOLVED",
                " expanded=a,,b",
                " trace=a+2",
                " auth=",
                " word",
                " trace=a=b",
                " trace=a\tb",
                " =x",
                " avoid=a+zz"
            })
    void malformedTails(String tail) {
        assertThatIllegalArgumentException().isThrownBy(() -> XState.parse(TEXT + tail));
    }

    @Test
    void tooLongListsLoseTheirOlderHalves() {
        List<String> trace = new ArrayList<>(Collections.nCopies(5_000, "SERVER-OF-SOME-SITE"));
        trace.add("LAST");
        TransferState state = new TransferState(
                BARE.id(),
                BARE.submitted(),
                1,
                Optional.empty(),
                List.of(),
                Collections.nCopies(10_000, "group"),
                List.of("link:L"),
                trace,
                Optional.empty(),
                List.of());
        String text = XState.format(state);
        assertThat(text.length()).isLessThanOrEqualTo(XState.MAX_ARGUMENT);
        TransferState read = XState.parse(text);
        assertThat(read.avoid()).containsExactly("link:L");
        assertThat(read.expanded()).hasSize(10_000);
        assertThatIllegalArgumentException().isThrownBy(() -> XState.parse(text + " x=" + "y".repeat(70_000)));
    }

    @Test
    void randomStatesReturnUnchanged() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 2_000; i++) {
            TransferState state = random(random);
            assertThat(XState.parse(XState.format(state)))
                    .as("seed %d, round %d", seed, i)
                    .isEqualTo(state);
        }
        System.out.println("XStateTest seed " + seed);
    }

    static TransferState random(Random random) {
        return new TransferState(
                new TransportId(random.nextLong(), random.nextLong()),
                Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000)),
                random.nextInt(Integer.MAX_VALUE),
                random.nextBoolean() ? Optional.of(word(random)) : Optional.empty(),
                List.of(Flag.values()).subList(0, random.nextInt(5)),
                words(random),
                words(random),
                words(random),
                random.nextBoolean()
                        ? Optional.of(EmailAddress.of("a@b" + random.nextInt(9) + ".test"))
                        : Optional.empty(),
                words(random));
    }

    private static List<String> words(Random random) {
        return Stream.generate(() -> word(random)).limit(random.nextInt(4)).toList();
    }

    private static String word(Random random) {
        String alphabet = "aZ0 ,=+@.-:;\t\r\nöß€\u0001";
        StringBuilder out = new StringBuilder("x");
        for (int i = random.nextInt(12); i > 0; i--) {
            out.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return out.toString();
    }
}
