package org.bridgehead.io.mailstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.bridgehead.core.mail.BodyType;
import org.bridgehead.core.mail.DsnCondition;
import org.bridgehead.core.mail.DsnReturn;
import org.bridgehead.core.mail.EmailAddress;
import org.bridgehead.core.mail.Envelope;
import org.bridgehead.core.mail.Recipient;
import org.bridgehead.io.mailstore.OutboxStore.Kept;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Both kinds of Outbox keep the same promises. */
class OutboxStoreTest {
    private static final Envelope ENVELOPE = new Envelope(
            Optional.of(EmailAddress.of("anna@contoso.test")),
            List.of(
                    new Recipient(
                            EmailAddress.of("\"a b\"@contoso.test"),
                            Optional.of("rfc822;a+2Bb@contoso.test"),
                            List.of(DsnCondition.SUCCESS, DsnCondition.FAILURE)),
                    Recipient.of(EmailAddress.of("bücher@contoso.test"))),
            BodyType.EIGHT_BIT_MIME,
            true,
            Optional.of(DsnReturn.HDRS),
            Optional.of("id+20one"));

    @TempDir
    Path folder;

    private OutboxStore open(String kind) {
        return kind.equals("memory") ? OutboxStore.inMemory() : OutboxStore.inFolder(folder.resolve("outbox"));
    }

    private static Kept letter(long number, String text) {
        return new Kept(
                number, Instant.parse("2026-03-02T12:00:00.123Z"), ENVELOPE, text.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(strings = {"memory", "folder"})
    void whatIsKeptIsThereUntilItIsRemoved(String kind) throws IOException {
        OutboxStore store = open(kind);
        assertThat(store.recover()).isEmpty();
        store.keep(letter(9, "Subject: nine\r\n\r\n\n\nbody\r\n"));
        store.keep(letter(10, ""));
        store.keep(letter(11, "gone"));
        store.remove(11);
        store.remove(12);
        OutboxStore after = kind.equals("memory") ? store : open(kind);
        List<Kept> found = after.recover();
        assertThat(found).extracting(Kept::number).containsExactly(9L, 10L);
        assertThat(found.get(0).envelope()).isEqualTo(ENVELOPE);
        assertThat(found.get(0).since()).isEqualTo(Instant.parse("2026-03-02T12:00:00.123Z"));
        assertThat(after.octets(9)).asString().isEqualTo("Subject: nine\r\n\r\n\n\nbody\r\n");
        assertThat(after.octets(10)).isEmpty();
        assertThatThrownBy(() -> after.octets(11)).isInstanceOf(IOException.class);
    }

    @Test
    void whatIsLeftOfALetterTakesItsPlace() throws IOException {
        OutboxStore store = open("folder");
        store.keep(letter(1, "x"));
        Envelope rest = ENVELOPE.to(ENVELOPE.recipients().subList(1, 2));
        store.keep(new Kept(1, Instant.EPOCH, rest, store.octets(1)));
        assertThat(open("folder").recover()).extracting(Kept::envelope).containsExactly(rest);
    }

    @Test
    void aDamagedLetterIsSetAsideAndAHalfWrittenOneWasNeverThere() throws IOException {
        OutboxStore store = open("folder");
        store.keep(letter(1, "one"));
        store.keep(letter(2, "two"));
        Path first = folder.resolve("outbox/0000000001.mail");
        byte[] octets = Files.readAllBytes(first);
        octets[octets.length - 1]++;
        Files.write(first, octets);
        Files.write(folder.resolve("outbox/0000000003.mail.new"), new byte[] {'O', 'u'});
        assertThat(open("folder").recover()).extracting(Kept::number).containsExactly(2L);
        assertThat(folder.resolve("outbox/0000000001.mail.damaged")).exists();
    }
}
